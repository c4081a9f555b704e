using System.Text;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Reads the table of search entries: for each kind and term the keys of its patients, in segments. Terms reach SQLite as
/// parameters only.
/// </summary>
internal static class SegmentRows
{
    private static readonly StatementText Ascending =
        new("SELECT term, first, gaps FROM search_entry WHERE kind = ?1 AND term >= ?2 ORDER BY term, first");

    /// <summary>The length of a term is told by the head of its row, long before the row is handed out.</summary>
    private static readonly StatementText AscendingOfLength =
        new("SELECT term, first, gaps FROM search_entry WHERE kind = ?1 AND term >= ?2 AND length(term) BETWEEN ?3 AND ?4 ORDER BY term, first");

    private static readonly StatementText Descending =
        new("SELECT term, first, gaps FROM search_entry WHERE kind = ?1 AND term < ?2 ORDER BY term DESC, first DESC");

    private static readonly StatementText Whole = new("SELECT kind, term, first, gaps FROM search_entry ORDER BY kind, term, first");

    /// <summary>No byte of UTF-8 is 0xFF, so every term lies before it.</summary>
    private static ReadOnlySpan<byte> BehindAll => [0xFF];

    /// <summary>Visits segments of a kind in the order of terms and keys.</summary>
    /// <remarks>The bound at which a visit ends is looked after here: that is quicker than SQLite's comparison of each row.</remarks>
    public static void Visit(StoreConnection connection, SearchEntryKind kind, TermRange range, bool descending, SegmentVisitor visit, CancellationToken cancellation)
    {
        using var interruption = connection.InterruptOn(cancellation);
        var byLength = range.HasLengths && !descending;
        using var statement = connection.Rent(byLength ? AscendingOfLength : descending ? Descending : Ascending);
        if (byLength)
        {
            statement.Bind(3, range.Shortest).Bind(4, range.Longest ?? int.MaxValue);
        }

        var to = range.To is { } bound ? bound.Span : BehindAll;
        statement.Bind(1, (long)kind).BindBlob(2, descending ? to : range.From.Span);
        var from = range.From.Span;
        Span<nint> row = stackalloc nint[3];
        row.Clear();
        while (statement.Step())
        {
            statement.FindValues(row);
            var term = Statement.BytesOf(row[0]);
            if (descending && range.HasLengths && (term.Length < range.Shortest || term.Length > range.Longest))
            {
                continue;
            }

            var isWithin = descending ? term.SequenceCompareTo(from) >= 0 : term.SequenceCompareTo(to) < 0;
            if (!isWithin || !visit(term, Statement.Int64Of(row[1]), Statement.BytesOf(row[2])))
            {
                return;
            }
        }
    }

    /// <summary>How many patients have an entry.</summary>
    public static long Count(StoreConnection connection, SearchEntryKind kind, string term)
    {
        var count = 0L;
        var runs = new List<KeyRun>();
        Visit(connection, kind, TermRange.Exactly(term), descending: false, Add, default);
        return count;

        bool Add(ReadOnlySpan<byte> found, long first, ReadOnlySpan<byte> gaps)
        {
            Read(connection, first, gaps, runs);
            foreach (var run in runs)
            {
                count += run.Count;
            }

            return true;
        }
    }

    /// <summary>Reads every entry in the order of the table.</summary>
    public static IEnumerable<StoredSearchEntry> ReadAll(StoreConnection connection)
    {
        var runs = new List<KeyRun>();
        var entry = default(SearchEntry);
        var term = Array.Empty<byte>();
        using var statement = connection.Rent(Whole);
        while (statement.Step())
        {
            var kind = (SearchEntryKind)statement.Int64(0);
            if (kind != entry.Kind || !statement.Bytes(1).SequenceEqual(term))
            {
                term = statement.Bytes(1).ToArray();
                entry = new SearchEntry(kind, Encoding.UTF8.GetString(term));
            }

            Read(connection, statement.Int64(2), statement.Bytes(3), runs);
            foreach (var run in runs)
            {
                for (var key = run.First; key <= run.Last; key++)
                {
                    yield return new StoredSearchEntry(key, entry);
                }
            }
        }
    }

    /// <summary>Reads a segment, which has to be whole.</summary>
    /// <param name="connection">Where it comes from.</param>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="runs">Holds its keys afterwards, and nothing else.</param>
    public static void Read(StoreConnection connection, long first, ReadOnlySpan<byte> gaps, List<KeyRun> runs)
    {
        runs.Clear();
        if (!KeySegment.TryRead(first, gaps, runs))
        {
            throw StoreErrors.IsDamaged(connection.Path);
        }
    }
}
