using PatientTools.Adapters.Sqlite.Engine;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// The patients purged in a transaction. Their search entries are erased by one pass over all entries: not by what the
/// documents say, because then an entry that is there by mistake would outlive its patient.
/// </summary>
internal sealed class PurgedPatients(StoreConnection connection)
{
    private static readonly StatementText Scan = new("SELECT kind, term, patient FROM search_entry");
    private static readonly StatementText Delete = new("DELETE FROM search_entry WHERE kind = ?1 AND term = ?2 AND patient = ?3");
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

    /// <summary>Erases the entries that lead to the purged patients.</summary>
    public void EraseSearchEntries()
    {
        if (_erased == _keys.Count)
        {
            return;
        }

        var found = new List<(long Kind, byte[] Term, long Patient)>();
        using (var scan = connection.Rent(Scan))
        {
            while (scan.Step())
            {
                if (_set.Contains(scan.Int64(2)))
                {
                    found.Add((scan.Int64(0), scan.Bytes(1).ToArray(), scan.Int64(2)));
                }
            }
        }

        using var delete = connection.Rent(Delete);
        foreach (var (kind, term, patient) in found)
        {
            delete.Bind(1, kind).BindUtf8(2, term).Bind(3, patient).Run();
        }

        StoreSchema.WriteFact(connection, StoreSchema.Facts.ScrubPending, "1");
        _erased = _keys.Count;
    }
}
