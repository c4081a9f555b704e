using System.Text;

namespace PatientTools.Search.Text;

/// <summary>
/// The letters by which texts are put in German order, DIN 5007 variant 2, the order of phone books: ä, ö, ü and ß are
/// sorted as ae, oe, ue and ss, without regard to case and other accents.
/// </summary>
/// <remarks>
/// Compared byte by byte in UTF-8, that is by code points: a separator comes before digits, digits before Latin letters,
/// Latin before all others. A hyphen, a comma or several spaces separate like one space; apostrophes do not count.
/// </remarks>
public static class GermanLetters
{
    /// <summary>The version of tables and rules: it rises when any of them changes, and stores record it.</summary>
    public const int Version = 2;

    /// <summary>No character of the quick table becomes more letters.</summary>
    internal const int MostLettersOfOne = 2;

    private const int Diaeresis = 0x308;
    private const int StackLength = 256;

    /// <summary>The letters of each character of the alphabets of Europe: none of them changes what its neighbours become.</summary>
    private static readonly string[] Quick = [.. Enumerable.Range(0, 0x180).Select(character => OfAny(((char)character).ToString()))];

    /// <summary>The same for ASCII, as single characters: a space where one separates, 0 where it vanishes.</summary>
    private static readonly char[] Ascii = [.. Enumerable.Range(0, 0x80).Select(OfAscii)];

    /// <summary>The letters of a text.</summary>
    /// <param name="text">A text of any length.</param>
    /// <returns>The letters, never with U+0000 among them; empty for text without letters and digits.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length * MostLettersOfOne > StackLength)
            return OfAny(text);

        Span<char> letters = stackalloc char[StackLength];
        return TryWrite(text, letters, out var length) ? letters[..length].ToString() : OfAny(text);
    }

    /// <summary>Writes the letters of a text all of whose characters are common in Europe, and composed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="letters">Where to: <see cref="MostLettersOfOne"/> times as long as the text.</param>
    /// <param name="length">How many letters there are.</param>
    /// <returns>Whether the text is such a one; it is in normal form C then.</returns>
    internal static bool TryWrite(ReadOnlySpan<char> text, Span<char> letters, out int length)
    {
        length = 0;
        var separated = false;
        foreach (var character in text)
        {
            if (character < Ascii.Length)
            {
                var letter = Ascii[character];
                if (letter > ' ')
                {
                    Separate(letters, ref length, ref separated);
                    letters[length++] = letter;
                }
                else
                {
                    separated |= letter == ' ' && length > 0;
                }
            }
            else if (character < Quick.Length)
            {
                var some = Quick[character];
                if (some.Length > 0)
                {
                    Separate(letters, ref length, ref separated);
                    some.CopyTo(letters[length..]);
                    length += some.Length;
                }
                else
                {
                    separated |= length > 0 && LetterFolding.Of(character) == LetterFolding.Separator;
                }
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static void Separate(Span<char> letters, ref int length, ref bool separated)
    {
        if (separated)
            letters[length++] = ' ';

        separated = false;
    }

    private static char OfAscii(int character) => LetterFolding.Of(character) is [var letter] ? letter : '\0';

    private static string OfAny(string text)
    {
        var result = new StringBuilder(text.Length + 4);
        var decomposed = UnicodeNormalization.ToNfd(text);
        var separated = false;
        var takesUmlaut = false;
        for (var i = 0; i < decomposed.Length;)
        {
            var codePoint = CodePoints.Read(decomposed, ref i);
            var letters = LetterFolding.Of(codePoint) ?? char.ConvertFromUtf32(codePoint);
            if (codePoint == Diaeresis && takesUmlaut)
            {
                letters = "e";
                takesUmlaut = false;
            }
            else if (letters == LetterFolding.Separator)
            {
                separated = result.Length > 0;
                takesUmlaut = false;
                continue;
            }
            else if (letters.Length > 0)
            {
                takesUmlaut = letters is "a" or "o" or "u";
            }

            if (letters.Length > 0 && separated)
            {
                result.Append(' ');
                separated = false;
            }

            result.Append(letters);
        }

        return result.ToString();
    }
}
