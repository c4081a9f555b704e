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

    private const int StackLength = 256;

    /// <summary>The term of a value.</summary>
    /// <param name="text">The value; texts that differ in their normal form only are one.</param>
    /// <returns>The term; never empty.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length * GermanLetters.MostLettersOfOne <= StackLength)
        {
            Span<char> letters = stackalloc char[StackLength];
            if (GermanLetters.TryWrite(text, letters, out var length))
                return Join(letters[..length], text);
        }

        var composed = UnicodeNormalization.ToNfc(text);
        return Join(GermanLetters.Of(composed), composed);
    }

    /// <summary>What the term of every value begins with that begins like this one.</summary>
    /// <param name="start">How the values begin.</param>
    /// <returns>Letters; empty when any term may be one.</returns>
    /// <remarks>
    /// The marks behind the last letter are left out, so that <c>Mü</c> gives <c>mu</c>: more of them may follow, also of other
    /// scripts, and what they all make of the letter is not known.
    /// </remarks>
    public static string StartOf(string start)
    {
        var decomposed = UnicodeNormalization.ToNfd(start);
        var length = decomposed.Length;
        while (length > 0 && UnicodeTables.CombiningClass(CodePoints.ReadLast(decomposed.AsSpan(0, length), out var width)) != 0)
            length -= width;

        return GermanLetters.Of(decomposed[..length]);
    }

    /// <summary>The value of a term.</summary>
    /// <param name="term">The term in UTF-8.</param>
    /// <returns>The text in normal form C; null for the empty term, which stands for a missing value.</returns>
    public static string? TextOf(ReadOnlySpan<byte> term) => term.IsEmpty ? null : Encoding.UTF8.GetString(TextBytesOf(term));

    /// <summary>The part of a term that is its value.</summary>
    /// <param name="term">The term in UTF-8, not empty.</param>
    internal static ReadOnlySpan<byte> TextBytesOf(ReadOnlySpan<byte> term)
    {
        var end = term.IndexOf((byte)Separator);
        return end == term.Length - 1 ? term[..end] : term[(end + 1)..];
    }

    private static string Join(ReadOnlySpan<char> letters, ReadOnlySpan<char> text) =>
        letters.SequenceEqual(text) ? string.Concat(letters, "\0") : string.Concat(letters, "\0", text);
}
