using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Interchange;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Commands.Interchange;

/// <summary>Writes patients into a file: those of the pipeline, or all of a store.</summary>
[Cmdlet(VerbsData.Export, "Patient", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
[Requires(StoreOperation.ExportPatients)]
public sealed class ExportPatientCommand : StoreCmdlet
{
    private readonly ThrottledProgress _progress;
    private ExportRun? _run;

    /// <summary>Begins.</summary>
    public ExportPatientCommand() => _progress = new ThrottledProgress(this, "Exporting patients");

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Patients, as Find-Patient and Get-Patient write them; all of the store when nothing is piped in.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public Patient? InputObject { get; set; }

    /// <summary>The format; told from the file's name when not given: .json, .csv, else NDJSON.</summary>
    [Parameter]
    public ExportFormat Format { get; set; }

    /// <summary>For CSV: the properties to write, in order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportColumnCompleter))]
    public string[]? Property { get; set; }

    /// <summary>For CSV: what stands between values.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>Puts the patient's other resources into each document, as the member <c>record</c>.</summary>
    [Parameter]
    public SwitchParameter IncludeRecord { get; set; }

    /// <summary>Puts what the source had besides into each document, as the member <c>legacy</c>.</summary>
    [Parameter]
    public SwitchParameter IncludeLegacy { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        Session.Demand(StoreOperation.ExportPatients);
        var path = FilePaths.Resolve(this, Path);
        var options = new ExportOptions { Format = Format, Columns = Property, Delimiter = Delimiter, Overwrite = Force };
        if (ShouldProcess(path, "Export patients"))
        {
            _run = new ExportRun(Session, path, options, IncludeRecord, IncludeLegacy, Cancellation);
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is not null)
        {
            Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_run is null)
        {
            return;
        }

        if (!MyInvocation.ExpectingInput)
        {
            AddAll();
        }

        var result = _run.Complete();
        _progress.Complete();
        WriteVerbose($"{result.Patients} patients in {result.Bytes} bytes were written to '{result.Path}'.");
        if (PassThru)
        {
            WriteObject(new FileInfo(result.Path));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _run?.Dispose();
        base.Dispose(disposing);
    }

    private void AddAll()
    {
        foreach (var item in _run!.Read(new PatientQuery(), Cancellation))
        {
            Add(item);
        }
    }

    /// <summary>A patient that is gone keeps no other from being written; a file that cannot be written keeps all.</summary>
    private void Add(Patient patient)
    {
        ExportItem? item = null;
        ForItem(patient.Id, () => item = _run?.Read(patient));
        if (item is not null)
        {
            Add(item);
        }
    }

    private void Add(ExportItem item)
    {
        _run!.Add(item);
        _progress.Report(_run.Count);
    }
}
