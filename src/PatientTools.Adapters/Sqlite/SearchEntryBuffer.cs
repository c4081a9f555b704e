using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Changes of search entries that a writer has not written yet. They are written together, so that a batch of patients
/// touches each term and each page of the index once instead of once per entry.
/// </summary>
internal sealed class SearchEntryBuffer(StoreConnection connection)
{
    /// <summary>About 60 MB, as many entries as the largest batch of an import has; then they are written although nobody asked.</summary>
    private const int MostChanges = 1_300_000;

    private readonly Dictionary<string, long> _mrnHolders = new(StringComparer.Ordinal);
    private readonly List<(string Term, long? Before)> _mrnChanges = [];
    private PendingEntries _pending = new();
    private PendingEntries.Mark? _item;
    private PendingEntries? _writtenWithinItem;

    /// <summary>Adds or removes an entry of a patient.</summary>
    public void Change(long patient, SearchEntry entry, bool isRemoval)
    {
        if (_pending.Count >= MostChanges)
        {
            Write();
        }

        _pending.Add((int)entry.Kind, entry.Term, patient, isRemoval);
        if (entry is { Kind: SearchEntryKind.Mrn, Term.Length: > 0 })
        {
            if (_item is not null)
            {
                _mrnChanges.Add((entry.Term, _mrnHolders.TryGetValue(entry.Term, out var before) ? before : null));
            }

            _mrnHolders[entry.Term] = isRemoval ? 0 : patient;
        }
    }

    /// <summary>Removes an entry that was found in the table, while it is being read: nothing is written yet.</summary>
    public void Erase(long patient, int kind, ReadOnlySpan<byte> term) => _pending.Add(kind, term, patient, isRemoval: true);

    /// <summary>Who else has a medical record number, what is not yet written included.</summary>
    /// <param name="term">The term of the number.</param>
    /// <param name="isOther">Whether a patient that has it counts.</param>
    public long? FindHolderOfMrn(string term, Predicate<long> isOther)
    {
        if (_mrnHolders.TryGetValue(term, out var holder))
        {
            return holder != 0 && isOther(holder) ? holder : null;
        }

        long? found = null;
        var runs = new List<KeyRun>();
        SegmentRows.Visit(connection, SearchEntryKind.Mrn, TermRange.Exactly(term), descending: false, IsNotOther, default);
        return found;

        bool IsNotOther(ReadOnlySpan<byte> utf8, long first, ReadOnlySpan<byte> gaps)
        {
            SegmentRows.Read(connection, first, gaps, runs);
            foreach (var run in runs)
            {
                for (var key = run.First; key <= run.Last && found is null; key++)
                {
                    found = isOther(key) ? key : null;
                }
            }

            return found is null;
        }
    }

    /// <summary>Remembers where an item begins.</summary>
    public void BeginItem()
    {
        _mrnChanges.Clear();
        _item = _pending.End;
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
            _pending = before;
        }
        else if (_item is { } start)
        {
            _pending.UndoTo(start);
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
        if (_pending.Count == 0)
        {
            return;
        }

        using (var segments = new SegmentWrites(connection))
        {
            _pending.WriteTo(segments.Apply);
        }

        if (_item is not { } start)
        {
            _pending.Clear();
            _mrnHolders.Clear();
        }
        else if (_writtenWithinItem is null)
        {
            _pending.UndoTo(start);
            _writtenWithinItem = _pending;
            _pending = new PendingEntries();
        }
        else
        {
            _pending.Clear();
        }
    }
}
