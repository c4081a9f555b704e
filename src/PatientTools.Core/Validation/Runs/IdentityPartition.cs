using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace PatientTools.Validation.Runs;

/// <summary>A part of all identities: a table with open addressing, small enough to be made anew in the processor's cache.</summary>
/// <param name="capacity">How many places there are at first.</param>
internal struct IdentityPartition(int capacity)
{
    /// <summary>A larger step would waste memory right behind each growth, a smaller one time.</summary>
    private const double Growth = 1.2;

    /// <summary>Fuller, searches become long; emptier, an identity takes too much.</summary>
    private const double Fullest = 0.86;

    private IdentityEntry[] _entries = new IdentityEntry[capacity];
    private int _most = (int)(capacity * Fullest);
    private int _count;

    /// <summary>Finds who has an identity first, or notes who it is.</summary>
    /// <param name="hash">The identity.</param>
    /// <param name="number">Who has it now.</param>
    /// <returns>Who has it first; 0 when nobody had it before.</returns>
    public uint FindOrAdd(ulong hash, uint number)
    {
        ref var entry = ref Find(hash);
        if (entry.Number != 0)
        {
            return entry.Number;
        }

        if (_count == _most)
        {
            Grow();
            entry = ref Find(hash);
        }

        (entry.Hash, entry.Number) = (hash, number);
        _count++;
        return 0;
    }

    /// <summary>Has the processor fetch what a search will look at, since it lies anywhere in memory.</summary>
    /// <param name="hash">The identity.</param>
    public readonly unsafe void Prefetch(ulong hash)
    {
        if (Sse.IsSupported)
        {
            // The address is only a hint: it does not matter whether the table moves meanwhile.
            Sse.Prefetch0(Unsafe.AsPointer(ref _entries[PlaceOf(hash)]));
        }
    }

    /// <summary>The entry of an identity, or the empty place where it belongs.</summary>
    private readonly ref IdentityEntry Find(ulong hash)
    {
        var place = PlaceOf(hash);
        while (_entries[place].Number != 0 && _entries[place].Hash != hash)
        {
            place = place + 1 == _entries.Length ? 0 : place + 1;
        }

        return ref _entries[place];
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new IdentityEntry[(int)(old.Length * Growth) + 1];
        _most = (int)(_entries.Length * Fullest);
        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.Number != 0)
            {
                Find(entry.Hash) = entry;
            }
        }
    }

    /// <summary>The hash as a fraction of all places.</summary>
    private readonly int PlaceOf(ulong hash) => (int)Math.BigMul(hash, (ulong)_entries.Length, out _);
}
