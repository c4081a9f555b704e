using System.Globalization;
using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>What a scan of the trail found.</summary>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="FirstWrong">The number of the first entry that is wrong.</param>
/// <param name="Proven">The newest entry that a head proves.</param>
/// <param name="UnprovenSince">The time of the entry behind that.</param>
internal sealed record AuditFinding(string? Problem, long? FirstWrong, AuditEntry? Proven, DateTime? UnprovenSince)
{
    /// <summary>The finding in plain words.</summary>
    public string Result =>
        Problem is not null ? Problem
        : UnprovenSince is { } since ? Proven is { } proven
            ? $"proven up to entry {Number(proven.Number)} ({Time(proven.Time)}); consistent, unproven since {Time(since)}"
            : $"consistent, unproven since {Time(since)}"
        : Proven is not null ? "proven"
        : "consistent, the trail is empty";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>
/// Holds the trail against itself and against heads, entry by entry, and stops at the first that is wrong. Entries are read
/// in short transactions, and hashed on another thread while the next ones are read.
/// </summary>
/// <param name="use">The way to the store.</param>
/// <param name="storeId">The store.</param>
/// <param name="heads">The heads.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class AuditTrailScan(StoreUse use, Guid storeId, IReadOnlyList<AuditHead> heads, CancellationToken cancellation)
{
    private const int Batch = 1000;
    private readonly Queue<AuditHead> _heads = new(heads.OrderBy(head => head.Number));
    private readonly FirstEntries _firsts = new();
    private AuditEntry? _last;
    private AuditEntry? _proven;
    private DateTime? _unprovenSince;

    /// <summary>Scans.</summary>
    /// <param name="end">The number of the last entry to look at.</param>
    /// <param name="progress">Told how many entries of how many are checked.</param>
    /// <returns>What was found.</returns>
    public AuditFinding Run(long end, Action<long, long>? progress)
    {
        if (MissedHead(1) is { } foreign)
        {
            return foreign;
        }

        // An entry of a number that no entry can have is one too.
        var next = Read(long.MinValue, end);
        while (next.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var entries = next;
            var hashing = Task.Run(() => entries.Select(AuditChain.IsHashed).ToArray(), CancellationToken.None);
            try
            {
                next = Read(entries[^1].Number, end);
            }
            finally
            {
                hashing.Wait(CancellationToken.None);
            }

            if (Check(entries, hashing.Result) is { } found)
            {
                return found;
            }

            progress?.Invoke(_last!.Number, end);
        }

        return CutOff() ?? new AuditFinding(null, null, _proven, _unprovenSince);
    }

    private IReadOnlyList<AuditEntry> Read(long after, long end)
    {
        if (after >= end)
        {
            return [];
        }

        using var reader = use.BeginRead();
        var entries = reader.ReadAuditEntries(after, Batch);
        return entries.Count > 0 && entries[^1].Number > end ? [.. entries.TakeWhile(entry => entry.Number <= end)] : entries;
    }

    private AuditFinding? Check(IReadOnlyList<AuditEntry> entries, bool[] areHashed)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (!Follows(entry) || !areHashed[i])
            {
                using var reader = use.BeginRead();
                var (problem, wrong) = new AuditBreak(reader, storeId, _last, entry).Explain();
                return Wrong(problem, wrong);
            }

            if (!_firsts.Fit(entry))
            {
                return Wrong($"entry {AuditFinding.Number(entry.Number)} continues entry {AuditFinding.Number(entry.Continues!.Value)}, which is not the first one of an event before it", entry.Number);
            }

            _last = entry;
            _unprovenSince ??= entry.Time;
            if (MissedHead(entry.Number + 1) is { } missed)
            {
                return missed;
            }
        }

        return null;
    }

    private bool Follows(AuditEntry entry) => _last is null
        ? entry.Number == 1 && entry.Previous.Span.SequenceEqual(AuditChain.Origin(storeId))
        : entry.Number == _last.Number + 1 && entry.Previous.Span.SequenceEqual(_last.Hash.Span);

    /// <summary>Holds the last entry against the heads of its number; those of an empty trail against nothing.</summary>
    private AuditFinding? MissedHead(long before)
    {
        while (_heads.TryPeek(out var head) && head.Number < before && head.Number <= (_last?.Number ?? 0))
        {
            _heads.Dequeue();
            var hash = head.Number == 0 ? AuditChain.Origin(storeId) : _last!.Hash.Span;
            if (!hash.SequenceEqual(Convert.FromHexString(head.Hash)))
            {
                return head.Number == 0
                    ? new AuditFinding("the head of the empty trail is not that of this store", null, null, null)
                    : Wrong($"entry {AuditFinding.Number(head.Number)} is not the one of the head: the trail was cut off or written anew {BehindProven}", head.Number);
            }

            if (head.Number > 0)
            {
                (_proven, _unprovenSince) = (_last, null);
            }
        }

        return null;
    }

    private AuditFinding? CutOff() => _heads.TryPeek(out var head) && head.Number > (_last?.Number ?? 0)
        ? Wrong(
            $"entry {AuditFinding.Number(head.Number)}, of which there is a head, is missing: the trail was cut off behind entry {AuditFinding.Number(_last?.Number ?? 0)}",
            (_last?.Number ?? 0) + 1)
        : null;

    private string BehindProven => _proven is null ? "somewhere from its beginning" : $"behind entry {AuditFinding.Number(_proven.Number)}";

    private AuditFinding Wrong(string problem, long number) => new(problem, number, _proven, _unprovenSince);

    /// <summary>Which entries begin an event: a bit for each.</summary>
    private sealed class FirstEntries
    {
        private readonly List<ulong> _bits = [];

        /// <summary>Whether an entry is a first one, or continues one before it.</summary>
        public bool Fit(AuditEntry entry)
        {
            var index = (int)(entry.Number >> 6);
            while (_bits.Count <= index)
            {
                _bits.Add(0);
            }

            if (entry.Continues is not { } first)
            {
                _bits[index] |= 1UL << (int)(entry.Number & 63);
                return true;
            }

            return first > 0 && first < entry.Number && (_bits[(int)(first >> 6)] >> (int)(first & 63) & 1) == 1;
        }
    }
}
