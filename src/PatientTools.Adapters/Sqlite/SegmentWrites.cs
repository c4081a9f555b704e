using System.Runtime.InteropServices;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Changes the table of search entries term by term: only those segments are read and written that hold a changed key or
/// take one in. One too large is divided, an empty one goes.
/// </summary>
internal sealed class SegmentWrites(StoreConnection connection) : IDisposable
{
    private static readonly StatementText LastText =
        new("SELECT first, gaps FROM search_entry WHERE kind = ?1 AND term = ?2 ORDER BY first DESC LIMIT 1");

    private static readonly StatementText AroundText = new(
        """
        SELECT first, gaps FROM search_entry
        WHERE kind = ?1 AND term = ?2 AND first >= coalesce(
            (SELECT first FROM search_entry WHERE kind = ?1 AND term = ?2 AND first <= ?3 ORDER BY first DESC LIMIT 1), 0)
        ORDER BY first LIMIT 2
        """);

    /// <summary>Where the primary key is the only index, SQLite replaces a row in one descent.</summary>
    private static readonly StatementText PutText = new("REPLACE INTO search_entry(kind, term, first, gaps) VALUES(?1, ?2, ?3, ?4)");
    private static readonly StatementText DeleteText = new("DELETE FROM search_entry WHERE kind = ?1 AND term = ?2 AND first = ?3");
    private readonly Statement _last = connection.Rent(LastText);
    private readonly Statement _around = connection.Rent(AroundText);
    private readonly Statement _put = connection.Rent(PutText);
    private readonly Statement _delete = connection.Rent(DeleteText);
    private readonly List<KeyRun> _present = [];
    private readonly List<KeyRun> _next = [];

    /// <summary>Changes whose entry a term is.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="term">The term.</param>
    /// <param name="changes">The changes in the order of their keys, one for each key.</param>
    public void Apply(int kind, ReadOnlySpan<byte> term, ReadOnlySpan<KeyChange> changes)
    {
        _put.Bind(1, kind).BindBlob(2, term);
        if (!ReadLast(kind, term) || _present[0].First <= changes[0].Key)
        {
            Change(kind, term, changes, isLast: true);
            return;
        }

        while (!changes.IsEmpty)
        {
            var boundary = ReadAround(kind, term, changes[0].Key);
            var count = 0;
            while (count < changes.Length && changes[count].Key < boundary)
            {
                count++;
            }

            Change(kind, term, changes[..count], isLast: boundary == long.MaxValue);
            changes = changes[count..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last.Dispose();
        _around.Dispose();
        _put.Dispose();
        _delete.Dispose();
    }

    /// <summary>Reads the last segment of a term.</summary>
    /// <returns>Whether there is one.</returns>
    private bool ReadLast(int kind, ReadOnlySpan<byte> term)
    {
        _present.Clear();
        _last.Bind(1, kind).BindBlob(2, term);
        if (_last.Step())
        {
            SegmentRows.Read(connection, _last.Int64(0), _last.Bytes(1), _present);
        }

        _last.Reset();
        return _present.Count > 0;
    }

    /// <summary>Reads the segment that holds a key or has to take it in; none when the term has none any more.</summary>
    /// <returns>The first key that the segment must not hold.</returns>
    private long ReadAround(int kind, ReadOnlySpan<byte> term, long key)
    {
        _present.Clear();
        _around.Bind(1, kind).BindBlob(2, term).Bind(3, key);
        var boundary = long.MaxValue;
        if (_around.Step())
        {
            SegmentRows.Read(connection, _around.Int64(0), _around.Bytes(1), _present);
            boundary = _around.Step() ? _around.Int64(0) : long.MaxValue;
        }

        _around.Reset();
        return boundary;
    }

    private void Change(int kind, ReadOnlySpan<byte> term, ReadOnlySpan<KeyChange> changes, bool isLast)
    {
        var present = CollectionsMarshal.AsSpan(_present);
        Merge(present, changes, _next);
        var next = CollectionsMarshal.AsSpan(_next);
        if (next.SequenceEqual(present))
        {
            return;
        }

        // Keys that are drawn later come behind: a segment they have filled stays full. Where keys come in between, the
        // halves get room for more.
        var isAppended = isLast && (present.IsEmpty || changes[0].Key > present[^1].Last);
        Put(next, isAppended ? KeySegment.MostBytes : Balanced(next));
        if (!present.IsEmpty && (next.IsEmpty || next[0].First != present[0].First))
        {
            _delete.Bind(1, kind).BindBlob(2, term).Bind(3, present[0].First).Run();
        }
    }

    private void Put(ReadOnlySpan<KeyRun> runs, int most)
    {
        Span<byte> gaps = stackalloc byte[KeySegment.MostBytes];
        while (!runs.IsEmpty)
        {
            var taken = KeySegment.Write(runs, most, gaps, out var written);
            _put.Bind(3, runs[0].First).BindBlob(4, gaps[..written]).Run();
            runs = runs[taken..];
        }
    }

    /// <summary>The size at which as many segments as are needed become equally large.</summary>
    private static int Balanced(ReadOnlySpan<KeyRun> runs)
    {
        Span<byte> gaps = stackalloc byte[KeySegment.MostBytes];
        var segments = 0;
        var bytes = 0;
        while (!runs.IsEmpty)
        {
            runs = runs[KeySegment.Write(runs, KeySegment.MostBytes, gaps, out var written)..];
            bytes += written;
            segments++;
        }

        return segments > 1 ? Math.Min((bytes / segments) + 1, KeySegment.MostBytes) : KeySegment.MostBytes;
    }

    private static void Merge(ReadOnlySpan<KeyRun> runs, ReadOnlySpan<KeyChange> changes, List<KeyRun> merged)
    {
        merged.Clear();
        var at = 0;
        var run = runs.IsEmpty ? default : runs[0];
        foreach (var (key, isRemoval) in changes)
        {
            while (at < runs.Length && run.Last < key)
            {
                Append(merged, run);
                run = ++at < runs.Length ? runs[at] : default;
            }

            var isHeld = at < runs.Length && run.First <= key;
            if (isHeld && isRemoval)
            {
                if (run.First < key)
                {
                    Append(merged, run with { Last = key - 1 });
                }

                // Empty when the key was its last one; then the next change, or the end, must not see it.
                run = run with { First = key + 1 };
                if (run.First > run.Last)
                {
                    run = ++at < runs.Length ? runs[at] : default;
                }
            }
            else if (!isHeld && !isRemoval)
            {
                Append(merged, new KeyRun(key, key));
            }
        }

        for (; at < runs.Length; run = ++at < runs.Length ? runs[at] : default)
        {
            Append(merged, run);
        }
    }

    private static void Append(List<KeyRun> runs, KeyRun run)
    {
        if (runs.Count > 0 && runs[^1].Last + 1 == run.First)
        {
            runs[^1] = runs[^1] with { Last = run.Last };
        }
        else
        {
            runs.Add(run);
        }
    }
}

/// <summary>An entry of a term that comes or goes.</summary>
/// <param name="Key">The patient.</param>
/// <param name="IsRemoval">Whether it goes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeyChange(long Key, bool IsRemoval);
