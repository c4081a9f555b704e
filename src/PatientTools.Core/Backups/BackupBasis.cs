using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>Upon what a backup builds.</summary>
/// <param name="Parent">The backup before it; null of a full one.</param>
/// <param name="LastAuditEntry">The number of the last entry of the audit trail that the chain holds already.</param>
/// <param name="Reason">Why there is no parent although one was wanted.</param>
internal sealed record BackupBasis(PatientBackup? Parent, long LastAuditEntry, string? Reason)
{
    /// <summary>A full backup, as it was wanted.</summary>
    public static BackupBasis None { get; } = new(null, 0, null);

    /// <summary>Finds upon what an incremental backup can build: the newest usable one of the same store and epoch.</summary>
    /// <param name="history">The backups in the folder, as they were before the snapshot.</param>
    /// <param name="store">The store.</param>
    /// <param name="reader">The snapshot.</param>
    public static BackupBasis Find(IReadOnlyList<PatientBackup> history, StoreIdentity store, IStoreReader reader)
    {
        var own = history.Where(backup => backup.StoreId == store.StoreId).ToList();
        var sameEpoch = own.Where(backup => backup.Epoch == store.Epoch).ToList();
        var newest = sameEpoch.Where(backup => backup.State == BackupState.Usable).MaxBy(backup => (backup.LastSequence, backup.Time));
        if (newest is null)
        {
            return Full(
                own is [] ? "The folder has no backup of this store yet."
                : sameEpoch is [] ? "The backups in the folder are from before the store was restored or copied (another epoch); what has changed since cannot be told."
                : "No backup in the folder can be built upon: what the newest ones build upon is missing or cannot be read.");
        }

        var head = AuditHead.Parse(newest.AuditHead!);
        return newest.LastSequence > reader.Sequence || !Holds(reader, head)
            ? Full($"The newest backup, '{newest.Name}', has changes that are not in this store, which has been put back to an older state or copied from outside.")
            : new BackupBasis(newest, head.Number, null);
    }

    /// <summary>Whether the trail has the entry with which it ended in the backup. A store's file that was copied goes its own way under the same epoch, and there is no other trace of it.</summary>
    private static bool Holds(IStoreReader reader, AuditHead head) =>
        head.Number == 0
        || (reader.ReadAuditEntries(head.Number - 1, 1) is [var entry] && entry.Number == head.Number
            && (entry.Hash.Length != AuditChain.HashLength || Convert.ToHexStringLower(entry.Hash.Span) == head.Hash));

    private static BackupBasis Full(string reason) => new(null, 0, reason);
}
