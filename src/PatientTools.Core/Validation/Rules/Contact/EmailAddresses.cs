using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PatientTools.Validation.Rules.Contact;

/// <summary>
/// The shape of e-mail addresses. Source: RFC 5321 (lengths, domains, address literals), RFC 5322 (dot-atom, quoted string), RFC 6531 and 5890
/// (letters beyond ASCII on both sides). Of what these allow, comments and single-label domains are not taken: no mail
/// comes to a patient there.
/// </summary>
internal static class EmailAddresses
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const int LongestLabel = 63;

    /// <summary>What an atom of RFC 5322 is made of, and beside it all bytes beyond ASCII (RFC 6531).</summary>
    private static readonly SearchValues<byte> Atom = SearchValues.Create([
        .. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8,
        .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value),
    ]);

    private static readonly SearchValues<byte> Label = SearchValues.Create([
        .. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8,
        .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value),
    ]);

    /// <summary>Without zones and ports, which the framework reads as well.</summary>
    private static readonly SearchValues<byte> OfVersion6 = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    /// <summary>Whether a text has the shape of an address.</summary>
    /// <param name="text">UTF-8; a <c>mailto:</c> before it is passed over.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("mailto:"u8))
        {
            text = text[7..];
        }

        var at = text.LastIndexOf((byte)'@');
        return at is > 0 and <= LongestLocalPart && text.Length <= LongestAddress && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    /// <summary>The address as it probably should be: without blanks and brackets, with <c>(at)</c> and doubled signs mended.</summary>
    /// <param name="text">What stands there.</param>
    /// <returns>An address; null when there is none in it.</returns>
    public static string? Mended(string text)
    {
        var address = text;
        if (address.IndexOf('<', StringComparison.Ordinal) is var open and >= 0 && address.IndexOf('>', open) is var close and > 0)
        {
            address = address[(open + 1)..close];
        }

        address = address.Replace("(at)", "@", StringComparison.OrdinalIgnoreCase).Replace("[at]", "@", StringComparison.OrdinalIgnoreCase).Replace("@@", "@", StringComparison.Ordinal);
        address = string.Concat(address.Where(c => !char.IsWhiteSpace(c))).Trim('.', ',', ';', '<', '>').Replace(',', '.').Replace("..", ".", StringComparison.Ordinal);
        return address != text && IsAddress(Encoding.UTF8.GetBytes(address)) ? address : null;
    }

    private static bool IsLocalPart(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'"', .. var quoted, (byte)'"'])
        {
            return !quoted.IsEmpty && !quoted.ContainsAny((byte)'"', (byte)'\\') && !quoted.ContainsAnyInRange((byte)0, (byte)0x1F);
        }

        foreach (var range in text.Split((byte)'.'))
        {
            if (text[range].IsEmpty || text[range].ContainsAnyExcept(Atom))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'[', .. var literal, (byte)']'])
        {
            return literal.StartsWith("IPv6:"u8) ? IsVersion6(literal["IPv6:"u8.Length..]) : IsVersion4(literal);
        }

        var labels = 0;
        ReadOnlySpan<byte> last = default;
        foreach (var range in text.Split((byte)'.'))
        {
            last = text[range];
            if (last.Length is 0 or > LongestLabel || last[0] == (byte)'-' || last[^1] == (byte)'-' || last.ContainsAnyExcept(Label))
            {
                return false;
            }

            labels++;
        }

        return labels > 1 && last.Length > 1 && last.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Four numbers from 0 to 255; of the many other forms that the framework reads RFC 5321 has none.</summary>
    private static bool IsVersion4(ReadOnlySpan<byte> text)
    {
        var numbers = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            numbers++;
            if (text[range] is not { Length: >= 1 and <= 3 } number || !Utf8Parser.TryParse(number, out byte _, out var read) || read != number.Length)
            {
                return false;
            }
        }

        return numbers == 4;
    }

    private static bool IsVersion6(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyExcept(OfVersion6) && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
}
