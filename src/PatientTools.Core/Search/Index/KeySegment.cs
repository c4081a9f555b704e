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
/// follows after a distance of g (2 or more); an odd one 2n+1 that the next n keys follow one upon the other.
/// </remarks>
public static class KeySegment
{
    /// <summary>The most bytes of gaps in one segment: so that a row of the index never needs a page beside its own.</summary>
    public const int MostBytes = 700;

    private const int LongestNumber = 10;

    /// <summary>Writes as many keys as fit into one segment.</summary>
    /// <param name="keys">Ascending keys without repetition; the first one is not written.</param>
    /// <param name="gaps">Where to; at least <see cref="MostBytes"/> long.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>How many of the keys the segment holds, the first one included.</returns>
    public static int Write(ReadOnlySpan<long> keys, Span<byte> gaps, out int written)
    {
        written = 0;
        var taken = 1;
        Span<byte> number = stackalloc byte[LongestNumber];
        while (taken < keys.Length)
        {
            var run = Run(keys[(taken - 1)..]);
            var length = run > 0 ? Number(((ulong)run << 1) | 1, number) : Number((ulong)(keys[taken] - keys[taken - 1]) << 1, number);
            if (written + length > MostBytes)
            {
                break;
            }

            number[..length].CopyTo(gaps[written..]);
            written += length;
            taken += Math.Max(run, 1);
        }

        return taken;
    }

    /// <summary>Reads a segment.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="keys">Takes all keys at its end.</param>
    public static void Read(long first, ReadOnlySpan<byte> gaps, List<long> keys)
    {
        keys.Add(first);
        while (!gaps.IsEmpty)
        {
            var number = Number(ref gaps);
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
    public static void AddTo(long first, ReadOnlySpan<byte> gaps, KeySet set)
    {
        set.Add(first);
        while (!gaps.IsEmpty)
        {
            var number = Number(ref gaps);
            if ((number & 1) == 0)
            {
                set.Add(first += (long)(number >> 1));
            }
            else
            {
                var run = (long)(number >> 1);
                set.AddRange(first + 1, run);
                first += run;
            }
        }
    }

    /// <summary>How many keys a segment holds.</summary>
    /// <param name="gaps">The keys behind the first.</param>
    /// <returns>The number, the first one included.</returns>
    public static long Count(ReadOnlySpan<byte> gaps)
    {
        var count = 1L;
        while (!gaps.IsEmpty)
        {
            var number = Number(ref gaps);
            count += (number & 1) == 0 ? 1 : (long)(number >> 1);
        }

        return count;
    }

    /// <summary>How many keys of a segment a set holds.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="gaps">The further ones.</param>
    /// <param name="set">The set.</param>
    /// <returns>The number.</returns>
    public static long CountIn(long first, ReadOnlySpan<byte> gaps, KeySet set)
    {
        var count = set.Contains(first) ? 1L : 0;
        while (!gaps.IsEmpty)
        {
            var number = Number(ref gaps);
            if ((number & 1) == 0)
            {
                count += set.Contains(first += (long)(number >> 1)) ? 1 : 0;
                continue;
            }

            for (var n = number >> 1; n > 0; n--)
            {
                count += set.Contains(++first) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>How many keys follow one upon the other behind the first.</summary>
    private static int Run(ReadOnlySpan<long> keys)
    {
        var run = 0;
        while (run + 1 < keys.Length && keys[run + 1] == keys[run] + 1)
        {
            run++;
        }

        return run;
    }

    private static int Number(ulong value, Span<byte> bytes)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        return length;
    }

    private static ulong Number(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = bytes[0];
        if (value < 0x80)
        {
            bytes = bytes[1..];
            return value;
        }

        value &= 0x7F;
        var length = 1;
        byte next;
        do
        {
            next = bytes[length];
            value |= (ulong)(next & 0x7F) << (7 * length++);
        }
        while (next >= 0x80);

        bytes = bytes[length..];
        return value;
    }
}
