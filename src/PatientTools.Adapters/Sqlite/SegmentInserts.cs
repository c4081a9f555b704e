using System.Runtime.InteropServices;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Fills the table of search entries, term by term in its own order, each term with all its keys.</summary>
internal sealed class SegmentInserts(StoreConnection connection) : IDisposable
{
    private static readonly StatementText InsertText = new("INSERT INTO search_entry(kind, term, first, gaps) VALUES(?1, ?2, ?3, ?4)");
    private readonly Statement _insert = connection.Rent(InsertText);
    private readonly List<KeyRun> _runs = [];

    /// <summary>Inserts a term.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="term">The term.</param>
    /// <param name="keys">Ascending keys, at least one.</param>
    public void Insert(int kind, ReadOnlySpan<byte> term, ReadOnlySpan<long> keys)
    {
        _runs.Clear();
        var run = new KeyRun(keys[0], keys[0]);
        foreach (var key in keys[1..])
        {
            if (key == run.Last + 1)
            {
                run = run with { Last = key };
                continue;
            }

            _runs.Add(run);
            run = new KeyRun(key, key);
        }

        _runs.Add(run);
        _insert.Bind(1, kind).BindBlob(2, term);
        Span<byte> gaps = stackalloc byte[KeySegment.MostBytes];
        for (ReadOnlySpan<KeyRun> left = CollectionsMarshal.AsSpan(_runs); !left.IsEmpty;)
        {
            var taken = KeySegment.Write(left, KeySegment.MostBytes, gaps, out var written);
            _insert.Bind(3, left[0].First).BindBlob(4, gaps[..written]).Run();
            left = left[taken..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _insert.Dispose();
}
