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
    /// <summary>Large, because at a million patients every commit rewrites much of the index.</summary>
    private const int BatchPatients = 40_000;
    private const long BatchBytes = 32L << 20;
    private static readonly TimeSpan BatchTime = TimeSpan.FromSeconds(5);
    private readonly PatientWriter _writer;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly List<PatientWrite> _batch = [];
    private long _batchBytes;
    private long _batchStarted;

    /// <summary>Begins an import.</summary>
    /// <param name="session">The store.</param>
    /// <param name="source">The name under which the source's ids are known.</param>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>StoreReadOnly</c>.</exception>
    public ImportRun(PatientStoreSession session, string source)
    {
        ArgumentNullException.ThrowIfNull(session);
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
        }

        return item;
    }

    /// <summary>Takes one item; when a batch is full it is written.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellation">Gives up before a batch is committed.</param>
    /// <returns>What has to be reported: rejected items and notices; of a written batch too.</returns>
    /// <exception cref="PatientToolsException">The store cannot be written; the batch was not.</exception>
    public IReadOnlyList<ImportItem> Add(ImportItem item, CancellationToken cancellation = default)
    {
        switch (item)
        {
            case RejectedItem:
                Summary = Summary with { Rejected = Summary.Rejected + 1 };
                return [item];
            case NoticeItem:
                Summary = Summary with { Notices = Summary.Notices + 1 };
                return [item];
            case PatientItem patient:
                Enqueue(patient);
                return IsFull() ? Flush(cancellation) : [];
            default:
                throw new ArgumentException($"No rule for {item?.GetType().Name}.", nameof(item));
        }
    }

    /// <summary>Writes what is waiting.</summary>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>What was refused.</returns>
    /// <exception cref="PatientToolsException">The store cannot be written; the batch was not.</exception>
    public IReadOnlyList<ImportItem> Flush(CancellationToken cancellation = default)
    {
        var rejected = new List<ImportItem>();
        if (_batch.Count > 0)
        {
            foreach (var result in _writer.Apply(_batch, cancellation))
            {
                Count(result, rejected);
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
        _batchBytes += patient.Document.Utf8.Length + (patient.Legacy?.Length ?? 0) + patient.Record.Sum(resource => (long)resource.Json.Length);
    }

    private bool IsFull() =>
        _batch.Count >= BatchPatients || _batchBytes >= BatchBytes || ((_batch.Count & 63) == 0 && _time.GetElapsedTime(_batchStarted) >= BatchTime);

    private void Count(PatientWriteResult result, List<ImportItem> rejected)
    {
        var item = ((ImportPatient)result.Write).Item;
        Summary = result.Outcome switch
        {
            WriteOutcome.Added => Summary with { Added = Summary.Added + 1, RecordResources = Summary.RecordResources + item.Record.Count },
            WriteOutcome.Changed => Summary with { Changed = Summary.Changed + 1, RecordResources = Summary.RecordResources + item.Record.Count },
            WriteOutcome.Unchanged => Summary with { Unchanged = Summary.Unchanged + 1, RecordResources = Summary.RecordResources + item.Record.Count },
            _ => Summary with { Rejected = Summary.Rejected + 1 },
        };
        if (result.Error is not null)
        {
            rejected.Add(new RejectedItem(item.Place, result.Error));
        }
    }
}
