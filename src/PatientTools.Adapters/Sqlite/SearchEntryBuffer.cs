using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Changes of search entries that a writer has not written yet. They are written sorted, so that a batch of patients
/// touches each page of the index once instead of once per entry.
/// </summary>
internal sealed class SearchEntryBuffer(StoreConnection connection)
{
    /// <summary>About 40 MB; then the changes are written although nobody asked.</summary>
    private const int MostChanges = 640_000;

    private static readonly StatementText Insert = new("INSERT OR IGNORE INTO search_entry(kind, term, patient) VALUES(?1, ?2, ?3)");
    private static readonly StatementText Delete = new("DELETE FROM search_entry WHERE kind = ?1 AND term = ?2 AND patient = ?3");
    private static readonly StatementText HolderOfMrn =
        new($"SELECT patient FROM search_entry WHERE kind IN ({(int)SearchEntryKind.Mrn}, {-(int)SearchEntryKind.Mrn}) AND term = ?1");

    private readonly Dictionary<string, long> _mrnHolders = new(StringComparer.Ordinal);
    private readonly List<(string Term, long? Before)> _mrnChanges = [];
    private readonly List<EntryChange> _changes = [];
    private readonly List<byte> _terms = [];
    private (int Changes, int Terms)? _item;
    private (EntryChange[] Changes, byte[] Terms)? _writtenWithinItem;

    /// <summary>Adds or removes entries of a patient.</summary>
    public void Change(long patient, bool removed, SearchEntry entry, bool isRemoval)
    {
        if (_changes.Count >= MostChanges)
        {
            Write();
        }

        var start = _terms.Count;
        var length = Encoding.UTF8.GetByteCount(entry.Term);
        CollectionsMarshal.SetCount(_terms, start + length);
        var term = CollectionsMarshal.AsSpan(_terms).Slice(start, length);
        Encoding.UTF8.GetBytes(entry.Term, term);
        var kind = removed ? -(int)entry.Kind : (int)entry.Kind;
        _changes.Add(new EntryChange(Lead(kind, term), patient, kind, start, length, _changes.Count, isRemoval));
        if (entry.Kind == SearchEntryKind.Mrn)
        {
            if (_item is not null)
            {
                _mrnChanges.Add((entry.Term, _mrnHolders.TryGetValue(entry.Term, out var before) ? before : null));
            }

            _mrnHolders[entry.Term] = isRemoval ? 0 : patient;
        }
    }

    /// <summary>Who has a medical record number, what is not yet written included.</summary>
    public long? FindHolderOfMrn(string term)
    {
        if (_mrnHolders.TryGetValue(term, out var holder))
        {
            return holder == 0 ? null : holder;
        }

        using var statement = connection.Rent(HolderOfMrn);
        return statement.Bind(1, term).Step() ? statement.Int64(0) : null;
    }

    /// <summary>Remembers where an item begins.</summary>
    public void BeginItem()
    {
        _mrnChanges.Clear();
        _item = (_changes.Count, _terms.Count);
    }

    public void EndItem()
    {
        _item = null;
        _writtenWithinItem = null;
    }

    /// <summary>Forgets what came since the item's beginning; its savepoint undoes what was written meanwhile.</summary>
    public void UndoItem()
    {
        if (_writtenWithinItem is { } before)
        {
            // The savepoint undoes earlier items' entries too, because they were written after it.
            Forget();
            _changes.AddRange(before.Changes);
            _terms.AddRange(before.Terms);
        }
        else if (_item is { } start)
        {
            CollectionsMarshal.SetCount(_changes, start.Changes);
            CollectionsMarshal.SetCount(_terms, start.Terms);
        }

        for (var i = _mrnChanges.Count - 1; i >= 0; i--)
        {
            var (term, holder) = _mrnChanges[i];
            if (holder is { } known)
            {
                _mrnHolders[term] = known;
            }
            else
            {
                _mrnHolders.Remove(term);
            }
        }

        EndItem();
    }

    /// <summary>Writes the changes; of several to one entry the last holds.</summary>
    public void Write()
    {
        if (_changes.Count == 0)
        {
            return;
        }

        if (_item is { } start)
        {
            _writtenWithinItem ??= ([.. _changes[..start.Changes]], [.. _terms[..start.Terms]]);
        }
        else
        {
            _mrnHolders.Clear();
        }

        var changes = CollectionsMarshal.AsSpan(_changes);
        changes.Sort(Compare);
        using var insert = connection.Rent(Insert);
        using var delete = connection.Rent(Delete);
        for (var i = 0; i < changes.Length; i++)
        {
            if (i + 1 < changes.Length && IsSameEntry(changes[i], changes[i + 1]))
            {
                continue;
            }

            ref readonly var change = ref changes[i];
            (change.IsRemoval ? delete : insert).Bind(1, change.Kind).BindUtf8(2, Term(change)).Bind(3, change.Patient).Run();
        }

        Forget();
    }

    /// <summary>Forgets all changes, written or not.</summary>
    public void Clear()
    {
        Forget();
        _mrnHolders.Clear();
    }

    /// <summary>Kind and the first bytes of the term as one number that sorts as they do; it settles most comparisons.</summary>
    private static ulong Lead(int kind, ReadOnlySpan<byte> term)
    {
        Span<byte> first = stackalloc byte[8];
        first.Clear();
        first[0] = (byte)(kind + 128);
        term[..Math.Min(term.Length, 7)].CopyTo(first[1..]);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    private void Forget()
    {
        _changes.Clear();
        _terms.Clear();
    }

    private ReadOnlySpan<byte> Term(in EntryChange change) => CollectionsMarshal.AsSpan(_terms).Slice(change.Start, change.Length);

    private bool IsSameEntry(in EntryChange left, in EntryChange right) =>
        left.Lead == right.Lead && left.Patient == right.Patient && Term(left).SequenceEqual(Term(right));

    private int Compare(EntryChange left, EntryChange right)
    {
        if (left.Lead != right.Lead)
        {
            return left.Lead.CompareTo(right.Lead);
        }

        var order = Term(left).SequenceCompareTo(Term(right));
        if (order != 0)
        {
            return order;
        }

        order = left.Patient.CompareTo(right.Patient);
        return order != 0 ? order : left.Order.CompareTo(right.Order);
    }

    private readonly record struct EntryChange(ulong Lead, long Patient, int Kind, int Start, int Length, int Order, bool IsRemoval);
}
