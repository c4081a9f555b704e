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

    private const int Diaeresis = 0x308;

    /// <summary>The letters of a text.</summary>
    /// <param name="text">A text of any length.</param>
    /// <returns>The letters, never with U+0000 among them; empty for text without letters and digits.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = new StringBuilder(text.Length + 4);
        Write(letters, UnicodeNormalization.ToNfd(text));
        return letters.ToString();
    }

    private static void Write(StringBuilder result, string decomposed)
    {
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
            else if (letters == LetterFolding.Separator || codePoint == 0)
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
    }
}
