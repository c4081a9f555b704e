using System.Collections;
using System.Management.Automation;
using System.Text;
using PatientTools.Accounts;
using PatientTools.Interchange;
using PatientTools.Parameters;
using PatientTools.Validation;

namespace PatientTools.Commands.Validation;

/// <summary>Checks any number of patients, in parallel: of the pipeline, of files, or of a store.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatientBatch", DefaultParameterSetName = QuestionSet)]
[OutputType(typeof(PatientValidationResult), typeof(ValidationSummary), typeof(bool))]
[Requires(StoreOperation.ReadPatient, StoreOperation.SearchPatients, StoreOperation.ValidatePatients)]
public sealed class TestPatientBatchCommand : ValidationCmdlet
{
    private const string QuestionSet = "Question";
    private const string AllSet = "All";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";
    private long _count;

    /// <summary>Files: FHIR NDJSON, a Patient, a Bundle, CSV, or a zip of these; wildcards are expanded. Nothing is imported.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files whose names are taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Files, patients of the store, samples, hashtables, objects with a patient's properties, JSON text or paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Checks all patients of the store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The format of files; told from the content when not given.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public ImportFormat Format { get; set; }

    /// <summary>For CSV: which column goes to which property, such as <c>@{ Nachname = 'FamilyName' }</c>.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public Hashtable? Map { get; set; }

    /// <summary>For CSV: what stands between values; told from the content when not given.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public char? Delimiter { get; set; }

    /// <summary>For CSV: the encoding; told from the content when not given.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [EncodingTransformation]
    public Encoding? Encoding { get; set; }

    /// <summary>How many patients are checked at once; by default one for each processor, and with 1 one after the other.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    private protected override int Workers => ThrottleLimit;

    /// <inheritdoc/>
    protected override void Process()
    {
        CheckFiles(Path, path => FilePaths.Expand(this, path));
        CheckFiles(LiteralPath, path => [FilePaths.Resolve(this, path)]);
        if (InputObject is not null && !IsDecided)
        {
            RefuseQuestion();
            _count++;
            Attempt(InputObject, () => CheckObject(InputObject));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ParameterSetName == AllSet)
        {
            RefuseQuestion();
        }

        if ((ParameterSetName == AllSet && All) || (ParameterSetName == QuestionSet && IsAsked(orPiped: MyInvocation.ExpectingInput)))
        {
            CheckAsked();
        }

        base.End();
    }

    private void CheckFiles(string[] paths, Func<string, IReadOnlyList<string>> resolve)
    {
        if (paths.Length > 0)
        {
            RefuseQuestion();
        }

        foreach (var path in paths)
        {
            Attempt(path, () => CheckFiles(resolve(path)));
        }
    }

    private void CheckFiles(IReadOnlyList<string> files)
    {
        foreach (var file in files.TakeWhile(_ => !IsDecided))
        {
            if (Open(file) is { } source)
            {
                Attempt(file, () => Check(source));
            }
        }
    }

    /// <summary>Whatever keeps one file from being read keeps no other.</summary>
    private IPatientSource? Open(string file)
    {
        try
        {
            return PatientSources.Open(file, SourceOptions.Of(Format, Delimiter, Encoding, Map));
        }
        catch (PatientToolsException e)
        {
            Fail(e, file);
            return null;
        }
    }

    private void CheckObject(PSObject given)
    {
        var place = new SourcePlace("pipeline", 0, _count);
        switch (given.BaseObject)
        {
            case FileSystemInfo file:
                CheckFiles([file.FullName]);
                break;
            case string text when !ImportObjects.IsJson(text):
                CheckFiles(FilePaths.Expand(this, text));
                break;
            case string json:
                Check(json, place);
                break;
            default:
                CheckObject(given, place);
                break;
        }
    }
}
