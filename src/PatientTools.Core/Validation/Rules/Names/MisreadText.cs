using System.Globalization;
using System.Text;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Text that was UTF-8 and was read as Latin-1 or Windows-1252, once or more often: <c>MÃ¼ller</c>. Each byte of a letter became a
/// character of its own, so a row of characters whose bytes are one letter in UTF-8 gives it away. Which bytes Windows-1252
/// has for which characters: WHATWG Encoding Standard, index windows-1252.
/// </summary>
/// <remarks>
/// Rows are mended one by one, since only part of a text may be misread. A row counts only when the letter is one that names and
/// addresses have, and when its later characters are letters themselves (<c>Š</c>, <c>ž</c>, …), only a Latin letter: what
/// stands in <c>KŘÍŽ</c> is no misreading.
/// </remarks>
internal static class MisreadText
{
    private const string Of80To9F = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
    private const int MostReadings = 4;

    /// <summary>Whether bytes can hold misread text; mostly they cannot.</summary>
    /// <param name="utf8">JSON or text.</param>
    /// <returns>Whether a character U+00C2 to U+00F4 stands before another beyond ASCII.</returns>
    public static bool MayBeIn(ReadOnlySpan<byte> utf8)
    {
        // U+00C2 to U+00F4 are C3 82 to C3 B4, and what follows one of them begins beyond ASCII; U+00C2 itself is C3 82.
        for (var at = utf8.IndexOf((byte)0xC3); at >= 0 && at + 2 < utf8.Length;)
        {
            if (utf8[at + 1] is >= 0x82 and <= 0xB4 && utf8[at + 2] >= 0x80)
            {
                return true;
            }

            var next = utf8[(at + 2)..].IndexOf((byte)0xC3);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return false;
    }

    /// <summary>Whether a text is misread.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether there is something to mend.</returns>
    public static bool IsIn(ReadOnlySpan<byte> text) => Mended(text) is not null;

    /// <summary>The text as it was.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The mended text; null when nothing in it is misread.</returns>
    public static string? Mended(ReadOnlySpan<byte> text)
    {
        if (!MayBeIn(text))
        {
            return null;
        }

        string? mended = null;
        for (var reading = 0; reading < MostReadings && ReadAgain(mended ?? Encoding.UTF8.GetString(text)) is { } again; reading++)
        {
            mended = again;
        }

        return mended;
    }

    private static string? ReadAgain(string text)
    {
        StringBuilder? mended = null;
        for (var at = 0; at < text.Length;)
        {
            if (TryRead(text.AsSpan(at), out var rune, out var length))
            {
                mended ??= new StringBuilder(text, 0, at, text.Length);
                mended.Append(rune.ToString());
                at += length;
            }
            else
            {
                mended?.Append(text[at]);
                at++;
            }
        }

        return mended?.ToString();
    }

    /// <summary>Reads one letter whose bytes stand as characters.</summary>
    private static bool TryRead(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        rune = default;
        length = text[0] switch
        {
            >= '\u00C2' and <= '\u00DF' => 2,
            >= '\u00E0' and <= '\u00EF' => 3,
            >= '\u00F0' and <= '\u00F4' => 4,
            _ => int.MaxValue,
        };
        if (length > text.Length)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        bytes[0] = (byte)text[0];
        var hasSign = false;
        for (var i = 1; i < length; i++)
        {
            if (ByteOf(text[i]) is not (var value and >= 0x80 and < 0xC0))
            {
                return false;
            }

            bytes[i] = (byte)value;
            hasSign |= char.GetUnicodeCategory(text[i]) is not (UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter);
        }

        return Rune.DecodeFromUtf8(bytes[..length], out rune, out _) == System.Buffers.OperationStatus.Done && IsPlausible(rune.Value, hasSign);
    }

    private static bool IsPlausible(int letter, bool hasSign) => hasSign
        ? letter is (>= 0xA0 and <= 0x24F) or (>= 0x300 and <= 0x4FF) or (>= 0x1E00 and <= 0x1EFF) or (>= 0x2010 and <= 0x2027) or 0x202F or 0x2039 or 0x203A or 0x20AC or 0x2122 or 0xFEFF
        : letter is >= 0xC0 and <= 0x17F;

    /// <summary>The byte that was read as this character; -1 when there is none.</summary>
    private static int ByteOf(char character) => character < '\u0100' ? character
        : Of80To9F.IndexOf(character, StringComparison.Ordinal) is var index and >= 0 ? 0x80 + index : -1;
}
