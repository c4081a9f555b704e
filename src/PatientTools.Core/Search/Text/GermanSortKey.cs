namespace PatientTools.Search.Text;

/// <summary>
/// Sort keys for names in German order, DIN 5007 variant 2, the order of phone books: ä, ö, ü and ß are sorted as ae, oe,
/// ue and ss. Keys are compared byte by byte, as databases compare binary values.
/// </summary>
/// <remarks>
/// <para>
/// The first level has the letters without case and accents, then ties are broken by accents (Goethe, then Göthe), then
/// by case, so that two names have the same key only when they are the same text in normal form C. Empty text comes
/// first, a separator before digits, digits before Latin letters, Latin before all others, those in the order of their
/// code points. A hyphen, a comma or several spaces separate like one space; apostrophes do not count.
/// </para>
/// <para>
/// A level writes nothing for what is usual, so that a key is little longer than the name. A level ends with a byte 0.
/// </para>
/// </remarks>
public static class GermanSortKey
{
    /// <summary>The version of tables and rules: it rises when any of them changes, and stores record it.</summary>
    public const int Version = 1;

    private const int Diaeresis = 0x308;
    private const byte EndOfLevel = 0;
    private const byte SmallLetter = 1;
    private const byte CapitalLetter = 2;

    /// <summary>The key of a name.</summary>
    /// <param name="text">A name of any length.</param>
    /// <returns>The key; no bytes for empty text.</returns>
    public static byte[] ForName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
            return [];

        var composed = UnicodeNormalization.ToNfc(text);
        var key = new List<byte>(text.Length * 3 + 2);
        WriteLetters(key, UnicodeNormalization.ToNfd(composed));
        key.Add(EndOfLevel);
        if (!IsPlain(composed))
            WriteAccents(key, composed);

        key.Add(EndOfLevel);
        WriteCase(key, composed);
        return key.ToArray();
    }

    private static void WriteLetters(List<byte> key, string decomposed)
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
            else if (letters == LetterFolding.Separator)
            {
                separated = key.Count > 0;
                takesUmlaut = false;
                continue;
            }
            else if (letters.Length > 0)
            {
                takesUmlaut = letters is "a" or "o" or "u";
            }

            if (letters.Length > 0 && separated)
            {
                key.Add((byte)' ');
                separated = false;
            }

            WriteText(key, letters);
        }
    }

    /// <summary>Whether the first level tells all about the text but its case.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        var before = ' ';
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && (character != ' ' || before == ' '))
                return false;

            before = character;
        }

        return before != ' ';
    }

    private static void WriteAccents(List<byte> key, string composed)
    {
        for (var i = 0; i < composed.Length;)
            WriteCodePoint(key, UnicodeTables.FoldCase(CodePoints.Read(composed, ref i)));
    }

    /// <summary>Writes how each code point differs from its folded case; the small letters at the end are left out.</summary>
    private static void WriteCase(List<byte> key, string composed)
    {
        var pendingSmall = 0;
        for (var i = 0; i < composed.Length;)
        {
            var codePoint = CodePoints.Read(composed, ref i);
            if (UnicodeTables.FoldCase(codePoint) == codePoint)
            {
                pendingSmall++;
                continue;
            }

            for (; pendingSmall > 0; pendingSmall--)
                key.Add(SmallLetter);

            if (codePoint < 0x80)
                key.Add(CapitalLetter);
            else
                WriteCodePoint(key, codePoint);
        }
    }

    private static void WriteText(List<byte> key, string text)
    {
        for (var i = 0; i < text.Length;)
            WriteCodePoint(key, CodePoints.Read(text, ref i));
    }

    /// <summary>
    /// Writes UTF-8, whose byte order is that of the code points, carried on to halves of surrogate pairs; and U+0000 in
    /// two bytes, because a byte 0 ends a level.
    /// </summary>
    private static void WriteCodePoint(List<byte> key, int codePoint)
    {
        switch (codePoint)
        {
            case > 0 and < 0x80:
                key.Add((byte)codePoint);
                break;
            case < 0x800:
                key.Add((byte)(0xC0 | codePoint >> 6));
                WriteContinuation(key, codePoint);
                break;
            case < 0x10000:
                key.Add((byte)(0xE0 | codePoint >> 12));
                WriteContinuation(key, codePoint >> 6);
                WriteContinuation(key, codePoint);
                break;
            default:
                key.Add((byte)(0xF0 | codePoint >> 18));
                WriteContinuation(key, codePoint >> 12);
                WriteContinuation(key, codePoint >> 6);
                WriteContinuation(key, codePoint);
                break;
        }
    }

    private static void WriteContinuation(List<byte> key, int bits) => key.Add((byte)(0x80 | bits & 0x3F));
}
