using System.Buffers.Text;
using System.Text;

namespace PatientTools.Patients;

/// <summary>Resolves the escapes of JSON text (RFC 8259, section 7).</summary>
internal static class JsonEscapes
{
    /// <summary>Resolves escapes.</summary>
    /// <param name="escaped">What stands between the quotes, in UTF-8.</param>
    /// <returns>The text; empty for an escape that JSON does not know, and for half of a surrogate pair.</returns>
    public static ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> escaped)
    {
        var plain = new byte[escaped.Length];
        var length = Resolve(escaped, plain);
        return length < 0 ? [] : plain.AsSpan(0, length);
    }

    /// <summary>Resolves escapes.</summary>
    /// <param name="escaped">What stands between the quotes, in UTF-8.</param>
    /// <param name="plain">Takes the text; at least as long as the escaped text.</param>
    /// <returns>The length of the text; -1 for an escape that JSON does not know, and for half of a surrogate pair.</returns>
    private static int Resolve(ReadOnlySpan<byte> escaped, Span<byte> plain)
    {
        var length = 0;
        while (true)
        {
            var run = escaped.IndexOf((byte)'\\');
            if (run < 0)
            {
                escaped.CopyTo(plain[length..]);
                return length + escaped.Length;
            }

            escaped[..run].CopyTo(plain[length..]);
            length += run;
            escaped = escaped[run..];
            var taken = ResolveOne(escaped, plain, ref length);
            if (taken == 0)
            {
                return -1;
            }

            escaped = escaped[taken..];
        }
    }

    /// <summary>Resolves the escape at the start.</summary>
    /// <returns>How many bytes it takes; 0 when it is none.</returns>
    private static int ResolveOne(ReadOnlySpan<byte> escaped, Span<byte> plain, ref int length)
    {
        if (escaped.Length < 2)
        {
            return 0;
        }

        if (escaped[1] == (byte)'u')
        {
            return ResolveCodePoint(escaped, plain, ref length);
        }

        var plainByte = (char)escaped[1] switch
        {
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            '/' => (byte)'/',
            'b' => (byte)'\b',
            'f' => (byte)'\f',
            'n' => (byte)'\n',
            'r' => (byte)'\r',
            't' => (byte)'\t',
            _ => byte.MaxValue,
        };
        if (plainByte == byte.MaxValue)
        {
            return 0;
        }

        plain[length++] = plainByte;
        return 2;
    }

    private static int ResolveCodePoint(ReadOnlySpan<byte> escaped, Span<byte> plain, ref int length)
    {
        if (!TryUnit(escaped, out var unit) || char.IsLowSurrogate(unit))
        {
            return 0;
        }

        var taken = 6;
        Rune rune;
        if (!char.IsHighSurrogate(unit))
        {
            rune = new Rune(unit);
        }
        else if (!TryUnit(escaped[6..], out var low) || !Rune.TryCreate(unit, low, out rune))
        {
            return 0;
        }
        else
        {
            taken = 12;
        }

        length += rune.EncodeToUtf8(plain[length..]);
        return taken;
    }

    private static bool TryUnit(ReadOnlySpan<byte> escaped, out char unit)
    {
        unit = default;
        if (escaped.Length < 6 || escaped[0] != (byte)'\\' || escaped[1] != (byte)'u' || !Utf8Parser.TryParse(escaped[2..6], out ushort value, out var taken, 'x') || taken != 4)
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
