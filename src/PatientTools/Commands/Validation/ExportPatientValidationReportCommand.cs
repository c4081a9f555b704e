using System.Management.Automation;
using PatientTools.Validation;
using PatientTools.Validation.Reports;

namespace PatientTools.Commands.Validation;

/// <summary>Writes the results of checks into a file.</summary>
[Cmdlet(VerbsData.Export, "PatientValidationReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPatientValidationReportCommand : PatientToolsCmdlet
{
    private string _file = "";
    private ReportRun? _run;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Results, as Test-PatientBatch writes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PatientValidationResult[] InputObject { get; set; } = [];

    /// <summary>The format; told from the file's name when not given: .json, .csv, .ndjson.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _file = FilePaths.Resolve(this, Path);
        if (ShouldProcess(_file, "Write a validation report"))
        {
            _run = new ReportRun(_file, Format, Force);
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var result in InputObject)
        {
            _run?.Add(result);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_run is null)
        {
            return;
        }

        var count = _run.Complete();
        WriteVerbose(FormattableString.Invariant($"{count} results were written to '{_file}'."));
        if (PassThru)
        {
            WriteObject(new FileInfo(_file));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _run?.Dispose();
        base.Dispose(disposing);
    }
}
