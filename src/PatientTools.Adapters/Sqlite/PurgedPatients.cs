using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// The patients purged in a transaction. Their search entries are erased by one pass over all entries: not by what the
/// documents say, because then an entry that is there by mistake would outlive its patient.
/// </summary>
internal sealed class PurgedPatients(StoreConnection connection, SearchEntryBuffer entries)
{
    private static readonly StatementText Scan = new("SELECT kind, term, first, gaps FROM search_entry WHERE first <= ?1");
    private readonly List<long> _keys = [];
    private readonly HashSet<long> _set = [];
    private int _erased;

    /// <summary>Where the transaction stands, for <see cref="Undo"/>.</summary>
    public (int Purged, int Erased) Mark => (_keys.Count, _erased);

    public void Add(long key)
    {
        if (_set.Add(key))
        {
            _keys.Add(key);
        }
    }

    public bool Contains(long key) => _set.Contains(key);

    /// <summary>Goes back to where the transaction stood.</summary>
    public void Undo((int Purged, int Erased) mark)
    {
        foreach (var key in _keys[mark.Purged..])
        {
            _set.Remove(key);
        }

        _keys.RemoveRange(mark.Purged, _keys.Count - mark.Purged);
        _erased = mark.Erased;
    }

    /// <summary>Erases the entries that lead to the purged patients; all others have been written.</summary>
    public void EraseSearchEntries()
    {
        if (_erased == _keys.Count)
        {
            return;
        }

        long[] purged = [.. _keys.Order()];
        var runs = new List<KeyRun>();
        using (var scan = connection.Rent(Scan))
        {
            scan.Bind(1, purged[^1]);
            while (scan.Step())
            {
                SegmentRows.Read(connection, scan.Int64(2), scan.Bytes(3), runs);
                foreach (var run in runs)
                {
                    Erase((int)scan.Int64(0), scan.Bytes(1), run, purged);
                }
            }
        }

        entries.Write();
        StoreSchema.WriteFact(connection, StoreSchema.Facts.ScrubPending, "1");
        _erased = _keys.Count;
    }

    private void Erase(int kind, ReadOnlySpan<byte> term, KeyRun run, long[] purged)
    {
        var at = Array.BinarySearch(purged, run.First);
        for (at = at < 0 ? ~at : at; at < purged.Length && purged[at] <= run.Last; at++)
        {
            entries.Erase(purged[at], kind, term);
        }
    }
}
