using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace PatientTools.Search.Index;

/// <summary>A set of keys, a bit for each between the least and the greatest: a million patients are 125 kB, one is next to nothing.</summary>
/// <remarks>Not safe for several threads that change it.</remarks>
public sealed class KeySet
{
    private const int LeastWords = 16;
    private ulong[] _words = [];

    /// <summary>The number of the first word, that is its first key divided by 64.</summary>
    private int _start;

    /// <summary>How many words count; what stands behind is zero.</summary>
    private int _length;

    /// <summary>Whether the set is empty.</summary>
    public bool IsEmpty => !_words.AsSpan(0, _length).ContainsAnyExcept(0UL);

    /// <summary>Makes a set with the same keys.</summary>
    /// <returns>A set of its own.</returns>
    public KeySet Copy() => new() { _words = [.. _words.AsSpan(0, _length)], _start = _start, _length = _length };

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key, not negative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long key)
    {
        var word = (int)(key >> 6) - _start;
        if ((uint)word >= (uint)_length)
        {
            word = Reach(checked((int)(key >> 6)));
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
        var only = (int)(first >> 6) - _start;
        if ((first >> 6) == (last >> 6) && (uint)only < (uint)_length)
        {
            _words[only] |= (ulong.MaxValue >> (64 - (int)count)) << (int)(first & 63);
            return;
        }

        Reach(checked((int)(first >> 6)));
        var to = Reach(checked((int)(last >> 6)));
        var from = (int)(first >> 6) - _start;
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

    /// <summary>Adds keys of which each is a bit.</summary>
    /// <param name="start">The key of the first bit.</param>
    /// <param name="bits">The bits, low ones first; the last byte is not 0.</param>
    public void AddBits(long start, ReadOnlySpan<byte> bits)
    {
        if (bits.IsEmpty)
        {
            return;
        }

        Reach(checked((int)((start + (bits.Length * 8L) - 1) >> 6)));
        Reach((int)(start >> 6));
        var word = (int)(start >> 6) - _start;
        var shift = (int)(start & 63);
        for (; !bits.IsEmpty; word++)
        {
            var value = NextWord(ref bits);
            _words[word] |= value << shift;
            if (shift > 0 && value >> (64 - shift) is var high and not 0)
            {
                _words[word + 1] |= high;
            }
        }
    }

    /// <summary>How many of some keys the set holds, each of them a bit.</summary>
    /// <param name="start">The key of the first bit.</param>
    /// <param name="bits">The bits, low ones first.</param>
    /// <returns>The number.</returns>
    public long CountBits(long start, ReadOnlySpan<byte> bits)
    {
        var count = 0L;
        for (var key = start; !bits.IsEmpty; key += 64)
        {
            count += BitOperations.PopCount(NextWord(ref bits) & WordAt(key));
        }

        return count;
    }

    /// <summary>How many of some keys that follow one upon the other the set holds.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="count">How many they are.</param>
    /// <returns>The number.</returns>
    public long CountRange(long first, long count)
    {
        var held = 0L;
        for (; count > 0; first += 64, count -= 64)
        {
            held += BitOperations.PopCount(WordAt(first) & (count >= 64 ? ulong.MaxValue : (1UL << (int)count) - 1));
        }

        return held;
    }

    /// <summary>Takes a key out.</summary>
    /// <param name="key">The key.</param>
    public void Remove(long key)
    {
        var word = (key >> 6) - _start;
        if ((ulong)word < (ulong)_length)
        {
            _words[word] &= ~(1UL << (int)(key & 63));
        }
    }

    /// <summary>Whether the set holds a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it does.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(long key)
    {
        var word = (key >> 6) - _start;
        return (ulong)word < (ulong)_length && (_words[word] & (1UL << (int)(key & 63))) != 0;
    }

    /// <summary>Keeps only what another set holds, too.</summary>
    /// <param name="other">The other set.</param>
    public void IntersectWith(KeySet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (from, to) = Common(other);
        _words.AsSpan(0, Math.Min(from, _length)).Clear();
        for (var i = from; i < to; i++)
        {
            _words[i] &= other._words[i + _start - other._start];
        }

        if (to < _length)
        {
            _words.AsSpan(Math.Max(to, 0), _length - Math.Max(to, 0)).Clear();
        }
    }

    /// <summary>Takes what another set holds.</summary>
    /// <param name="other">The other set.</param>
    public void UnionWith(KeySet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._length == 0)
        {
            return;
        }

        Reach(other._start + other._length - 1);
        Reach(other._start);
        for (var i = 0; i < other._length; i++)
        {
            _words[i + other._start - _start] |= other._words[i];
        }
    }

    /// <summary>Drops what another set holds.</summary>
    /// <param name="other">The other set.</param>
    public void ExceptWith(KeySet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (from, to) = Common(other);
        for (var i = from; i < to; i++)
        {
            _words[i] &= ~other._words[i + _start - other._start];
        }
    }

    /// <summary>How many keys the set holds.</summary>
    /// <returns>The number.</returns>
    public long Count()
    {
        var count = 0L;
        foreach (var word in _words.AsSpan(0, _length))
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Whether the set holds more than a few keys, without counting all.</summary>
    /// <param name="few">What is few.</param>
    /// <returns>Whether there are more.</returns>
    public bool HasMoreThan(int few)
    {
        var count = 0;
        foreach (var word in _words.AsSpan(0, _length))
        {
            if ((count += BitOperations.PopCount(word)) > few)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A part of the keys in ascending order.</summary>
    /// <param name="skip">How many to leave out in front.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>The keys.</returns>
    public long[] Slice(long skip, long most)
    {
        var keys = new long[Math.Clamp(Count() - skip, 0, most)];
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
                    keys[found++] = ((long)(i + _start) << 6) + BitOperations.TrailingZeroCount(word);
                }
            }

            skip = 0;
        }

        return keys;
    }

    /// <summary>All keys in ascending order.</summary>
    /// <returns>The keys.</returns>
    public long[] ToArray() => Slice(0, long.MaxValue);

    /// <summary>How many keys are less than another or the same.</summary>
    /// <param name="key">The other key.</param>
    /// <returns>The number.</returns>
    public long CountUpTo(long key)
    {
        var word = (key >> 6) - _start;
        if (word < 0)
        {
            return 0;
        }

        if (word >= _length)
        {
            return Count();
        }

        var count = (long)BitOperations.PopCount(_words[word] & (ulong.MaxValue >> (63 - (int)(key & 63))));
        foreach (var before in _words.AsSpan(0, (int)word))
        {
            count += BitOperations.PopCount(before);
        }

        return count;
    }

    private static ulong NextWord(ref ReadOnlySpan<byte> bits)
    {
        if (bits.Length >= sizeof(ulong))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bits);
            bits = bits[sizeof(ulong)..];
            return word;
        }

        var rest = 0UL;
        for (var i = 0; i < bits.Length; i++)
        {
            rest |= (ulong)bits[i] << (8 * i);
        }

        bits = [];
        return rest;
    }

    /// <summary>The 64 bits from a key on.</summary>
    private ulong WordAt(long key)
    {
        var word = (key >> 6) - _start;
        var shift = (int)(key & 63);
        var low = (ulong)word < (ulong)_length ? _words[word] >> shift : 0;
        return shift > 0 && (ulong)(word + 1) < (ulong)_length ? low | (_words[word + 1] << (64 - shift)) : low;
    }

    /// <summary>The part of our words that the other set has, too.</summary>
    private (int From, int To) Common(KeySet other) => (
        Math.Max(other._start - _start, 0),
        Math.Min(other._start + other._length - _start, _length));

    /// <summary>Makes sure that there is a word of a number.</summary>
    /// <returns>Where it stands.</returns>
    private int Reach(int number)
    {
        if (_length == 0)
        {
            _start = number;
        }

        if (number < _start)
        {
            // As much again in front, so that falling keys do not copy everything each time.
            var front = Math.Min(Math.Max(_start - number, _length), _start);
            var words = new ulong[Math.Max(_length + front, LeastWords)];
            _words.AsSpan(0, _length).CopyTo(words.AsSpan(front));
            (_words, _start, _length) = (words, _start - front, _length + front);
        }
        else if (number - _start >= _length)
        {
            var length = number - _start + 1;
            if (length > _words.Length)
            {
                Array.Resize(ref _words, Math.Max(Math.Max(length, _words.Length * 2), LeastWords));
            }

            _length = length;
        }

        return number - _start;
    }
}
