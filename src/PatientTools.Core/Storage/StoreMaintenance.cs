using System.Globalization;
using PatientTools.Accounts;
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
    private readonly StoreAccess _access;

    internal StoreMaintenance(StoreAccess access) => _access = access;

    /// <summary>Figures for the status page.</summary>
    /// <returns>The figures.</returns>
    [Requires(StoreOperation.ReadStatus)]
    public StoreFigures ReadFigures() => _access.Run(StoreOperation.ReadStatus, use => use.OnStore(store => store.ReadFigures()));

    /// <summary>The store's present sequence.</summary>
    /// <returns>The sequence.</returns>
    [Requires(StoreOperation.ReadStatus)]
    public long ReadSequence() => _access.Run(StoreOperation.ReadStatus, use => use.Read(reader => reader.Sequence));

    /// <summary>Checks the store.</summary>
    /// <param name="full">Whether everything is read, and search entries are held against documents and records.</param>
    /// <param name="cancellation">Stops checking.</param>
    /// <returns>What was found.</returns>
    [Requires(StoreOperation.CheckStore)]
    public StoreCheck Check(bool full, CancellationToken cancellation) => _access.Run(StoreOperation.CheckStore, use =>
    {
        var started = TimeProvider.System.GetTimestamp();
        var problems = new List<string>(use.OnStore(store => store.CheckStructure(full, cancellation), evenDamaged: true));
        var patients = full ? CheckWhatCanBeRead(use, problems, cancellation) : 0;
        use.Event.Describe(string.Create(CultureInfo.InvariantCulture, $"{(full ? "full" : "quick")}; {problems.Count} problems"));
        return new StoreCheck(problems.Count == 0, full, patients, problems, TimeProvider.System.GetElapsedTime(started));
    });

    /// <summary>Makes all search entries anew, in one transaction.</summary>
    /// <param name="progress">Told how many patients are done.</param>
    /// <param name="cancellation">Gives up; then everything is as before.</param>
    /// <returns>How many patients there are.</returns>
    [Requires(StoreOperation.MaintainStore)]
    public long RebuildSearchEntries(Action<long>? progress, CancellationToken cancellation) => _access.Run(StoreOperation.MaintainStore, use =>
    {
        using var writer = use.BeginWrite();
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

        use.Event.Describe("search entries");
        use.Commit(writer, []);
        return done;
    });

    /// <summary>Gives unused space back and refreshes the planner's statistics.</summary>
    /// <param name="cancellation">Stops between the steps.</param>
    [Requires(StoreOperation.MaintainStore)]
    public void Optimize(CancellationToken cancellation) => _access.Run(StoreOperation.MaintainStore, use => use.OnStore(store =>
    {
        use.Event.Describe("space");
        store.Optimize(cancellation);
        return true;
    }));

    /// <summary>A store that is damaged is a finding of the check, not its failure.</summary>
    private static long CheckWhatCanBeRead(StoreUse use, List<string> problems, CancellationToken cancellation)
    {
        try
        {
            return CheckSearchEntries(use, problems, cancellation);
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
    private static long CheckSearchEntries(StoreUse use, List<string> problems, CancellationToken cancellation)
    {
        using var reader = use.BeginRead();
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

    private static void NameUnbalanced(IStoreReader reader, Dictionary<long, long> balance, List<string> problems)
    {
        var wrong = balance.Where(pair => pair.Value != 0).Select(pair => pair.Key).Order().ToList();
        problems.AddRange(wrong.Take(MostNamed).Select(key => reader.ReadPatients([key], null, default) is [var patient]
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
