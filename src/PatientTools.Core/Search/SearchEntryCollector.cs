namespace PatientTools.Search;

/// <summary>Takes search entries, each once. Used by one thread.</summary>
internal sealed class SearchEntryCollector
{
    /// <summary>More than this nobody has who is no trap; up to there looking through the list is quickest.</summary>
    private const int MostLookedThrough = 48;

    private readonly List<SearchEntry> _entries = [];
    private HashSet<SearchEntry>? _seen;

    /// <summary>Takes an entry of which there is certainly no other of its kind.</summary>
    public void AddOnly(SearchEntryKind kind, string term) => Append(new SearchEntry(kind, term));

    /// <summary>Takes an entry that may be there already.</summary>
    public void Add(SearchEntryKind kind, string term)
    {
        if (!Contains(kind, term))
        {
            Append(new SearchEntry(kind, term));
        }
    }

    /// <summary>Whether an entry was taken.</summary>
    public bool Contains(SearchEntryKind kind, string term)
    {
        if (_seen is not null)
        {
            return _seen.Contains(new SearchEntry(kind, term));
        }

        foreach (var entry in _entries)
        {
            if (entry.Kind == kind && entry.Term == term)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The entries taken so far.</summary>
    public SearchEntry[] ToArray() => [.. _entries];

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _entries.Clear();
        _seen = null;
    }

    private void Append(SearchEntry entry)
    {
        _entries.Add(entry);
        if (_seen is not null)
        {
            _seen.Add(entry);
        }
        else if (_entries.Count > MostLookedThrough)
        {
            _seen = [.. _entries];
        }
    }
}
