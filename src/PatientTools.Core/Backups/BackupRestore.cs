using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Backups.Restoring;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>What is to be restored, and how.</summary>
public sealed record RestoreRequest
{
    /// <summary>The backup: the point of its chain to which is restored. What it builds upon lies in the same folder.</summary>
    public required string Path { get; init; }

    /// <summary>What opens it, and those it builds upon; null when they are not encrypted.</summary>
    public BackupKey? Key { get; init; }

    /// <summary>Whether patients come back that were purged after the backup, as the present store or later backups know.</summary>
    public bool IncludePurged { get; init; }

    /// <summary>Whether the backup's accounts take the place of the present ones.</summary>
    public bool IncludeAccounts { get; init; }

    /// <summary>Whether what is damaged is left out, and told, instead of restoring nothing.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>Which patients, with versions and records; null for all.</summary>
    public IReadOnlyList<PatientId>? Patients { get; init; }
}

/// <summary>What was restored.</summary>
/// <param name="Location">The store.</param>
/// <param name="Backup">The backup.</param>
/// <param name="Time">The point to which was restored (UTC).</param>
/// <param name="Epoch">The store's new epoch; after some patients were brought back, its present one.</param>
/// <param name="Patients">Patients, removed ones included.</param>
/// <param name="Records">Entries of records, removed ones included.</param>
/// <param name="Versions">Older states of both.</param>
/// <param name="PurgesApplied">How many patients were left out since they were purged after the backup.</param>
/// <param name="KeptAside">Where the replaced store is; null when none was.</param>
/// <param name="Losses">What could not be restored, in plain words.</param>
/// <param name="Warnings">What else has to be known, in plain words, such as backups whose purges could not be read.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RestoreReport(
    string Location,
    string Backup,
    DateTime Time,
    Guid Epoch,
    long Patients,
    long Records,
    long Versions,
    long PurgesApplied,
    string? KeptAside,
    IReadOnlyList<string> Losses,
    IReadOnlyList<string> Warnings,
    TimeSpan Duration);

/// <summary>Restores backups: all or nothing.</summary>
public static class BackupRestore
{
    /// <summary>Restores into a new store, with the backup's accounts and audit trail.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="request">Which backup, and how.</param>
    /// <param name="destination">Where the store is to be; nothing may be there.</param>
    /// <param name="caller">What the trail tells of the caller.</param>
    /// <param name="progress">Told how many states of patients and of entries of records are done, and of how many.</param>
    /// <param name="cancellation">Gives up; nothing of the store stays.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="PatientToolsException">
    /// As <see cref="BackupReader.Open"/>; <c>BackupChainBroken</c>, <c>BackupDamaged</c>, <c>StoreExists</c>, <c>StoreFolderMissing</c>, <c>StoreFull</c>, <c>PatientNotInBackup</c>, <c>PatientPurged</c>.
    /// </exception>
    [Requires(StoreOperation.RestoreStore)]
    public static RestoreReport IntoNew(
        IPatientStoreProvider provider, RestoreRequest request, string destination, CallerNote caller, Action<long, long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        ArgumentNullException.ThrowIfNull(caller);
        var started = TimeProvider.System.GetTimestamp();
        var note = caller.Checked();
        var location = Path.GetFullPath(destination);
        using var chain = BackupChain.Open(request.Path, request.Key, cancellation);
        var warnings = new List<string>();
        var losses = new RestoreLosses(request.SkipDamaged);
        var plan = new RestorePlan
        {
            Patients = request.Patients?.ToHashSet(),
            LaterPurges = request.IncludePurged ? [] : LaterPurges.InFolderOf(chain, request.Key, warnings, cancellation),
            ApplyLaterPurges = !request.IncludePurged,
            WithAccounts = true,
            WithTrail = true,
            Progress = progress,
        };
        var merge = new BackupMerge(chain, plan, losses, cancellation);
        var identity = RestoredStore.IdentityOf(chain);
        provider.Build(location, identity, loader =>
        {
            merge.Fill(loader);
            var content = OpenedHere.Content(note) with { Details = RestoredStore.DetailsOf(chain, merge, request) };
            var draft = new AuditDraft(OpenedHere.Now(TimeProvider.System), null, null, StoreOperation.RestoreStore, AuditOutcome.Succeeded, content, 0, default);
            loader.AddAuditEntry(AuditChain.Link(identity.StoreId, merge.LastAuditEntry, draft));
            cancellation.ThrowIfCancellationRequested();
        });
        return new RestoreReport(
            location, chain.Point.Path, chain.Header.Time, identity.Epoch, merge.Patients, merge.Records, merge.Versions, merge.PurgesApplied, null, losses.Told, warnings,
            TimeProvider.System.GetElapsedTime(started));
    }

    internal static RestoreReport Replace(StoreAccess access, RestoreRequest request, Action<long, long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var report = access.Run(StoreOperation.RestoreStore, use => new StoreReplacement(access, use, request).Run(progress, cancellation));
        try
        {
            // What others have told this session's journal is written into the trail, which stayed.
            access.Session.Close(CallerNote.None);
            return report;
        }
        catch (PatientToolsException e)
        {
            return report with { Warnings = [.. report.Warnings, $"The store was restored, but the last events of this session could not be written into the audit trail. {e.Message}"] };
        }
    }

    internal static RestoreReport BringBack(StoreAccess access, RestoreRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return access.Run(StoreOperation.RestoreStore, use => new PatientReturn(access, use, request).Run(cancellation));
    }
}
