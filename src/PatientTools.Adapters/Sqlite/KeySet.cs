using System.Numerics;

namespace PatientTools.Adapters.Sqlite;

/// <summary>A set of keys, a bit for each: keys are drawn one after the other, so a million patients are 125 kB.</summary>
internal sealed class KeySet
{
    private ulong[] _words = [];
    private int _used;

    public void Add(long key)
    {
        var word = checked((int)(key >> 6));
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(word + 1, Math.Max(64, _words.Length * 2)));
        }

        _used = Math.Max(_used, word + 1);
        _words[word] |= 1UL << (int)(key & 63);
    }

    public void IntersectWith(KeySet other)
    {
        _used = Math.Min(_used, other._used);
        for (var i = 0; i < _used; i++)
        {
            _words[i] &= other._words[i];
        }
    }

    /// <summary>Drops the keys that do not pass.</summary>
    public void Keep(Func<long, bool> passes)
    {
        foreach (var key in Slice(0, long.MaxValue))
        {
            if (!passes(key))
            {
                _words[key >> 6] &= ~(1UL << (int)(key & 63));
            }
        }
    }

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
}
