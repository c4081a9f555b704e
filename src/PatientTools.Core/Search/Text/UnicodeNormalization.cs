using System.Runtime.InteropServices;

namespace PatientTools.Search.Text;

/// <summary>
/// The canonical normal forms C and D of Unicode (UAX #15) by tables of our own, so that they are the same on every
/// machine and under invariant globalization, where <see cref="string.Normalize()"/> does nothing.
/// </summary>
/// <remarks>
/// The tables hold Unicode 15.0. Unicode promises that the forms of a string of assigned characters never change;
/// characters assigned later stay as they are. A surrogate without its partner stays, too: nothing here throws.
/// </remarks>
public static class UnicodeNormalization
{
    /// <summary>Below this, no code point has a combining class and all that decompose compose again.</summary>
    private const int FirstThatMayChangeInNfc = 0x300;

    /// <summary>Below this, no code point decomposes.</summary>
    private const int FirstThatMayChangeInNfd = 0xC0;

    private static readonly Dictionary<(int First, int Second), int> Compositions =
        UnicodeTables.ReadCompositions();

    private static readonly HashSet<int> StartersThatCompose =
        [.. Compositions.Keys.Select(pair => pair.Second).Where(second => UnicodeTables.CombiningClass(second) == 0)];

    /// <summary>The text in normal form C: composed, as a store keeps it.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The same instance when it is in this form already.</returns>
    public static string ToNfc(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsNfc(text))
            return text;

        var codePoints = Decompose(text);
        Compose(codePoints);
        return ToString(codePoints);
    }

    /// <summary>Whether the text is in normal form C.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsNfc(ReadOnlySpan<char> text)
    {
        var certain = true;
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.Read(text, ref i);
            if (codePoint < FirstThatMayChangeInNfc)
                continue;

            if (UnicodeTables.TryDecompose(codePoint, out _, out _, out var composes) && !composes)
                return false;

            certain = certain && UnicodeTables.CombiningClass(codePoint) == 0
                && !StartersThatCompose.Contains(codePoint) && !HangulSyllables.IsSecond(codePoint);
        }

        if (certain)
            return true;

        var codePoints = Decompose(text);
        Compose(codePoints);
        return text.SequenceEqual(ToString(codePoints));
    }

    /// <summary>The text in normal form D: decomposed, every mark behind its letter in canonical order.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The same instance when nothing in it decomposes or could be in another order.</returns>
    public static string ToNfd(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyInRange((char)FirstThatMayChangeInNfd, char.MaxValue) < 0
            ? text
            : ToString(Decompose(text));
    }

    private static List<int> Decompose(ReadOnlySpan<char> text)
    {
        var codePoints = new List<int>(text.Length + 8);
        for (var i = 0; i < text.Length;)
            Decompose(CodePoints.Read(text, ref i), codePoints);

        Reorder(CollectionsMarshal.AsSpan(codePoints));
        return codePoints;
    }

    /// <summary>Adds the full decomposition of one code point, not yet in canonical order.</summary>
    internal static void Decompose(int codePoint, List<int> target)
    {
        if (HangulSyllables.Contains(codePoint))
        {
            var (head, tail) = HangulSyllables.Decompose(codePoint);
            Decompose(head, target);
            target.Add(tail);
        }
        else if (codePoint >= FirstThatMayChangeInNfd && UnicodeTables.TryDecompose(codePoint, out var first, out var second, out _))
        {
            Decompose(first, target);
            if (second != 0)
                Decompose(second, target);
        }
        else
        {
            target.Add(codePoint);
        }
    }

    /// <summary>Sorts each run of marks by class, equal ones in the order in which they came.</summary>
    private static void Reorder(Span<int> codePoints)
    {
        var classes = new int[codePoints.Length];
        for (var i = 0; i < classes.Length; i++)
            classes[i] = UnicodeTables.CombiningClass(codePoints[i]);

        for (var start = 0; start < classes.Length;)
        {
            var end = start + 1;
            if (classes[start] != 0)
            {
                while (end < classes.Length && classes[end] != 0)
                    end++;

                SortRun(codePoints[start..end], classes.AsSpan(start, end - start));
            }

            start = end;
        }
    }

    private static void SortRun(Span<int> codePoints, Span<int> classes)
    {
        // A run of marks may be as long as the text, which anybody may send: the key makes an ordinary sort stable.
        if (classes.Length < 2)
            return;

        Span<long> keys = classes.Length <= 32 ? stackalloc long[classes.Length] : new long[classes.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((long)classes[i] << 32) | (uint)i;

        keys.Sort(codePoints);
    }

    private static void Compose(List<int> codePoints)
    {
        var length = 0;
        var starter = -1;
        var lastClass = 0;
        foreach (var codePoint in CollectionsMarshal.AsSpan(codePoints))
        {
            var combiningClass = UnicodeTables.CombiningClass(codePoint);
            var reachable = starter >= 0 && (length == starter + 1 || (lastClass != 0 && lastClass < combiningClass));
            if (reachable && Compose(codePoints[starter], codePoint) is var composed and not 0)
            {
                codePoints[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
                starter = length;

            lastClass = combiningClass;
            codePoints[length++] = codePoint;
        }

        codePoints.RemoveRange(length, codePoints.Count - length);
    }

    private static int Compose(int first, int second) =>
        Compositions.TryGetValue((first, second), out var composed) ? composed : HangulSyllables.Compose(first, second);

    private static string ToString(List<int> codePoints)
    {
        var length = 0;
        foreach (var codePoint in codePoints)
            length += codePoint > char.MaxValue ? 2 : 1;

        return string.Create(length, codePoints, static (target, codePoints) =>
        {
            foreach (var codePoint in codePoints)
                target = target[CodePoints.Write(codePoint, target)..];
        });
    }
}
