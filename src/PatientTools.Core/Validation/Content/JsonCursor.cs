using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PatientTools.Validation.Content;

/// <summary>A place in a JSON text, and the steps a scanner takes from there (RFC 8259).</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;

    /// <summary>All bytes that were looked at, or'ed.</summary>
    private Vector128<byte> _seen;

    /// <summary>The next byte's offset.</summary>
    public int At;

    /// <summary>Whether a text that was passed holds escapes.</summary>
    public bool HasEscapes;

    /// <summary>Whether bytes beyond ASCII were seen in the neighbourhood of texts; what lies elsewhere is no JSON.</summary>
    public readonly bool MayHaveBeyondAscii => _seen.ExtractMostSignificantBits() != 0;

    /// <summary>The whole text.</summary>
    public readonly ReadOnlySpan<byte> Json => _json;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => At == _json.Length;

    /// <summary>The next byte; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly char Peek() => (uint)At < (uint)_json.Length ? (char)_json[At] : '\0';

    /// <summary>Whether the rest starts with a text.</summary>
    /// <param name="text">The text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsAt(ReadOnlySpan<byte> text) => _json[At..].StartsWith(text);

    /// <summary>Passes insignificant white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipBlanks()
    {
        if ((uint)At < (uint)_json.Length && _json[At] <= ' ')
        {
            SkipSomeBlanks();
        }
    }

    /// <summary>Passes a certain byte and the white space behind it.</summary>
    /// <param name="expected">The byte.</param>
    /// <returns>Whether it was there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Skip(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        At++;
        SkipBlanks();
        return true;
    }

    /// <summary>Passes a text, from behind its opening quote to behind its closing one.</summary>
    /// <param name="isEscaped">Whether it holds escapes, whatever they are.</param>
    /// <returns>Whether it ends, and holds no control character.</returns>
    public bool SkipText(out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            var at = IndexOfSpecial(_json, At, ref _seen);
            if (at < 0)
            {
                return false;
            }

            At = at + 1;
            switch (_json[at])
            {
                case (byte)'"':
                    return true;
                case (byte)'\\' when At < _json.Length:
                    isEscaped = HasEscapes = true;
                    At++;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Passes a number.</summary>
    /// <returns>Whether it is one.</returns>
    public bool SkipNumber()
    {
        if (Peek() == '-')
        {
            At++;
        }

        if (Peek() == '0')
        {
            At++;
        }
        else if (!SkipDigits())
        {
            return false;
        }

        if (Peek() == '.')
        {
            At++;
            if (!SkipDigits())
            {
                return false;
            }
        }

        if (Peek() is not ('e' or 'E'))
        {
            return true;
        }

        At++;
        if (Peek() is '+' or '-')
        {
            At++;
        }

        return SkipDigits();
    }

    private bool SkipDigits()
    {
        var start = At;
        while (At < _json.Length && char.IsAsciiDigit((char)_json[At]))
        {
            At++;
        }

        return At > start;
    }

    private void SkipSomeBlanks()
    {
        while (At < _json.Length && _json[At] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            At++;
        }
    }

    /// <summary>The next quote, backslash or control character; -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOfSpecial(ReadOnlySpan<byte> json, int at, ref Vector128<byte> seen)
    {
        while (at + Vector128<byte>.Count <= json.Length)
        {
            var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            seen |= bytes;
            var found = special.ExtractMostSignificantBits();
            if (found != 0)
            {
                return at + BitOperations.TrailingZeroCount(found);
            }

            at += Vector128<byte>.Count;
        }

        for (; at < json.Length; at++)
        {
            seen |= Vector128.CreateScalar(json[at]);
            if (json[at] is (byte)'"' or (byte)'\\' or < (byte)' ')
            {
                return at;
            }
        }

        return -1;
    }
}
