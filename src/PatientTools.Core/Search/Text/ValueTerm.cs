using System.Text;

namespace PatientTools.Search.Text;

/// <summary>
/// The term of a value: its German letters, by which it is sorted, a byte 0, and the text itself where it is not just these
/// letters. So one index answers equality, order, patterns and groups, and gives the text back.
/// </summary>
public static class ValueTerm
{
    /// <summary>Stands between letters and text: nothing sorts before it, and letters never hold it.</summary>
    public const char Separator = '\0';

    /// <summary>The term of a value.</summary>
    /// <param name="text">The value; texts that differ in their normal form only are one.</param>
    /// <returns>The term; never empty.</returns>
    public static string Of(string text)
    {
        var composed = UnicodeNormalization.ToNfc(text);
        var letters = GermanLetters.Of(composed);
        return letters == composed ? letters + Separator : letters + Separator + composed;
    }

    /// <summary>The value of a term.</summary>
    /// <param name="term">The term in UTF-8.</param>
    /// <returns>The text in normal form C; null for the empty term, which stands for a missing value.</returns>
    public static string? TextOf(ReadOnlySpan<byte> term) =>
        term.Contains((byte)Separator) ? Encoding.UTF8.GetString(TextBytesOf(term)) : null;

    /// <summary>The value of a term in UTF-8.</summary>
    /// <param name="term">The term in UTF-8.</param>
    /// <returns>The text in normal form C; empty for the empty term, too.</returns>
    internal static ReadOnlySpan<byte> TextBytesOf(ReadOnlySpan<byte> term)
    {
        var end = term.IndexOf((byte)Separator);
        return end == term.Length - 1 ? term[..Math.Max(end, 0)] : term[(end + 1)..];
    }
}
