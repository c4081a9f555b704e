using System.Text;

namespace PatientTools.Validation.Content;

/// <summary>What characters a text holds, told by one look at its bytes.</summary>
[Flags]
internal enum TextTraits : byte
{
    /// <summary>Nothing but hyphens, apostrophes, dots and single blanks inside.</summary>
    None,

    /// <summary>A digit 0 to 9.</summary>
    Digit = 1,

    /// <summary>A small ASCII letter.</summary>
    Lower = 2,

    /// <summary>A capital ASCII letter.</summary>
    Upper = 4,

    /// <summary>A control character: U+0000 to U+001F, U+007F, U+0080 to U+009F.</summary>
    Control = 8,

    /// <summary>A blank at the start or the end: whatever Unicode calls white space, and what is no more to be seen.</summary>
    OuterBlank = 16,

    /// <summary>A character beyond ASCII.</summary>
    BeyondAscii = 32,

    /// <summary>Another ASCII character than letters, digits, blanks, hyphens, apostrophes and dots.</summary>
    Other = 64,

    /// <summary>Two blanks in a row.</summary>
    DoubleBlank = 128,
}

/// <summary>Tells <see cref="TextTraits"/>.</summary>
internal static class TextTraitsReader
{
    private static readonly TextTraits[] OfByte = [.. Enumerable.Range(0, 256).Select(Of)];

    /// <summary>The traits of a text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The traits.</returns>
    public static TextTraits Read(ReadOnlySpan<byte> text)
    {
        var traits = TextTraits.None;
        byte before = 0;
        foreach (var b in text)
        {
            traits |= OfByte[b];
            if (b == (byte)' ' && before == b)
            {
                traits |= TextTraits.DoubleBlank;
            }

            // C2 80 to C2 9F are U+0080 to U+009F.
            if (before == 0xC2 && b < 0xA0)
            {
                traits |= TextTraits.Control;
            }

            before = b;
        }

        return HasOuterBlank(text) ? traits | TextTraits.OuterBlank : traits;
    }

    private static bool HasOuterBlank(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text[0] is > (byte)' ' and < 0x7F && text[^1] is > (byte)' ' and < 0x7F))
        {
            return false;
        }

        Rune.DecodeFromUtf8(text, out var first, out _);
        Rune.DecodeLastFromUtf8(text, out var last, out _);
        return IsBlank(first) || IsBlank(last);
    }

    /// <summary>White space, and of format characters those that are blanks without width.</summary>
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0x200B or 0x2060 or 0xFEFF;

    private static TextTraits Of(int value) => (char)value switch
    {
        >= '0' and <= '9' => TextTraits.Digit,
        >= 'a' and <= 'z' => TextTraits.Lower,
        >= 'A' and <= 'Z' => TextTraits.Upper,
        ' ' or '-' or '\'' or '.' => TextTraits.None,
        < ' ' or (char)0x7F => TextTraits.Control,
        >= (char)0x80 => TextTraits.BeyondAscii,
        _ => TextTraits.Other,
    };
}
