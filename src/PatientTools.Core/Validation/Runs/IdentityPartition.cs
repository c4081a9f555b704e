namespace PatientTools.Validation.Runs;

/// <summary>
/// A part of all identities: open addressing whose entries stand in the order of their hashes. A search ends at the first
/// greater hash, and growing is copying in order, without a second look at where each entry belongs.
/// </summary>
/// <param name="capacity">How many places there are at first.</param>
internal struct IdentityPartition(int capacity)
{
    /// <summary>A larger step would waste memory right behind each growth, a smaller one time.</summary>
    private const double Growth = 1.2;

    /// <summary>Fuller, the stretches of entries that have to be moved become long.</summary>
    private const double Fullest = 0.9;

    private readonly int _initial = capacity;
    private IdentityEntry[] _entries = [];
    private int _capacity;
    private int _count;

    /// <summary>How many places there are.</summary>
    public readonly int Places => _entries.Length;

    /// <summary>Finds who has an identity first, or notes who it is.</summary>
    /// <param name="hash">The identity.</param>
    /// <param name="number">Who has it now.</param>
    /// <returns>Who has it first; 0 when nobody had it before.</returns>
    public uint FindOrAdd(ulong hash, uint number)
    {
        if (_count >= _capacity * Fullest)
        {
            Grow();
        }

        while (true)
        {
            var place = PlaceOf(hash);
            while (_entries[place] is { Number: not 0 } entry && entry.Hash <= hash)
            {
                if (entry.Hash == hash)
                {
                    return entry.Number;
                }

                place++;
            }

            if (TryInsert(place, new IdentityEntry { Hash = hash, Number = number }))
            {
                _count++;
                return 0;
            }

            Grow();
        }
    }

    /// <summary>Moves what stands there one place on. The last place stays empty, so that every search ends.</summary>
    private readonly bool TryInsert(int place, IdentityEntry entry)
    {
        var end = place;
        while (_entries[end].Number != 0)
        {
            end++;
        }

        if (end == _entries.Length - 1)
        {
            return false;
        }

        Array.Copy(_entries, place, _entries, place + 1, end - place);
        _entries[place] = entry;
        return true;
    }

    private void Grow()
    {
        var old = _entries;
        _capacity = _capacity == 0 ? _initial : (int)(_capacity * Growth) + 1;
        while (!TryFill(old))
        {
            _capacity++;
        }
    }

    private bool TryFill(IdentityEntry[] old)
    {
        _entries = new IdentityEntry[_capacity + Tail(_capacity)];
        var next = 0;
        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.Number != 0)
            {
                next = Math.Max(next, PlaceOf(entry.Hash));
                if (next == _entries.Length - 1)
                {
                    return false;
                }

                _entries[next++] = entry;
            }
        }

        return true;
    }

    /// <summary>Places behind those that hashes lead to, for what is pushed over the end.</summary>
    private static int Tail(int capacity) => 4 + Math.Min(capacity / 48, 28);

    /// <summary>The hash as a fraction of all places, so that greater hashes never stand before lesser ones.</summary>
    private readonly int PlaceOf(ulong hash) => (int)Math.BigMul(hash, (ulong)_capacity, out _);
}
