using System.Globalization;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>What every restored store has in common.</summary>
internal static class RestoredStore
{
    /// <summary>Who a store is that is restored from a chain: the old one, in a new epoch.</summary>
    public static StoreIdentity IdentityOf(BackupChain chain) =>
        new(chain.Header.StoreId, Guid.NewGuid(), chain.Point.Manifest.StoreFormat, chain.Point.Manifest.StoreCreated);

    /// <summary>What the trail tells of a restore: kind, sequence, counts, and what was done on purpose that is not usual.</summary>
    public static string DetailsOf(BackupChain chain, BackupMerge merge, RestoreRequest request) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(chain.Header.Kind == BackupKind.Full ? "full" : "incremental")} backup of sequence {chain.Header.LastSequence}, {merge.Patients} patients, {merge.Records} records, {merge.Versions} versions, {merge.PurgesApplied} purges applied{(request.IncludePurged ? ", purged patients included" : null)}{(request.IncludeAccounts ? ", accounts of the backup" : null)}{(request.SkipDamaged ? ", damage left out" : null)}");
}
