namespace PatientTools.Search.Text;

/// <summary>
/// What Unicode says about single code points, from tables of our own: the runtime answers differently with the version
/// of ICU, and not at all under invariant globalization, while what a store has folded must never change by itself.
/// </summary>
internal static partial class UnicodeTables
{
    private const int CodePointBits = 21;
    private const int CodePointMask = (1 << CodePointBits) - 1;
    private const int DecompositionKeyShift = 2 * CodePointBits + 1;

    /// <summary>One step of the canonical decomposition of a code point other than a Hangul syllable.</summary>
    /// <param name="codePoint">The code point.</param>
    /// <param name="first">The first part.</param>
    /// <param name="second">The second part; 0 when there is one part only.</param>
    /// <param name="composes">Whether the parts compose to the code point again.</param>
    /// <returns>Whether the code point decomposes.</returns>
    internal static bool TryDecompose(int codePoint, out int first, out int second, out bool composes)
    {
        var entry = LastNotAbove(Decompositions, ((ulong)codePoint << DecompositionKeyShift) | (ulong.MaxValue >> CodePointBits));
        first = (int)(entry >> (CodePointBits + 1)) & CodePointMask;
        second = (int)(entry >> 1) & CodePointMask;
        composes = (entry & 1) != 0;
        return entry != 0 && (int)(entry >> DecompositionKeyShift) == codePoint;
    }

    /// <summary>What two code points compose to, read backwards from the decompositions.</summary>
    internal static Dictionary<(int First, int Second), int> ReadCompositions()
    {
        var compositions = new Dictionary<(int, int), int>(Decompositions.Length);
        foreach (var entry in Decompositions)
        {
            var codePoint = (int)(entry >> DecompositionKeyShift);
            if (TryDecompose(codePoint, out var first, out var second, out var composes) && composes)
                compositions.Add((first, second), codePoint);
        }

        return compositions;
    }

    /// <summary>The canonical combining class of a code point: 0 for all that stand for themselves.</summary>
    internal static int CombiningClass(int codePoint)
    {
        var range = LastNotAbove(CombiningClasses, ((ulong)codePoint << 32) | uint.MaxValue);
        return codePoint <= (int)(range >> 8 & 0xFFFFFF) && range != 0 ? (int)(range & 0xFF) : 0;
    }

    /// <summary>The code point with its case folded; itself where it has none.</summary>
    internal static int FoldCase(int codePoint)
    {
        // Most text is ASCII, and a search in the table costs more than all else that happens to a letter.
        if (codePoint < 0x80)
            return char.IsAsciiLetterUpper((char)codePoint) ? codePoint | 0x20 : codePoint;

        var run = LastNotAbove(CaseFolding, ((ulong)codePoint << 36) | 0xF_FFFF_FFFF);
        var step = (int)(run >> 24 & 0xF);
        var offset = codePoint - (int)(run >> 36);
        return run != 0 && offset < (int)(run >> 28 & 0xFF) * step && offset % step == 0
            ? (int)(run & 0xFFFFFF) + offset
            : codePoint;
    }

    /// <summary>Every code point whose folded case is another one, with that.</summary>
    internal static IEnumerable<(int From, int To)> CasePairs()
    {
        foreach (var run in CaseFolding.ToArray())
        {
            for (int i = 0, step = (int)(run >> 24 & 0xF), end = (int)(run >> 28 & 0xFF) * step; i < end; i += step)
                yield return ((int)(run >> 36) + i, (int)(run & 0xFFFFFF) + i);
        }
    }

    /// <summary>The last entry that is not above the key, or 0: the tables carry their code points in the highest bits.</summary>
    private static ulong LastNotAbove(ReadOnlySpan<ulong> table, ulong key)
    {
        var place = table.BinarySearch(key);
        if (place < 0)
            place = ~place - 1;

        return place < 0 ? 0 : table[place];
    }
}
