using System.Buffers;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Contact;

/// <summary>
/// The shape of phone numbers as people write them. Source: ITU-T E.164 (at most 15 digits), E.123 and DIN 5008 (how they are
/// grouped: blanks, hyphen before an extension, parentheses, oblique), RFC 3966 (<c>tel:</c>).
/// </summary>
internal static class PhoneNumbers
{
    private const int FewestDigits = 3;
    private const int MostDigits = 15;
    private const int FewestOfPlaceholders = 5;

    private static readonly SearchValues<char> Beginnings = SearchValues.Create("+(0123456789");

    /// <summary>Whether a way to reach somebody is a phone number, of a fax or for text messages.</summary>
    /// <param name="document">The document.</param>
    /// <param name="telecom">The way.</param>
    /// <returns>Whether it is, and has a text.</returns>
    public static bool IsOne(ResourceContent document, in TelecomContent telecom)
    {
        if (telecom.System == 0 || telecom.Value == 0 || document.Nodes[telecom.Value] is not { Kind: ContentKind.Text, Length: > 0 } || document.Nodes[telecom.System].Kind != ContentKind.Text)
        {
            return false;
        }

        var system = document.TextOf(telecom.System);
        return system.SequenceEqual("phone"u8) || system.SequenceEqual("fax"u8) || system.SequenceEqual("sms"u8);
    }

    /// <summary>Whether a text has the shape of a phone number.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        if (text.StartsWith("tel:"u8))
        {
            text = text[4..];
        }

        text = WithoutExtension(text);
        if (!text.IsEmpty && text[0] == (byte)'+')
        {
            text = text[1..];
        }

        int digits = 0, open = 0;
        foreach (var b in text)
        {
            switch (b)
            {
                case >= (byte)'0' and <= (byte)'9':
                    digits++;
                    break;
                case (byte)'(' when open == 0:
                    open = 1;
                    break;
                case (byte)')' when open == 1:
                    open = 0;
                    break;
                case (byte)' ' or (byte)'-' or (byte)'/' or (byte)'.':
                    break;
                default:
                    return false;
            }
        }

        // The prefix 00 of international calls and the zero of (0) are no part of the number.
        digits -= text.StartsWith("00"u8) ? 2 : 0;
        digits -= text.IndexOf("(0)"u8) >= 0 ? 1 : 0;
        return open == 0 && digits is >= FewestDigits and <= MostDigits;
    }

    /// <summary>Whether a number stands for an unknown one: five digits or more, all the same.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsPlaceholder(ReadOnlySpan<byte> text)
    {
        byte digit = 0;
        var digits = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                if (b is (byte)' ' or (byte)'-' or (byte)'/' or (byte)'.' or (byte)'+' or (byte)'(' or (byte)')')
                {
                    continue;
                }

                return false;
            }

            if (digits++ == 0)
            {
                digit = b;
            }
            else if (b != digit)
            {
                return false;
            }
        }

        return digits >= FewestOfPlaceholders;
    }

    /// <summary>The number as it probably should be: other strokes and blanks made the usual ones, words before it left out.</summary>
    /// <param name="text">What stands there.</param>
    /// <returns>A number; null when there is none in it.</returns>
    public static string? Mended(string text)
    {
        var usual = text.Replace('\u2013', '-').Replace('\u2011', '-').Replace('\u2010', '-').Replace('\u00A0', ' ').Replace('\\', '/');
        var first = usual.AsSpan().IndexOfAny(Beginnings);
        if (first < 0 || usual.AsSpan(0, first).ContainsAny('@', '/'))
        {
            return null;
        }

        var number = usual[first..].Trim();
        return IsNumber(System.Text.Encoding.UTF8.GetBytes(number)) ? number : null;
    }

    /// <summary>Cuts off an extension that is set apart: <c> x12</c>, <c> ext. 12</c>, <c>;ext=12</c>, <c> #12</c>, <c> App. 12</c>.</summary>
    private static ReadOnlySpan<byte> WithoutExtension(ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
        var before = text[..end].TrimEnd((byte)' ');
        if (end == 0 || end == text.Length)
        {
            return text;
        }

        ReadOnlySpan<byte> rest = default;
        if (EndsWith(before, " x"u8, ref rest) || EndsWith(before, " ext"u8, ref rest) || EndsWith(before, " ext."u8, ref rest)
            || EndsWith(before, " #"u8, ref rest) || EndsWith(before, ";ext="u8, ref rest) || EndsWith(before, " app."u8, ref rest) || EndsWith(before, " dw"u8, ref rest))
        {
            return rest.TrimEnd((byte)' ');
        }

        return text;
    }

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end, ref ReadOnlySpan<byte> rest)
    {
        if (text.Length < end.Length || !System.Text.Ascii.EqualsIgnoreCase(text[^end.Length..], end))
        {
            return false;
        }

        rest = text[..^end.Length];
        return true;
    }
}
