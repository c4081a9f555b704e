using PatientTools.Accounts;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>Backups of an open store.</summary>
public sealed class StoreBackups
{
    private readonly StoreAccess _access;

    internal StoreBackups(StoreAccess access) => _access = access;

    /// <summary>Writes a backup of one snapshot, while others read and write.</summary>
    /// <param name="request">Which.</param>
    /// <param name="progress">Told how many patients and entries of records are done, and of how many.</param>
    /// <param name="cancellation">Gives up; nothing of the backup stays.</param>
    /// <returns>The backup; null when nothing has changed since the one before.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>BackupDescriptionInvalid</c>; the folder cannot be written, the disk is full, the store cannot be read; <c>BackupNotRecorded</c>
    /// when the backup is complete, but the store could not be told of it.
    /// </exception>
    [Requires(StoreOperation.BackUpStore)]
    public PatientBackup? Create(BackupRequest request, Action<long, long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _access.Run(StoreOperation.BackUpStore, use => new BackupRun(use, _access.Session, request, progress, cancellation).Take());
    }

    /// <summary>Removes backups of this store that retention does not keep; those upon which others build last.</summary>
    /// <param name="verdicts">The verdicts, as <see cref="BackupRetention.Decide"/> gives them.</param>
    /// <param name="removed">Told of each that is gone.</param>
    /// <param name="cancellation">Stops between two.</param>
    /// <exception cref="PatientToolsException"><c>BackupOfOtherStore</c>, <c>BackupNeeded</c> when one that stays builds upon one that goes; then nothing was removed. <c>BackupNotRemoved</c>.</exception>
    [Requires(StoreOperation.RemoveBackup)]
    public void Remove(IReadOnlyList<BackupVerdict> verdicts, Action<PatientBackup> removed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(removed);
        _access.Run(StoreOperation.RemoveBackup, use =>
        {
            new BackupRemoval(use, _access.Session.Store.Identity.StoreId).Run(verdicts, removed, cancellation);
            return true;
        });
    }

    /// <summary>Finds which known backups and stores kept aside hold, or may hold, patients: asked before they are purged.</summary>
    /// <param name="patients">The patients; who is not in the store is left out.</param>
    /// <returns>For each patient what holds it; places that cannot be looked at are told, too.</returns>
    [Requires(StoreOperation.PurgePatient)]
    public IReadOnlyDictionary<PatientId, IReadOnlyList<BackupHolding>> FindHoldings(IReadOnlyList<PatientId> patients)
    {
        ArgumentNullException.ThrowIfNull(patients);
        return _access.Run(StoreOperation.PurgePatient, use => new PatientHoldings(use, _access.Session, patients).Find(default));
    }

    /// <summary>Puts a backup in the place of this store. Accounts and the audit trail stay, a copy of the store is kept aside; all sessions end, this one too.</summary>
    /// <param name="request">Which backup, and how.</param>
    /// <param name="progress">Told how many patients and entries of records are done, and of how many.</param>
    /// <param name="cancellation">Gives up; then everything is as before.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="PatientToolsException">As <see cref="BackupRestore.IntoNew"/>; <c>BackupOfOtherStore</c>, <c>StoreDamaged</c>, <c>StoreReplacedMeanwhile</c>.</exception>
    [Requires(StoreOperation.RestoreStore)]
    public RestoreReport Replace(RestoreRequest request, Action<long, long>? progress, CancellationToken cancellation) =>
        BackupRestore.Replace(_access, request, progress, cancellation);

    /// <summary>Brings some patients of a backup back into this store, as new versions; who was purged comes back only with <see cref="RestoreRequest.IncludePurged"/>.</summary>
    /// <param name="request">Which backup and which patients: all of them, or nothing.</param>
    /// <param name="cancellation">Gives up; then everything is as before.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="PatientToolsException">As <see cref="BackupRestore.IntoNew"/>; <c>PatientNotInBackup</c>, <c>PatientPurged</c>, <c>MrnInUse</c>, <c>BackupOfOtherStore</c>.</exception>
    [Requires(StoreOperation.RestoreStore)]
    public RestoreReport BringBack(RestoreRequest request, CancellationToken cancellation) => BackupRestore.BringBack(_access, request, cancellation);
}

/// <summary>Something that holds, or may hold, a patient.</summary>
/// <param name="Kind">A backup, or a store kept aside.</param>
/// <param name="Path">The file; the folder where it cannot be looked into.</param>
/// <param name="Time">Of when it is (UTC); null when unknown.</param>
/// <param name="IsCertain">Whether the patient is in it; else it may be.</param>
/// <param name="Note">Why that is not certain; null when it is.</param>
public sealed record BackupHolding(StorePlaceKind Kind, string Path, DateTime? Time, bool IsCertain, string? Note)
{
    /// <summary>What it is in one line.</summary>
    /// <returns>Its path.</returns>
    public override string ToString() => Path;
}
