using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Errors;
using PatientTools.Interchange;

namespace PatientTools.Commands.Interchange;

/// <summary>The base of cmdlets that take what sources hold into a store: reports what is refused, and sums up at the end.</summary>
public abstract class ImportCmdlet : StoreCmdlet
{
    private ThrottledProgress? _progress;
    private ImportRun? _run;
    private bool _worked;

    /// <summary>The name under which the ids of the source are known; a second import under it finds the patients again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = "import";

    /// <summary>What refuses patients that are not valid; null takes all that can be read.</summary>
    private protected virtual ImportValidation? Validation => null;

    private ImportRun Run => _run ??= new ImportRun(Session, Source, Validation);

    private ThrottledProgress Progress => _progress ??= new ThrottledProgress(this, "Importing patients");

    /// <inheritdoc/>
    protected override void Begin() => DemandChange(StoreOperation.ImportPatients);

    /// <inheritdoc/>
    protected override void End()
    {
        if (_worked)
        {
            Report(Run.Flush(Cancellation));
            Progress.Complete();
            WriteObject(Run.Summary);
        }
    }

    /// <summary>Takes all that a source holds.</summary>
    /// <param name="source">The source.</param>
    protected void Take(IPatientSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _worked = true;
        Report(Run.Flush(Cancellation));
        Report(Run.Take(source, taken => Progress.Report(taken, () => source.TotalBytes is { } total and > 0 ? source.BytesRead / (double)total : 0), Cancellation));
    }

    /// <summary>Takes one item of the pipeline.</summary>
    /// <param name="item">The item.</param>
    protected void Take(ImportItem item)
    {
        _worked = true;
        Report(Run.Add(item, Cancellation));
        Progress.Report(Run.Taken, null);
    }

    private void Report(IEnumerable<ImportItem> items)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case RejectedItem rejected:
                    Report(ErrorRecords.From(rejected));
                    break;
                case NoticeItem notice:
                    WriteWarning($"{notice.Place}: {notice.Message}");
                    break;
            }
        }
    }
}
