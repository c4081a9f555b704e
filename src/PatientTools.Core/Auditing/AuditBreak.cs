using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>Says what was done at the place where the chain breaks, from what the entries around it tell of each other.</summary>
/// <param name="reader">A snapshot.</param>
/// <param name="storeId">The store.</param>
/// <param name="before">The last entry that holds; null at the beginning.</param>
/// <param name="entry">The one behind it, which does not follow it or has another hash than its fields.</param>
internal sealed class AuditBreak(IStoreReader reader, Guid storeId, AuditEntry? before, AuditEntry entry)
{
    /// <summary>How far from its place an entry is looked for that was given another number.</summary>
    private const int Reach = 5000;

    private readonly long _expected = (before?.Number ?? 0) + 1;

    /// <summary>The explanation.</summary>
    /// <returns>What happened, and the number of the first entry that is wrong.</returns>
    public (string Problem, long FirstWrong) Explain()
    {
        if (entry.Number < 1)
        {
            return ($"{Named(entry.Number)} was inserted", entry.Number);
        }

        if (entry.Number > _expected)
        {
            return (Removed(_expected, entry.Number - 1), entry.Number);
        }

        var behind = reader.ReadAuditEntries(entry.Number, 1) is [var found] ? found : null;
        if (!AuditChain.IsHashed(entry))
        {
            return Unhashed(behind);
        }

        if (before is null)
        {
            return ($"{Named(1)} was changed, or is of another store: it does not begin the trail of this one", 1);
        }

        // The entry itself is sound. If the one behind it agrees, then what lies before was written anew, hash and all.
        return behind is not null && AuditChain.IsHashed(behind) && Follow(entry, behind)
            ? ($"{Named(before.Number)} was changed and hashed anew: {Named(entry.Number)} does not follow it", before.Number)
            : ($"{Named(entry.Number)} does not follow {Named(before.Number)}: it was changed and hashed anew, inserted, or is of another store", entry.Number);
    }

    private static string Named(long number) => $"entry {AuditFinding.Number(number)}";

    private static bool Follow(AuditEntry one, AuditEntry other) => other.Previous.Span.SequenceEqual(one.Hash.Span);

    private string Removed(long from, long to) => from == to
        ? $"{Named(from)} was removed before {Named(entry.Number)}"
        : $"entries {AuditFinding.Number(from)} to {AuditFinding.Number(to)} were removed before {Named(entry.Number)}";

    private (string Problem, long FirstWrong) Unhashed(AuditEntry? behind)
    {
        var own = NumberOf(entry);
        var next = behind is null ? null : NumberOf(behind);

        // An entry slipped in whole: it holds by itself, and those behind it were moved up to make room.
        if (before is not null && own == entry.Number - 1 && entry.Previous.Span.SequenceEqual(PreviousOf(before)))
        {
            return ($"{Named(before.Number)} was inserted", before.Number);
        }

        if (next == entry.Number && own != entry.Number + 1)
        {
            return ($"{Named(entry.Number)} was inserted", entry.Number);
        }

        if (own > entry.Number && (behind is null || next == own + 1))
        {
            return ($"{Named(entry.Number)} was written as {Named(own.Value)}: what stood before it was removed, and the rest numbered anew", entry.Number);
        }

        return own is { } other
            ? ($"{Named(entry.Number)} is out of order: it was written as {Named(other)}", entry.Number)
            : ($"{Named(entry.Number)} was changed", entry.Number);
    }

    private ReadOnlySpan<byte> PreviousOf(AuditEntry one) => one.Number == 1 ? AuditChain.Origin(storeId) : one.Previous.Span;

    /// <summary>The number with which an entry has its hash; null when it has it with none near by.</summary>
    private static long? NumberOf(AuditEntry one)
    {
        if (one.Hash.Length != AuditChain.HashLength)
        {
            return null;
        }

        for (var distance = 0; distance <= Reach; distance++)
        {
            if (AuditChain.IsHashed(one with { Number = one.Number + distance }))
            {
                return one.Number + distance;
            }

            if (AuditChain.IsHashed(one with { Number = one.Number - distance }))
            {
                return one.Number - distance;
            }
        }

        return null;
    }
}
