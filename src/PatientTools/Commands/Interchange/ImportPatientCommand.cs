using System.Collections;
using System.Management.Automation;
using System.Text;
using PatientTools.Errors;
using PatientTools.Interchange;
using PatientTools.Parameters;

namespace PatientTools.Commands.Interchange;

/// <summary>Takes patients from files or from the pipeline into a store.</summary>
[Cmdlet(VerbsData.Import, "Patient", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(ImportSummary))]
public sealed class ImportPatientCommand : ImportCmdlet
{
    private bool? _takesObjects;
    private long _count;

    /// <summary>Files: FHIR NDJSON, a Patient, a Bundle, CSV, or a zip of these; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files whose names are taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Files, sample patients, patients, hashtables, objects with a patient's properties, JSON text or paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The format; told from the content when not given.</summary>
    [Parameter]
    public ImportFormat Format { get; set; }

    /// <summary>For CSV: which column goes to which property, such as <c>@{ Nachname = 'FamilyName' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Map { get; set; }

    /// <summary>For CSV: what stands between values; told from the content when not given.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>For CSV: the encoding; told from the content when not given.</summary>
    [Parameter]
    [EncodingTransformation]
    public Encoding? Encoding { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in Path)
        {
            ForItem(path, () => TakeFiles(FilePaths.Expand(this, path)));
        }

        foreach (var path in LiteralPath)
        {
            ForItem(path, () => TakeFiles([FilePaths.Resolve(this, path)]));
        }

        if (InputObject is not null)
        {
            _count++;
            ForItem(InputObject, () => TakeObject(InputObject.BaseObject));
        }
    }

    private void TakeFiles(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (Open(path) is { } source && ShouldProcess(path, "Import patients"))
            {
                ForItem(path, () => Take(source));
            }
        }
    }

    /// <summary>Whatever keeps one file from being read keeps no other.</summary>
    private IPatientSource? Open(string path)
    {
        try
        {
            return PatientSources.Open(path, Options());
        }
        catch (PatientToolsException e)
        {
            WriteError(ErrorRecords.From(e, path));
            return null;
        }
    }

    private void TakeObject(object given)
    {
        switch (given)
        {
            case FileSystemInfo file:
                TakeFiles([file.FullName]);
                break;
            case string text when !ImportObjects.IsJson(text):
                TakeFiles(FilePaths.Expand(this, text));
                break;
            case string json when TakesObjects():
                Take(PatientSources.FromText(json, Options()));
                break;
            case not string when TakesObjects():
                Take(ImportObjects.Read(InputObject!, _count));
                break;
        }
    }

    /// <summary>Asked once for all objects of the pipeline.</summary>
    private bool TakesObjects() => _takesObjects ??= ShouldProcess(Session.Location, "Import patients from the pipeline");

    private ImportOptions Options() => SourceOptions.Of(Format, Delimiter, Encoding, Map);
}
