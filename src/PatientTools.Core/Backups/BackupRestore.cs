using PatientTools.Accounts;
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
    /// <param name="progress">Told how many patients and entries of records are done, and of how many.</param>
    /// <param name="cancellation">Gives up; nothing of the store stays.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="PatientToolsException">
    /// As <see cref="BackupReader.Open"/>; <c>BackupChainBroken</c>, <c>BackupDamaged</c>, <c>StoreExists</c>, <c>StoreFolderMissing</c>, <c>StoreFull</c>, <c>PatientNotInBackup</c>.
    /// </exception>
    [Requires(StoreOperation.RestoreStore)]
    public static RestoreReport IntoNew(
        IPatientStoreProvider provider, RestoreRequest request, string destination, CallerNote caller, Action<long, long>? progress, CancellationToken cancellation) =>
        throw new NotSupportedException();

    internal static RestoreReport Replace(StoreAccess access, RestoreRequest request, Action<long, long>? progress, CancellationToken cancellation) =>
        throw new NotSupportedException();

    internal static RestoreReport BringBack(StoreAccess access, RestoreRequest request, CancellationToken cancellation) => throw new NotSupportedException();
}
