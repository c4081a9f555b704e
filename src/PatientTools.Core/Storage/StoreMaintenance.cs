using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>What <see cref="StoreMaintenance.Check"/> found.</summary>
/// <param name="IsValid">Whether nothing is wrong.</param>
/// <param name="Full">Whether everything was looked at.</param>
/// <param name="PatientsChecked">How many patients' search entries were held against what they are made of; 0 in a quick check.</param>
/// <param name="Problems">What is wrong, in plain words.</param>
/// <param name="Duration">How long it took.</param>
public sealed record StoreCheck(bool IsValid, bool Full, long PatientsChecked, IReadOnlyList<string> Problems, TimeSpan Duration);

/// <summary>Looks after a store: figures, checks, search entries, space.</summary>
public sealed class StoreMaintenance
{
    private const int BatchSize = 5000;
    private const int MostNamed = 20;
    private readonly IPatientStore _store;
    private readonly PatientSearch _search;

    internal StoreMaintenance(IPatientStore store, PatientSearch search)
    {
        _store = store;
        _search = search;
    }

    /// <summary>Figures for the status page.</summary>
    /// <returns>The figures.</returns>
    public StoreFigures ReadFigures() => _store.ReadFigures();

    /// <summary>The store's present sequence.</summary>
    /// <returns>The sequence.</returns>
    public long ReadSequence()
    {
        using var reader = _store.BeginRead();
        return reader.Sequence;
    }

    /// <summary>Checks the store.</summary>
    /// <param name="full">Whether everything is read, and search entries are held against documents and records.</param>
    /// <param name="cancellation">Stops checking.</param>
    /// <returns>What was found.</returns>
    public StoreCheck Check(bool full, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        var problems = new List<string>(_store.CheckStructure(full, cancellation));
        var patients = full ? CheckWhatCanBeRead(problems, cancellation) : 0;
        return new StoreCheck(problems.Count == 0, full, patients, problems, TimeProvider.System.GetElapsedTime(started));
    }

    /// <summary>Makes all search entries anew, in one transaction.</summary>
    /// <param name="progress">Told how many patients are done.</param>
    /// <param name="cancellation">Gives up; then everything is as before.</param>
    /// <returns>How many patients there are.</returns>
    public long RebuildSearchEntries(Action<long>? progress, CancellationToken cancellation)
    {
        using var writer = _store.BeginWrite();
        writer.ClearSearchEntries();
        long after = 0, done = 0;
        while (writer.ReadStates(after, BatchSize) is { Count: > 0 } batch)
        {
            foreach (var state in batch)
            {
                cancellation.ThrowIfCancellationRequested();
                writer.AddSearchEntries(state.Stamp.Key, SearchEntries.Of(state, writer.ReadSearchableRecord(state.Stamp.Key)));
            }

            after = batch[^1].Stamp.Key;
            progress?.Invoke(done += batch.Count);
        }

        writer.Commit();
        return done;
    }

    /// <summary>Gives unused space back and refreshes the planner's statistics.</summary>
    /// <param name="cancellation">Stops between the steps.</param>
    public void Optimize(CancellationToken cancellation) => _store.Optimize(cancellation);

    /// <summary>A store that is damaged is a finding of the check, not its failure.</summary>
    private long CheckWhatCanBeRead(List<string> problems, CancellationToken cancellation)
    {
        try
        {
            return CheckSearchEntries(problems, cancellation);
        }
        catch (PatientToolsException e) when (e.Kind == ErrorKind.Damaged)
        {
            problems.Add($"Search entries could not be held against documents and records. {e.Message}");
            return 0;
        }
    }

    /// <summary>
    /// Holds entries against documents and records in flat memory: for each patient one number, to which every entry that should be
    /// there is added and from which every entry that is there is taken away. What is left over is wrong.
    /// </summary>
    private long CheckSearchEntries(List<string> problems, CancellationToken cancellation)
    {
        using var reader = _store.BeginRead();
        var balance = new Dictionary<long, long>();
        long after = 0, patients = 0;
        while (reader.ReadStates(after, BatchSize) is { Count: > 0 } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var state in batch)
            {
                balance[state.Stamp.Key] = SearchEntries.Of(state, reader.ReadSearchableRecord(state.Stamp.Key))
                    .Aggregate(0L, (sum, entry) => unchecked(sum + Weight(entry)));
            }

            after = batch[^1].Stamp.Key;
            patients += batch.Count;
        }

        foreach (var stored in reader.ReadSearchEntries())
        {
            cancellation.ThrowIfCancellationRequested();
            balance[stored.PatientKey] = unchecked(balance.GetValueOrDefault(stored.PatientKey) - Weight(stored.Entry));
        }

        NameUnbalanced(reader, balance, problems);
        return patients;
    }

    private void NameUnbalanced(IStoreReader reader, Dictionary<long, long> balance, List<string> problems)
    {
        var wrong = balance.Where(pair => pair.Value != 0).Select(pair => pair.Key).Order().ToList();
        problems.AddRange(wrong.Take(MostNamed).Select(key => reader.ReadPatients([key], null, _search.Today()) is [var patient]
            ? $"The search entries of patient {patient.Id} do not fit its document and record. Repair-PatientStore makes them anew."
            : "There are search entries of a patient that does not exist. Repair-PatientStore makes them anew."));
        if (wrong.Count > MostNamed)
        {
            problems.Add($"The search entries of {wrong.Count - MostNamed} more patients do not fit their documents and records.");
        }
    }

    /// <summary>64 bits from FNV-1a with a final mix, so that sums of different entries differ.</summary>
    private static long Weight(SearchEntry entry)
    {
        var hash = 0xCBF29CE484222325UL ^ (ulong)entry.Kind;
        foreach (var c in entry.Term)
        {
            hash = (hash ^ c) * 0x100000001B3UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        return unchecked((long)(hash ^ (hash >> 33)));
    }
}
