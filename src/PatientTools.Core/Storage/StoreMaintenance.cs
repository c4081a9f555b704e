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
            using var reader = use.BeginRead();
            return SearchEntryCheck.Run(reader, problems, cancellation);
        }
        catch (PatientToolsException e) when (e.Kind == ErrorKind.Damaged)
        {
            problems.Add($"Search entries could not be held against documents and records. {e.Message}");
            return 0;
        }
    }
}
