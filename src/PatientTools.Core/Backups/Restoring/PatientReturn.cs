using PatientTools.Accounts;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>Brings some patients of a backup back into an open store, in one transaction.</summary>
/// <param name="access">The session.</param>
/// <param name="use">The operation under way.</param>
/// <param name="request">Which backup, and which patients.</param>
internal sealed class PatientReturn(StoreAccess access, StoreUse use, RestoreRequest request)
{
    private readonly OpenSession _session = access.Session;
    private readonly List<string> _warnings = [];

    /// <summary>Reads the patients and writes them.</summary>
    /// <param name="cancellation">Gives up before the commit.</param>
    public RestoreReport Run(CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        var wanted = request.Patients is { Count: > 0 } some ? some.ToHashSet()
            : throw new PatientToolsException("NoPatientsGiven", "No patients are named that are to be brought back. Use -PatientId, or -Replace for the whole store.", ErrorKind.InvalidArgument);
        use.BeginWrite().Dispose();
        using var chain = BackupChain.Open(request.Path, request.Key, cancellation);
        if (chain.Header.StoreId != _session.Store.Identity.StoreId)
        {
            throw RestoreErrors.OfOtherStore(request.Path, _session.Store.Identity.StoreId);
        }

        var purges = request.IncludePurged ? [] : LaterPurges.InFolderOf(chain, request.Key, _warnings, cancellation);
        var losses = new RestoreLosses(request.SkipDamaged);
        var merge = new BackupMerge(chain, new RestorePlan { Patients = wanted, ForSearch = false }, losses, cancellation);
        var collected = new CollectedPatients();
        merge.Fill(collected);
        var count = Write(collected, wanted, purges, chain, merge, cancellation);
        return new RestoreReport(
            _session.Store.Location, chain.Point.Path, chain.Header.Time, count.Epoch, count.Patients, count.Records, count.Versions, 0, null, losses.Told, _warnings,
            TimeProvider.System.GetElapsedTime(started));
    }

    private (Guid Epoch, long Patients, long Records, long Versions) Write(
        CollectedPatients collected, HashSet<PatientId> wanted, Dictionary<PatientId, PurgeMark> purges, BackupChain chain, BackupMerge merge, CancellationToken cancellation)
    {
        using var writer = use.BeginWrite();
        foreach (var mark in writer.ReadPurgesSince(0).Where(mark => wanted.Contains(mark.Id)))
        {
            purges[mark.Id] = mark;
        }

        var returned = new ReturningWriter(writer, OpenedHere.Now(_session.Options.Time));
        foreach (var patient in collected.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var id = patient.Present.Stamp.Id;
            if (writer.FindKey(id) is { } key)
            {
                returned.Renew(writer.ReadState(key)!, patient);
            }
            else if (request.IncludePurged || !purges.ContainsKey(id))
            {
                writer.DeletePurge(id);
                returned.Insert(patient);
            }
            else
            {
                throw RestoreErrors.Purged(id);
            }
        }

        use.Event.Describe(RestoredStore.DetailsOf(chain, merge, request));
        var epoch = writer.Epoch;
        use.Commit(writer, [.. wanted]);
        return (epoch, wanted.Count, returned.Records, returned.Versions);
    }
}
