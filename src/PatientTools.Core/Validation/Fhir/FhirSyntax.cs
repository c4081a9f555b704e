using System.Buffers;
using System.Text;

namespace PatientTools.Validation.Fhir;

/// <summary>The syntax of primitive values (hl7.org/fhir/R4/datatypes.html#primitive).</summary>
internal static class FhirSyntax
{
    private const int LongestId = 64;
    private const int LongestString = 1 << 20;

    private static readonly SearchValues<byte> IdBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);
    private static readonly SearchValues<byte> UuidDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>All control characters but tab, line feed and carriage return.</summary>
    private static readonly SearchValues<byte> Controls = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8);

    /// <summary>Whether a text has the form that a type demands.</summary>
    /// <param name="type">A type that JSON writes as text.</param>
    /// <param name="text">UTF-8, without escapes, not empty.</param>
    /// <returns>Whether the form is right, and for dates whether the calendar has them.</returns>
    public static bool IsText(FhirPrimitive type, ReadOnlySpan<byte> text) => type switch
    {
        FhirPrimitive.Date => FhirDateSyntax.IsDate(text),
        FhirPrimitive.DateTime => FhirDateSyntax.IsDateTime(text),
        FhirPrimitive.Instant => FhirDateSyntax.IsInstant(text),
        FhirPrimitive.Time => FhirDateSyntax.IsTime(text),
        FhirPrimitive.Code => IsCode(text),
        FhirPrimitive.Id => text.Length is > 0 and <= LongestId && !text.ContainsAnyExcept(IdBytes),
        FhirPrimitive.Uri or FhirPrimitive.Url or FhirPrimitive.Canonical => IsUri(text),
        FhirPrimitive.Oid => IsOid(text),
        FhirPrimitive.Uuid => IsUuid(text),
        FhirPrimitive.Base64Binary => IsBase64(text),
        FhirPrimitive.String or FhirPrimitive.Markdown or FhirPrimitive.Xhtml => !text.IsEmpty && !text.ContainsAny(Controls),
        _ => false,
    };

    /// <summary>Whether a string has more than 1,048,576 characters (hl7.org/fhir/R4/datatypes.html#string).</summary>
    /// <param name="text">UTF-8, without escapes.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsTooLong(ReadOnlySpan<byte> text) => text.Length > LongestString && Encoding.UTF8.GetCharCount(text) > LongestString;

    /// <summary>Whether a number has the form and range that a type demands.</summary>
    /// <param name="type">A type that JSON writes as a number.</param>
    /// <param name="number">The digits as JSON has them.</param>
    /// <returns>Whether it may stand there.</returns>
    public static bool IsNumber(FhirPrimitive type, ReadOnlySpan<byte> number) => type switch
    {
        FhirPrimitive.Decimal => true,
        FhirPrimitive.Integer => IsBetween(number, int.MinValue),
        FhirPrimitive.UnsignedInt => IsBetween(number, 0),
        FhirPrimitive.PositiveInt => IsBetween(number, 1),
        _ => false,
    };

    /// <summary>No fraction and no exponent, and 32 bits with their sign.</summary>
    private static bool IsBetween(ReadOnlySpan<byte> number, int least) =>
        System.Buffers.Text.Utf8Parser.TryParse(number, out int value, out var read) && read == number.Length && value >= least
        && number is not [(byte)'-', (byte)'0'];

    /// <summary>Words with single blanks between them: <c>[^\s]+(\s[^\s]+)*</c>.</summary>
    private static bool IsCode(ReadOnlySpan<byte> text)
    {
        if (IsPlain(text))
        {
            return true;
        }

        var wasBlank = true;
        for (var i = 0; i < text.Length; i++)
        {
            var length = WhiteSpaceAt(text, i);
            if (length > 0 && wasBlank)
            {
                return false;
            }

            wasBlank = length > 0;
            i += Math.Max(length - 1, 0);
        }

        return !wasBlank;
    }

    /// <summary>R4 asks for no white space and nothing more: <c>\S*</c>.</summary>
    private static bool IsUri(ReadOnlySpan<byte> text)
    {
        if (IsPlain(text))
        {
            return true;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (WhiteSpaceAt(text, i) > 0)
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>Nothing but visible ASCII, as nearly all codes and addresses are: told many bytes at a time.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>How many bytes of white space, as Unicode has it, begin at a place; 0 when there stands something else.</summary>
    private static int WhiteSpaceAt(ReadOnlySpan<byte> text, int at)
    {
        if (text[at] < 0x80)
        {
            return text[at] is (byte)' ' or (>= 0x09 and <= 0x0D) ? 1 : 0;
        }

        return System.Text.Rune.DecodeFromUtf8(text[at..], out var rune, out var length) == OperationStatus.Done && System.Text.Rune.IsWhiteSpace(rune) ? length : 0;
    }

    /// <summary><c>urn:oid:[0-2](\.(0|[1-9][0-9]*))+</c>.</summary>
    private static bool IsOid(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("urn:oid:"u8) || text.Length < 11 || text[8] is < (byte)'0' or > (byte)'2' || text[9] != '.')
        {
            return false;
        }

        var start = 10;
        for (var i = start; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit((char)text[i]))
            {
                continue;
            }

            if ((i < text.Length && text[i] != '.') || i == start || (i > start + 1 && text[start] == '0'))
            {
                return false;
            }

            start = i + 1;
        }

        return true;
    }

    /// <summary><c>urn:uuid:</c> and 8-4-4-4-12 small hexadecimal digits.</summary>
    private static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("urn:uuid:"u8) || text.Length != 45)
        {
            return false;
        }

        var digits = text[9..];
        return digits[8] == '-' && digits[13] == '-' && digits[18] == '-' && digits[23] == '-'
            && !digits[..8].ContainsAnyExcept(UuidDigits) && !digits[9..13].ContainsAnyExcept(UuidDigits) && !digits[14..18].ContainsAnyExcept(UuidDigits)
            && !digits[19..23].ContainsAnyExcept(UuidDigits) && !digits[24..].ContainsAnyExcept(UuidDigits);
    }

    /// <summary>Groups of four characters of base64 (RFC 4648), padded; white space may stand anywhere.</summary>
    private static bool IsBase64(ReadOnlySpan<byte> text) => System.Buffers.Text.Base64.IsValid(text, out var length) && length > 0;
}
