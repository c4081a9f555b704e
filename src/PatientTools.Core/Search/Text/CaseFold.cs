using System.Text;

namespace PatientTools.Search.Text;

/// <summary>
/// Text without regard to case: what <c>-eq</c>, <c>-like</c> and their kin compare. By tables of our own, never by culture;
/// the characters stay as many as they were, so ß and ss differ.
/// </summary>
internal static class CaseFold
{
    /// <summary>A mark below Greek letters that the tables lead to a letter; German letters (and so the index) keep the two apart.</summary>
    private const int IotaSubscript = 0x345;

    /// <summary>The text with its case folded.</summary>
    /// <param name="text">Text in normal form C.</param>
    /// <returns>The folded text; the same instance when nothing changed.</returns>
    internal static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        Span<char> characters = stackalloc char[2];
        for (var i = 0; i < text.Length;)
        {
            folded.Append(characters[..CodePoints.Write(Of(CodePoints.Read(text, ref i)), characters)]);
        }

        return folded.Equals(text) ? text : folded.ToString();
    }

    /// <summary>The code point with its case folded.</summary>
    internal static int Of(int codePoint) => codePoint == IotaSubscript ? codePoint : UnicodeTables.FoldCase(codePoint);

    /// <summary>Folds into a buffer that is as long as the text.</summary>
    /// <returns>How many characters were written: as many as the text has, since both cases of a letter have the same number.</returns>
    internal static int Write(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        for (var i = 0; i < text.Length;)
        {
            length += CodePoints.Write(Of(CodePoints.Read(text, ref i)), target[length..]);
        }

        return length;
    }

    /// <summary>Whether a text is, but for its case, a folded one.</summary>
    internal static bool Equals(ReadOnlySpan<char> text, ReadOnlySpan<char> folded)
    {
        if (text.Length != folded.Length)
        {
            return false;
        }

        for (int i = 0, j = 0; i < text.Length;)
        {
            if (Of(CodePoints.Read(text, ref i)) != CodePoints.Read(folded, ref j))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares a text, but for its case, with a folded one by code points.</summary>
    internal static int Compare(ReadOnlySpan<char> text, ReadOnlySpan<char> folded)
    {
        for (int i = 0, j = 0; i < text.Length && j < folded.Length;)
        {
            if (Of(CodePoints.Read(text, ref i)).CompareTo(CodePoints.Read(folded, ref j)) is var order and not 0)
            {
                return order;
            }
        }

        return text.Length.CompareTo(folded.Length);
    }

    /// <summary>All code points that fold to one, itself among them.</summary>
    internal static ReadOnlySpan<int> VariantsOf(int folded) => Variants.TryGetValue(folded, out var variants) ? variants : [];

    private static readonly Dictionary<int, int[]> Variants = UnicodeTables.CasePairs()
        .Where(pair => pair.From != IotaSubscript)
        .GroupBy(pair => pair.To, pair => pair.From)
        .ToDictionary(group => group.Key, group => group.ToArray());
}
