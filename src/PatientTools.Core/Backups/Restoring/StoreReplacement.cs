using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>Puts a backup in the place of an open store.</summary>
/// <param name="access">The session.</param>
/// <param name="use">The operation under way.</param>
/// <param name="request">Which backup, and how.</param>
internal sealed class StoreReplacement(StoreAccess access, StoreUse use, RestoreRequest request)
{
    private readonly OpenSession _session = access.Session;
    private readonly List<string> _warnings = [];
    private long _purgedMeanwhile;

    /// <summary>Builds a store beside, and lets it take the place.</summary>
    /// <param name="progress">Told how many states are done, and of how many.</param>
    /// <param name="cancellation">Gives up.</param>
    public RestoreReport Run(Action<long, long>? progress, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        Refuse();
        using var chain = BackupChain.Open(request.Path, request.Key, cancellation);
        if (chain.Header.StoreId != _session.Store.Identity.StoreId)
        {
            throw RestoreErrors.OfOtherStore(request.Path, _session.Store.Identity.StoreId);
        }

        var present = OnLiveStore(() => ReadPresent(chain, cancellation));
        var losses = new RestoreLosses(request.SkipDamaged);
        var plan = new RestorePlan
        {
            LaterPurges = present.Purges,
            ApplyLaterPurges = !request.IncludePurged,
            WithAccounts = request.IncludeAccounts,
            Progress = progress,
        };
        var merge = new BackupMerge(chain, plan, losses, cancellation);
        var identity = RestoredStore.IdentityOf(chain);
        var aside = AsidePath();
        using (var making = Claim())
        {
            _session.Provider.Build(making.Path, identity, merge.Fill);
            AnnounceCopy(aside);
            try
            {
                OnLiveStore(() => use.OnStore(store =>
                {
                    store.Replace(making.Path, aside, request.IncludeAccounts, writer => Finish(writer, chain, merge, present, aside), cancellation);
                    return true;
                }));
            }
            catch
            {
                ForgetCopy(aside);
                throw;
            }
        }

        if (_purgedMeanwhile > 0)
        {
            Scrub();
        }

        return new RestoreReport(
            _session.Store.Location, chain.Point.Path, chain.Header.Time, identity.Epoch, merge.Patients - _purgedMeanwhile, merge.Records, merge.Versions, merge.PurgesApplied + _purgedMeanwhile,
            aside, losses.Told, _warnings, TimeProvider.System.GetElapsedTime(started));
    }

    /// <summary>Before the work, not after it.</summary>
    private void Refuse()
    {
        if (request.Patients is not null)
        {
            throw new PatientToolsException(
                "RestorePatientsWithReplace", "Some patients are brought back into a store, they do not take its place. Leave -Replace or -PatientId out.", ErrorKind.InvalidArgument);
        }

        OnLiveStore(() =>
        {
            use.BeginWrite().Dispose();
            return true;
        });
    }

    /// <summary>Does something with the store that is replaced; where that is damaged, says how its content comes back all the same.</summary>
    private T OnLiveStore<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PatientToolsException e) when (e is { Kind: ErrorKind.Damaged, ErrorId: "StoreDamaged" })
        {
            throw new PatientToolsException(
                e.ErrorId,
                $"The store '{_session.Store.Location}' is damaged, so that its accounts and audit trail cannot be kept. Disconnect from it, move its file and the one with '-wal' behind its name away, and restore the backup as a new store. {e.Message}",
                e.Kind,
                e)
            { Target = _session.Store.Location };
        }
    }

    /// <summary>What the present store knows and the backup does not. Who is in the store is not purged, whatever a backup says.</summary>
    private Present ReadPresent(BackupChain chain, CancellationToken cancellation)
    {
        var purges = request.IncludePurged ? [] : LaterPurges.InFolderOf(chain, request.Key, _warnings, cancellation);
        return use.Read(reader =>
        {
            foreach (var id in purges.Keys.Where(id => reader.FindKey(id) is not null).ToList())
            {
                purges.Remove(id);
            }

            foreach (var mark in reader.ReadPurgesSince(0))
            {
                purges[mark.Id] = mark;
            }

            return new Present(purges, reader.Epoch, reader.Sequence);
        });
    }

    private string AsidePath()
    {
        var folder = Path.GetDirectoryName(_session.Store.Location)!;
        var name = Path.GetFileNameWithoutExtension(_session.Store.Location);
        var time = _session.Options.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{name}.before-restore-{time}.ptstore");
        for (var number = 2; File.Exists(path); number++)
        {
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.before-restore-{time}-{number}.ptstore"));
        }

        return path;
    }

    /// <summary>A hidden name beside the store, so that what a killed restore leaves goes with the next store that is made there.</summary>
    private HiddenFile Claim()
    {
        var target = Path.Combine(Path.GetDirectoryName(_session.Store.Location)!, "restored.ptstore");
        try
        {
            return HiddenFile.Claim(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Writing(target, e);
        }
    }

    /// <summary>
    /// The copy is known before it is there: a purge has to tell of one whose process was killed before the store was replaced, too. What
    /// such a process left is of no use to anybody, since the store it was copied from is still in its place, and goes here.
    /// </summary>
    private void AnnounceCopy(string aside)
    {
        using var writer = use.BeginLog();
        foreach (var left in writer.ReadPlaces().Where(place => place is { Kind: StorePlaceKind.KeptAside } && place.Epoch == Guid.Empty))
        {
            HiddenFile.Delete(left.Path);
            writer.DeletePlace(left.Path);
        }

        writer.WritePlace(new StorePlace(StorePlaceKind.KeptAside, aside, Guid.Empty, 0, OpenedHere.Now(_session.Options.Time)));
        writer.Commit();
    }

    /// <summary>Nothing was replaced and no copy stays.</summary>
    private void ForgetCopy(string aside)
    {
        try
        {
            if (File.Exists(aside))
            {
                return;
            }

            using var writer = use.BeginLog();
            if (writer.ReadPlaces().Any(place => place.Path == aside && place.Epoch == Guid.Empty))
            {
                writer.DeletePlace(aside);
                writer.Commit();
            }
        }
        catch (PatientToolsException)
        {
            // What made the restore fail is told. A place where nothing is does not matter, and goes with the next restore.
        }
    }

    private void Finish(IStoreWriter writer, BackupChain chain, BackupMerge merge, Present known, string aside)
    {
        using (var replaced = _session.Provider.Open(aside, new StoreOptions { ReadOnly = true }))
        using (var reader = replaced.BeginRead())
        {
            if (reader.Epoch != known.Epoch)
            {
                throw new PatientToolsException(
                    "StoreReplacedMeanwhile", "Somebody else restored a backup over the store at the same time. Nothing was done: look whether what is there now is what you want.", ErrorKind.Conflict)
                { Target = _session.Store.Location };
            }

            writer.WritePlace(new StorePlace(StorePlaceKind.KeptAside, aside, reader.Epoch, reader.Sequence, OpenedHere.Now(_session.Options.Time)));
            PurgeAgain(writer, reader.ReadPurgesSince(known.Sequence));
        }

        use.Event.Describe(RestoredStore.DetailsOf(chain, merge, request));
        use.Commit(writer, []);
    }

    /// <summary>Whoever was purged while the new store was built would come back by it.</summary>
    private void PurgeAgain(IStoreWriter writer, IReadOnlyList<PurgeMark> meanwhile)
    {
        foreach (var mark in meanwhile.Where(_ => !request.IncludePurged))
        {
            if (writer.FindKey(mark.Id) is { } key)
            {
                writer.PurgePatient(key, mark with { Sequence = writer.NextSequence() });
                _purgedMeanwhile++;
            }
        }
    }

    private void Scrub()
    {
        try
        {
            _session.Store.Scrub();
        }
        catch (PatientToolsException e)
        {
            _warnings.Add($"Patients were purged while the store was restored; remnants of them may be in the store's free space until Repair-PatientStore is run. {e.Message}");
        }
    }

    /// <summary>What the store was when the restore began.</summary>
    /// <param name="Purges">The marks that are known beyond the backup.</param>
    /// <param name="Epoch">The epoch.</param>
    /// <param name="Sequence">The sequence.</param>
    private sealed record Present(Dictionary<PatientId, PurgeMark> Purges, Guid Epoch, long Sequence);
}
