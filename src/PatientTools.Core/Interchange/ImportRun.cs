using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Interchange;

/// <summary>What an import did so far. Only what is committed is counted as written.</summary>
public sealed record ImportSummary
{
    /// <summary>The name of the source, under which the patients are known.</summary>
    public required string Source { get; init; }

    /// <summary>New patients.</summary>
    public long Added { get; init; }

    /// <summary>Patients brought up to date.</summary>
    public long Changed { get; init; }

    /// <summary>Patients that were in the store in the same form already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Lines, rows or resources that were refused; each was reported with its reason.</summary>
    public long Rejected { get; init; }

    /// <summary>Things worth knowing that are no errors, such as a bundle without a patient.</summary>
    public long Notices { get; init; }

    /// <summary>Resources of the patients' records that were read.</summary>
    public long RecordResources { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Patients taken, whether or not something was written.</summary>
    public long Patients => Added + Changed + Unchanged;

    /// <summary>Patients a second.</summary>
    public double Rate => Duration > TimeSpan.Zero ? Math.Round(Patients / Duration.TotalSeconds, 1) : 0;
}

/// <summary>
/// Takes items into a store, in batches of one transaction each. A batch is written wholly or not at all; after a kill
/// everything reported is there, and importing again goes on where it stopped, because what is there stays unchanged.
/// </summary>
public sealed class ImportRun
{
    /// <summary>For items of a pipeline, which are held until they are written.</summary>
    private const int HeldPatients = 10_000;
    private const long HeldBytes = 32L << 20;

    /// <summary>For sources, which are written while they are read. Large, because at a million patients every commit rewrites much of the index.</summary>
    private const int StreamedPatients = 40_000;
    private const long StreamedBytes = 256L << 20;
    private static readonly TimeSpan BatchTime = TimeSpan.FromSeconds(5);
    private readonly PatientWriter _writer;
    private readonly ImportValidation? _validation;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly List<PatientWrite> _batch = [];
    private long _batchBytes;
    private long _batchStarted;

    /// <summary>Begins an import.</summary>
    /// <param name="session">The store.</param>
    /// <param name="source">The name under which the source's ids are known.</param>
    /// <param name="validation">Refuses patients that are not valid; null takes all that can be read.</param>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>StoreReadOnly</c>.</exception>
    [Requires(StoreOperation.ImportPatients)]
    public ImportRun(PatientStoreSession session, string source, ImportValidation? validation = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        _validation = validation;
        _writer = session.Writer();
        _time = session.Options.Time;
        _started = _time.GetTimestamp();
        Summary = new ImportSummary { Source = source };
    }

    /// <summary>What was done so far.</summary>
    public ImportSummary Summary { get; private set; }

    /// <summary>How many patients were taken so far, whether or not they are written yet.</summary>
    public long Taken => Summary.Patients + _batch.Count;

    /// <summary>Does what can be done for an item beside the writing: to be given to <see cref="IPatientSource.Read{T}"/>.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The item, with its properties read and its search entries made.</returns>
    public static ImportItem Prepare(ImportItem item)
    {
        if (item is PatientItem patient)
        {
            _ = patient.Document.SearchEntries;
            foreach (var resource in patient.Record)
            {
                _ = resource.SearchEntries;
            }
        }

        return item;
    }

    /// <summary>Takes all that a source holds, reading beside the writing.</summary>
    /// <param name="source">The source.</param>
    /// <param name="progress">Told of each item, with the number of patients taken so far, written or not.</param>
    /// <param name="cancellation">Gives up before a batch is committed.</param>
    /// <returns>
    /// What has to be reported, after each batch: rejected items and notices. No transaction is open while the caller works
    /// through them.
    /// </returns>
    /// <exception cref="PatientToolsException">The store cannot be written; the batch was not.</exception>
    [Requires(StoreOperation.ImportPatients)]
    public IEnumerable<ImportItem> Take(IPatientSource source, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var items = source.Read(item => Prepare(_validation?.Check(item, cancellation) ?? item), cancellation).GetEnumerator();
        for (var more = true; more;)
        {
            var batch = new StreamedBatch(this, items, progress);
            batch.Write(cancellation);
            more = batch.HasMore;
            foreach (var report in batch.Reports)
            {
                yield return report;
            }
        }
    }

    /// <summary>Takes one item; when a batch is full it is written.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellation">Gives up before a batch is committed.</param>
    /// <returns>What has to be reported: rejected items and notices; of a written batch too.</returns>
    /// <exception cref="PatientToolsException">The store cannot be written; the batch was not.</exception>
    [Requires(StoreOperation.ImportPatients)]
    public IReadOnlyList<ImportItem> Add(ImportItem item, CancellationToken cancellation = default)
    {
        var checkedItem = _validation?.Check(item, cancellation) ?? item;
        if (checkedItem is PatientItem patient)
        {
            Enqueue(patient);
            return IsFull() ? Flush(cancellation) : [];
        }

        Summary = WithReport(Summary, checkedItem);
        return [checkedItem];
    }

    /// <summary>Writes what is waiting.</summary>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>What was refused.</returns>
    /// <exception cref="PatientToolsException">The store cannot be written; the batch was not.</exception>
    [Requires(StoreOperation.ImportPatients)]
    public IReadOnlyList<ImportItem> Flush(CancellationToken cancellation = default)
    {
        var rejected = new List<ImportItem>();
        if (_batch.Count > 0)
        {
            foreach (var result in _writer.Apply(_batch, cancellation))
            {
                Summary = WithResult(Summary, result, rejected);
            }

            _batch.Clear();
            _batchBytes = 0;
        }

        Summary = Summary with { Duration = _time.GetElapsedTime(_started) };
        return rejected;
    }

    private void Enqueue(PatientItem patient)
    {
        if (_batch.Count == 0)
        {
            _batchStarted = _time.GetTimestamp();
        }

        _batch.Add(new ImportPatient(patient, Summary.Source));
        _batchBytes += SizeOf(patient);
    }

    private bool IsFull() =>
        _batch.Count >= HeldPatients || _batchBytes >= HeldBytes || ((_batch.Count & 63) == 0 && _time.GetElapsedTime(_batchStarted) >= BatchTime);

    private static long SizeOf(PatientItem patient) =>
        patient.Document.Utf8.Length + (patient.Legacy?.Length ?? 0) + patient.Record.Sum(resource => (long)resource.Json.Length);

    private static ImportSummary WithReport(ImportSummary summary, ImportItem item) => item switch
    {
        RejectedItem => summary with { Rejected = summary.Rejected + 1 },
        NoticeItem => summary with { Notices = summary.Notices + 1 },
        _ => throw new ArgumentException($"No rule for {item?.GetType().Name}.", nameof(item)),
    };

    private static ImportSummary WithResult(ImportSummary summary, PatientWriteResult result, List<ImportItem> rejected)
    {
        var item = ((ImportPatient)result.Write).Item;
        if (result.Error is not null)
        {
            rejected.Add(new RejectedItem(item.Place, result.Error));
            return summary with { Rejected = summary.Rejected + 1 };
        }

        summary = summary with { RecordResources = summary.RecordResources + item.Record.Count };
        return result.Outcome switch
        {
            WriteOutcome.Added => summary with { Added = summary.Added + 1 },
            WriteOutcome.Changed => summary with { Changed = summary.Changed + 1 },
            _ => summary with { Unchanged = summary.Unchanged + 1 },
        };
    }

    /// <summary>One transaction over what a source yields next. Its counts become the run's when it is committed.</summary>
    private sealed class StreamedBatch(ImportRun run, IEnumerator<ImportItem> items, Action<long>? progress)
    {
        private ImportSummary _summary = run.Summary;
        private int _count;
        private long _bytes;

        public List<ImportItem> Reports { get; } = [];

        public bool HasMore { get; private set; } = true;

        public void Write(CancellationToken cancellation)
        {
            run._writer.Apply(Patients(), [StoreOperation.ImportPatients], Count, cancellation);
            run.Summary = _summary with { Duration = run._time.GetElapsedTime(run._started) };
        }

        private IEnumerable<PatientWrite> Patients()
        {
            var started = run._time.GetTimestamp();
            while (_count < StreamedPatients && _bytes < StreamedBytes && ((_count & 63) != 0 || run._time.GetElapsedTime(started) < BatchTime))
            {
                if (!items.MoveNext())
                {
                    HasMore = false;
                    yield break;
                }

                progress?.Invoke(_summary.Patients);
                if (items.Current is PatientItem patient)
                {
                    _count++;
                    _bytes += SizeOf(patient);
                    yield return new ImportPatient(patient, run.Summary.Source);
                }
                else
                {
                    _summary = WithReport(_summary, items.Current);
                    Reports.Add(items.Current);
                }
            }
        }

        private bool Count(PatientWriteResult result)
        {
            _summary = WithResult(_summary, result, Reports);
            return true;
        }
    }
}
