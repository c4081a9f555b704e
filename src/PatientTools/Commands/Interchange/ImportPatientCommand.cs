using System.Collections;
using System.Management.Automation;
using System.Text;
using PatientTools.Accounts;
using PatientTools.Errors;
using PatientTools.Interchange;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Validation;

namespace PatientTools.Commands.Interchange;

/// <summary>Takes patients from files or from the pipeline into a store.</summary>
[Cmdlet(VerbsData.Import, "Patient", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(ImportSummary))]
[Requires(StoreOperation.ImportPatients)]
public sealed class ImportPatientCommand : ImportCmdlet
{
    private static readonly string[] RuleParameters = [nameof(Rule), nameof(ExcludeRule), nameof(Severity), nameof(RuleFile)];
    private ImportValidation? _validation;
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

    /// <summary>Refuses patients with an error, and reports each as a line that cannot be taken.</summary>
    [Parameter]
    public SwitchParameter Validate { get; set; }

    /// <summary>For -Validate: ids of the rules to check; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>For -Validate: ids of rules not to check.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>For -Validate: ids of rules, with how bad what they find is.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public IDictionary? Severity { get; set; }

    /// <summary>For -Validate: JSON files of rules of one's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] RuleFile { get; set; } = [];

    private protected override ImportValidation? Validation => _validation;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Validate)
        {
            _validation = new ImportValidation(RuleChoice.Of(this, Rule, ExcludeRule, Severity, RuleFile), new ValidationOptions());
        }
        else if (RuleParameters.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } parameter)
        {
            throw new PatientToolsException("ValidateMissing", $"-{parameter} says what -Validate checks. Give -Validate as well.", ErrorKind.InvalidArgument) { Target = parameter };
        }
    }

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
            Report(ErrorRecords.From(e, path));
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
