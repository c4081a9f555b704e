using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace PatientTools.Backups;

/// <summary>Writes one line of a backup: a compact JSON object whose members stand in a fixed order; what is missing is left out.</summary>
/// <param name="line">Where to write.</param>
internal ref struct LineWriter(IBufferWriter<byte> line)
{
    /// <summary>How long a time is: <c>2026-11-24T20:19:36.123Z</c>.</summary>
    public const int TimeLength = 24;

    private const int GuidLength = 36;
    private const int NumberLength = 20;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private byte _between = (byte)'{';

    public void Add(ReadOnlySpan<byte> name, long value)
    {
        var at = Begin(name, NumberLength, out var buffer);
        Utf8Formatter.TryFormat(value, buffer[at..], out var written);
        line.Advance(at + written);
    }

    public void Add(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Add(name, number);
        }
    }

    public void Add(ReadOnlySpan<byte> name, bool value)
    {
        var text = value ? "true"u8 : "false"u8;
        var at = Begin(name, text.Length, out var buffer);
        text.CopyTo(buffer[at..]);
        line.Advance(at + text.Length);
    }

    public void Add(ReadOnlySpan<byte> name, Guid value)
    {
        var at = BeginText(name, GuidLength, out var buffer);
        value.TryFormat(buffer[at..], out _);
        EndText(buffer, at + GuidLength);
    }

    public void Add(ReadOnlySpan<byte> name, DateTime value)
    {
        Span<byte> text = stackalloc byte[33];
        Utf8Formatter.TryFormat(value, text, out _, 'O');
        text[TimeLength - 1] = (byte)'Z';
        var at = BeginText(name, TimeLength, out var buffer);
        text[..TimeLength].CopyTo(buffer[at..]);
        EndText(buffer, at + TimeLength);
    }

    public void Add(ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is { } time)
        {
            Add(name, time);
        }
    }

    public void Add(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return;
        }

        var at = BeginText(name, Encoding.UTF8.GetMaxByteCount(value.Length), out var buffer);
        var length = Encoding.UTF8.GetBytes(value, buffer[at..]);
        if (buffer.Slice(at, length).IndexOfAny(Escaped) < 0)
        {
            EndText(buffer, at + length);
            return;
        }

        var text = buffer.Slice(at, length).ToArray();
        line.Advance(at);
        AddEscaped(text);
    }

    /// <summary>Adds bytes of any kind, as hexadecimal digits.</summary>
    public void AddHex(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var at = BeginText(name, 2 * value.Length, out var buffer);
        Convert.TryToHexStringLower(value, buffer[at..], out var written);
        EndText(buffer, at + written);
    }

    /// <summary>Adds bytes of any kind, as base64.</summary>
    public void AddBase64(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var at = BeginText(name, Base64.GetMaxEncodedToUtf8Length(value.Length), out var buffer);
        Base64.EncodeToUtf8(value, buffer[at..], out _, out var written);
        EndText(buffer, at + written);
    }

    /// <summary>Adds compact JSON, which is copied as it is.</summary>
    public void AddJson(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        line.Advance(Begin(name, 0, out _));
        line.Write(json);
    }

    /// <summary>Ends the object.</summary>
    public readonly void End()
    {
        Debug.Assert(_between == (byte)',', "A line without a member is no line.");
        line.GetSpan(1)[0] = (byte)'}';
        line.Advance(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Begin(ReadOnlySpan<byte> name, int valueLength, out Span<byte> buffer)
    {
        buffer = line.GetSpan(name.Length + 4 + valueLength);
        buffer[0] = _between;
        _between = (byte)',';
        buffer[1] = (byte)'"';
        name.CopyTo(buffer[2..]);
        buffer[name.Length + 2] = (byte)'"';
        buffer[name.Length + 3] = (byte)':';
        return name.Length + 4;
    }

    private int BeginText(ReadOnlySpan<byte> name, int textLength, out Span<byte> buffer)
    {
        var at = Begin(name, textLength + 2, out buffer);
        buffer[at] = (byte)'"';
        return at + 1;
    }

    private readonly void EndText(Span<byte> buffer, int at)
    {
        buffer[at] = (byte)'"';
        line.Advance(at + 1);
    }

    private readonly void AddEscaped(ReadOnlySpan<byte> text)
    {
        foreach (var unit in text)
        {
            var buffer = line.GetSpan(6);
            switch (unit)
            {
                case (byte)'"' or (byte)'\\':
                    (buffer[0], buffer[1]) = ((byte)'\\', unit);
                    line.Advance(2);
                    break;
                case < (byte)' ':
                    "\\u00"u8.CopyTo(buffer);
                    Convert.TryToHexStringLower([unit], buffer[4..], out _);
                    line.Advance(6);
                    break;
                default:
                    buffer[0] = unit;
                    line.Advance(1);
                    break;
            }
        }

        line.GetSpan(1)[0] = (byte)'"';
        line.Advance(1);
    }
}
