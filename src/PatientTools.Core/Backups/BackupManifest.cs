using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>What a backup says of itself: <c>manifest.json</c>.</summary>
/// <param name="Header">What anybody can read.</param>
/// <param name="StoreCreated">When the store was made (UTC).</param>
/// <param name="StoreFormat">The version of the store's format.</param>
/// <param name="Account">Who made the backup; null in a store without accounts.</param>
/// <param name="Description">What the maker said of it.</param>
/// <param name="Totals">What the store held in the snapshot, in this backup and those before it.</param>
/// <param name="Counters">What the store's counters stood at.</param>
/// <param name="Members">The members in the order in which they stand.</param>
internal sealed record BackupManifest(
    BackupHeader Header,
    DateTime StoreCreated,
    int StoreFormat,
    string? Account,
    string? Description,
    StoreTotals Totals,
    IReadOnlyDictionary<string, long> Counters,
    IReadOnlyList<BackupMember> Members)
{
    /// <summary>How many lines of a kind there are.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The number.</returns>
    public long Count(BackupMemberKind kind) => Members.Where(member => member.Kind == kind).Sum(member => member.Lines);
}
