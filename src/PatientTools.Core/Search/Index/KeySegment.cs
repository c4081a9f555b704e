using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace PatientTools.Search.Index;

/// <summary>Receives the keys of a term, or of a part of a term with many patients.</summary>
/// <param name="term">The term in UTF-8.</param>
/// <param name="first">The first key.</param>
/// <param name="gaps">The further keys, as <see cref="KeySegment"/> writes them.</param>
/// <returns>Whether to go on.</returns>
public delegate bool SegmentVisitor(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps);

/// <summary>
/// Ascending keys as a store keeps them beside a term: the first one as a number, the further ones as gaps. Patients who
/// share a term cost a byte or two each, and neighbours next to nothing.
/// </summary>
/// <remarks>
/// The gaps are variable-length numbers of seven bits a byte, low bits first. An even number 2g says that the next key
/// follows after a distance of g (2 or more); an odd one 2n+1 that the next n keys follow one upon the other. Where that
/// takes more room than a bit for each key that could be, a byte 0 comes first and then these bits, low ones first, the
/// first of them for the key after the first.
/// </remarks>
public static class KeySegment
{
    /// <summary>The most bytes of gaps in one segment: so that a row of the index never needs a page beside its own.</summary>
    public const int MostBytes = 700;

    private const byte BitsFollow = 0;
    private const byte MostOfOneByte = 0x7F;
    private const int BitsOfNumber = 63;

    /// <summary>Writes as many keys as fit into one segment.</summary>
    /// <param name="runs">Runs of ascending keys, each with a distance from the one before; the first key is not written.</param>
    /// <param name="most">How many bytes to write at most, up to <see cref="MostBytes"/>.</param>
    /// <param name="gaps">Where to; at least <see cref="MostBytes"/> long.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>How many of the runs the segment holds, from 1.</returns>
    public static int Write(ReadOnlySpan<KeyRun> runs, int most, Span<byte> gaps, out int written)
    {
        var taken = WriteNumbers(runs, most, gaps, out written);
        var asBits = CountFitting(runs, most);
        var bits = (int)((runs[asBits - 1].Last - runs[0].First + 7) / 8) + 1;
        if (asBits < taken || bits > most || (asBits == taken && bits >= written))
        {
            return taken;
        }

        WriteBits(runs[..asBits], gaps[..bits]);
        written = bits;
        return asBits;
    }

    /// <summary>Reads a segment whose bytes may be damaged.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="runs">Takes all keys at its end.</param>
    /// <returns>Whether the segment is one: keys that ascend from 0 or more. If not, some may have been taken.</returns>
    public static bool TryRead(long first, ReadOnlySpan<byte> gaps, List<KeyRun> runs)
    {
        if (HasBits(gaps))
        {
            return TryReadBits(first, gaps[1..], runs);
        }

        var run = new KeyRun(first, first);
        while (!gaps.IsEmpty)
        {
            if (!SevenBitNumber.TryRead(ref gaps, out var number) || number < 2 || number >> 1 > (ulong)(long.MaxValue - run.Last))
            {
                return false;
            }

            var distance = (long)(number >> 1);
            if ((number & 1) == 1)
            {
                run = run with { Last = run.Last + distance };
                continue;
            }

            runs.Add(run);
            run = new KeyRun(run.Last + distance, run.Last + distance);
        }

        runs.Add(run);
        return first >= 0;
    }

    /// <summary>
    /// Whether the bytes of a segment end where they should and name no key behind another: what every other reader here but
    /// <see cref="TryRead"/> relies on.
    /// </summary>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="last">The last key that there can be.</param>
    /// <returns>Whether the segment can be read.</returns>
    public static bool IsWithin(long first, ReadOnlySpan<byte> gaps, long last)
    {
        if (first < 0 || first > last)
        {
            return false;
        }

        if (HasBits(gaps))
        {
            return gaps.Length > 1 && gaps[^1] != 0 && ((gaps.Length - 2) * 8L) + BitOperations.Log2(gaps[^1]) < last - first;
        }

        // Most segments are short, and those of common terms have numbers of one byte: they need not be added up.
        return (Ascii.IsValid(gaps) && gaps.Length * (long)(MostOfOneByte >> 1) <= last - first) || AddsUpTo(gaps, last - first);
    }

    /// <summary>Reads a segment.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="keys">Takes all keys at its end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(long first, ReadOnlySpan<byte> gaps, List<long> keys)
    {
        keys.Add(first);
        if (HasBits(gaps))
        {
            for (var i = 1; i < gaps.Length; i++)
            {
                for (uint bits = gaps[i]; bits != 0; bits &= bits - 1)
                {
                    keys.Add(first + ((i - 1) * 8) + 1 + BitOperations.TrailingZeroCount(bits));
                }
            }

            return;
        }

        while (!gaps.IsEmpty)
        {
            var number = SevenBitNumber.Read(ref gaps);
            if ((number & 1) == 0)
            {
                keys.Add(first += (long)(number >> 1));
                continue;
            }

            for (var n = number >> 1; n > 0; n--)
            {
                keys.Add(++first);
            }
        }
    }

    /// <summary>Adds the keys of a segment to a set.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="set">The set.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(long first, ReadOnlySpan<byte> gaps, KeySet set)
    {
        set.Add(first);
        if (HasBits(gaps))
        {
            set.AddBits(first + 1, gaps[1..]);
            return;
        }

        // By index, and with the numbers of one byte taken first: this is where a search spends its time.
        for (var at = 0; at < gaps.Length;)
        {
            ulong number = gaps[at++];
            if (number >= 0x80)
            {
                number = SevenBitNumber.ReadLong(gaps, ref at);
            }

            if ((number & 1) == 0)
            {
                set.Add(first += (long)(number >> 1));
                continue;
            }

            set.AddRange(first + 1, (long)(number >> 1));
            first += (long)(number >> 1);
        }
    }

    /// <summary>How many keys a segment holds.</summary>
    /// <param name="gaps">The keys behind the first.</param>
    /// <returns>The number, the first one included.</returns>
    public static long Count(ReadOnlySpan<byte> gaps)
    {
        var count = 1L;
        if (HasBits(gaps))
        {
            foreach (var bits in gaps)
            {
                count += BitOperations.PopCount(bits);
            }

            return count;
        }

        while (!gaps.IsEmpty)
        {
            var number = SevenBitNumber.Read(ref gaps);
            count += (number & 1) == 0 ? 1 : (long)(number >> 1);
        }

        return count;
    }

    /// <summary>How many keys of a segment a set holds.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="set">The set.</param>
    /// <returns>The number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long CountIn(long first, ReadOnlySpan<byte> gaps, KeySet set)
    {
        var count = set.Contains(first) ? 1L : 0;
        if (HasBits(gaps))
        {
            return count + set.CountBits(first + 1, gaps[1..]);
        }

        for (var at = 0; at < gaps.Length;)
        {
            ulong number = gaps[at++];
            if (number >= 0x80)
            {
                number = SevenBitNumber.ReadLong(gaps, ref at);
            }

            if ((number & 1) == 0)
            {
                count += set.Contains(first += (long)(number >> 1)) ? 1 : 0;
                continue;
            }

            count += set.CountRange(first + 1, (long)(number >> 1));
            first += (long)(number >> 1);
        }

        return count;
    }

    private static bool AddsUpTo(ReadOnlySpan<byte> gaps, long most)
    {
        var (value, shift) = (0UL, 0);
        foreach (var next in gaps)
        {
            if (shift >= BitsOfNumber)
            {
                return false;
            }

            value |= (ulong)(next & MostOfOneByte) << shift;
            shift += 7;
            if (next <= MostOfOneByte)
            {
                most -= (long)(value >> 1);
                if (most < 0)
                {
                    return false;
                }

                (value, shift) = (0, 0);
            }
        }

        return shift == 0;
    }

    private static bool HasBits(ReadOnlySpan<byte> gaps) => !gaps.IsEmpty && gaps[0] == BitsFollow;

    private static int WriteNumbers(ReadOnlySpan<KeyRun> runs, int most, Span<byte> gaps, out int written)
    {
        written = 0;
        Span<byte> numbers = stackalloc byte[2 * SevenBitNumber.Longest];
        for (var taken = 0; taken < runs.Length; taken++)
        {
            var run = runs[taken];
            var length = taken == 0 ? 0 : SevenBitNumber.Write((ulong)(run.First - runs[taken - 1].Last) << 1, numbers);
            if (run.Last > run.First)
            {
                length += SevenBitNumber.Write(((ulong)(run.Last - run.First) << 1) | 1, numbers[length..]);
            }

            if (taken > 0 && written + length > most)
            {
                return taken;
            }

            numbers[..length].CopyTo(gaps[written..]);
            written += length;
        }

        return runs.Length;
    }

    /// <summary>How many runs a bit for each key has room for; at least the first counts, though its bits may be too many.</summary>
    private static int CountFitting(ReadOnlySpan<KeyRun> runs, int most)
    {
        var last = runs[0].First + ((most - 1) * 8L);
        var fitting = 1;
        while (fitting < runs.Length && runs[fitting].Last <= last)
        {
            fitting++;
        }

        return fitting;
    }

    private static void WriteBits(ReadOnlySpan<KeyRun> runs, Span<byte> gaps)
    {
        gaps.Clear();
        var start = runs[0].First + 1;
        foreach (var run in runs)
        {
            for (var key = Math.Max(run.First, start); key <= run.Last; key++)
            {
                gaps[1 + (int)((key - start) >> 3)] |= (byte)(1 << (int)((key - start) & 7));
            }
        }
    }

    /// <summary>The last byte holds a key: each set of keys has one form.</summary>
    private static bool TryReadBits(long first, ReadOnlySpan<byte> bits, List<KeyRun> runs)
    {
        if (first < 0 || bits.IsEmpty || bits[^1] == 0 || first > long.MaxValue - (bits.Length * 8L))
        {
            return false;
        }

        var run = new KeyRun(first, first);
        for (var i = 0; i < bits.Length * 8; i++)
        {
            if ((bits[i >> 3] & (1 << (i & 7))) == 0)
            {
                continue;
            }

            var key = first + 1 + i;
            if (key == run.Last + 1)
            {
                run = run with { Last = key };
                continue;
            }

            runs.Add(run);
            run = new KeyRun(key, key);
        }

        runs.Add(run);
        return true;
    }
}
