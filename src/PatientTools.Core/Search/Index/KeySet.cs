using System.Numerics;

namespace PatientTools.Search.Index;

/// <summary>A set of keys, a bit for each: keys are drawn one after the other, so a million patients are 125 kB.</summary>
/// <remarks>Not safe for several threads that change it.</remarks>
public sealed class KeySet
{
    private ulong[] _words = [];
    private int _used;

    /// <summary>Whether the set is empty.</summary>
    public bool IsEmpty => !_words.AsSpan(0, _used).ContainsAnyExcept(0UL);

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key, not negative.</param>
    public void Add(long key)
    {
        var word = checked((int)(key >> 6));
        if (word >= _used)
        {
            Grow(word + 1);
        }

        _words[word] |= 1UL << (int)(key & 63);
    }

    /// <summary>Adds keys that follow one upon the other.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="count">How many; none for 0.</param>
    public void AddRange(long first, long count)
    {
        if (count <= 0)
        {
            return;
        }

        var last = first + count - 1;
        int from = checked((int)(first >> 6)), to = checked((int)(last >> 6));
        if (to >= _used)
        {
            Grow(to + 1);
        }

        var head = ulong.MaxValue << (int)(first & 63);
        var tail = ulong.MaxValue >> (63 - (int)(last & 63));
        if (from == to)
        {
            _words[from] |= head & tail;
            return;
        }

        _words[from] |= head;
        _words.AsSpan(from + 1, to - from - 1).Fill(ulong.MaxValue);
        _words[to] |= tail;
    }

    /// <summary>Takes a key out.</summary>
    /// <param name="key">The key.</param>
    public void Remove(long key)
    {
        if (key >> 6 < _used)
        {
            _words[key >> 6] &= ~(1UL << (int)(key & 63));
        }
    }

    /// <summary>Whether the set holds a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(long key) => key >> 6 < _used && (_words[key >> 6] & (1UL << (int)(key & 63))) != 0;

    /// <summary>Keeps what another set holds, too.</summary>
    /// <param name="other">The other set.</param>
    public void IntersectWith(KeySet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _used = Math.Min(_used, other._used);
        for (var i = 0; i < _used; i++)
        {
            _words[i] &= other._words[i];
        }
    }

    /// <summary>Takes what another set holds.</summary>
    /// <param name="other">The other set.</param>
    public void UnionWith(KeySet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._used > _used)
        {
            Grow(other._used);
        }

        for (var i = 0; i < other._used; i++)
        {
            _words[i] |= other._words[i];
        }
    }

    /// <summary>Drops what another set holds.</summary>
    /// <param name="other">The other set.</param>
    public void ExceptWith(KeySet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var common = Math.Min(_used, other._used);
        for (var i = 0; i < common; i++)
        {
            _words[i] &= ~other._words[i];
        }
    }

    /// <summary>How many keys the set holds.</summary>
    /// <returns>The number.</returns>
    public long Count()
    {
        var count = 0L;
        foreach (var word in _words.AsSpan(0, _used))
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>A part of the keys in ascending order.</summary>
    /// <param name="skip">How many to leave out in front.</param>
    /// <param name="first">How many at most.</param>
    /// <returns>The keys.</returns>
    public long[] Slice(long skip, long first)
    {
        var keys = new long[Math.Clamp(Count() - skip, 0, first)];
        for (int i = 0, found = 0; found < keys.Length; i++)
        {
            var word = _words[i];
            if (BitOperations.PopCount(word) is var bits && bits <= skip)
            {
                skip -= bits;
                continue;
            }

            for (; word != 0 && found < keys.Length; word &= word - 1)
            {
                if (skip-- <= 0)
                {
                    keys[found++] = ((long)i << 6) + BitOperations.TrailingZeroCount(word);
                }
            }

            skip = 0;
        }

        return keys;
    }

    private void Grow(int used)
    {
        if (used > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(used, Math.Max(64, _words.Length * 2)));
        }

        // What an intersection cut off is still there.
        _words.AsSpan(_used, used - _used).Clear();
        _used = used;
    }
}
