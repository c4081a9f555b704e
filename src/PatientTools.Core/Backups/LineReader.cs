using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Backups;

/// <summary>Reads one line of a backup, member by member in the order in which <see cref="LineWriter"/> writes them. Whatever else stands there is refused.</summary>
/// <param name="line">The line, without its end.</param>
internal ref struct LineReader(ReadOnlyMemory<byte> line)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _text = line.Span;
    private int _at;

    /// <summary>Goes to a member that may be missing.</summary>
    /// <returns>Whether it is there; if so, its value has to be read next.</returns>
    public bool Has(ReadOnlySpan<byte> name)
    {
        var rest = _text[_at..];
        if (rest.Length < name.Length + 4
            || rest[0] != (_at == 0 ? '{' : ',')
            || rest[1] != '"'
            || !rest[2..].StartsWith(name)
            || rest[name.Length + 2] != '"'
            || rest[name.Length + 3] != ':')
        {
            return false;
        }

        _at += name.Length + 4;
        return true;
    }

    public long Number(ReadOnlySpan<byte> name)
    {
        Find(name);
        if (!Utf8Parser.TryParse(_text[_at..], out long value, out var length))
        {
            throw Invalid(name, "is not a number");
        }

        _at += length;
        return value;
    }

    public long? NumberOrNull(ReadOnlySpan<byte> name) => IsNext(name) ? Number(name) : null;

    public bool Truth(ReadOnlySpan<byte> name)
    {
        Find(name);
        var value = _text[_at..].StartsWith("true"u8);
        if (!value && !_text[_at..].StartsWith("false"u8))
        {
            throw Invalid(name, "is neither true nor false");
        }

        _at += value ? 4 : 5;
        return value;
    }

    public Guid Guid(ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(PlainText(name), out Guid value, out var length, 'D') && length == 36 ? value : throw Invalid(name, "is not a UUID");

    public DateTime Time(ReadOnlySpan<byte> name)
    {
        var text = PlainText(name);
        Span<byte> padded = stackalloc byte[LineWriter.TimeLength + 4];
        if (text.Length == LineWriter.TimeLength && text[^1] == 'Z')
        {
            text[..^1].CopyTo(padded);
            "0000Z"u8.CopyTo(padded[(LineWriter.TimeLength - 1)..]);
            if (Utf8Parser.TryParse(padded, out DateTime time, out var length, 'O') && length == padded.Length)
            {
                return time;
            }
        }

        throw Invalid(name, "is not a time such as 2026-11-24T20:19:36.123Z");
    }

    public DateTime? TimeOrNull(ReadOnlySpan<byte> name) => IsNext(name) ? Time(name) : null;

    public string Text(ReadOnlySpan<byte> name)
    {
        Find(name);
        var rest = _text[_at..];
        if (rest.IsEmpty || rest[0] != '"')
        {
            throw Invalid(name, "is not a text");
        }

        var end = rest[1..].IndexOfAny((byte)'"', (byte)'\\');
        try
        {
            if (end >= 0 && rest[end + 1] == '"')
            {
                _at += end + 2;
                return Strict.GetString(rest.Slice(1, end));
            }

            var reader = new Utf8JsonReader(rest, JsonText.ReaderOptions);
            reader.Read();
            _at += (int)reader.BytesConsumed;
            return reader.GetString()!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Invalid(name, "is not a text", e);
        }
    }

    public string? TextOrNull(ReadOnlySpan<byte> name) => IsNext(name) ? Text(name) : null;

    /// <summary>Reads the name of a value; a number stands for one without a name.</summary>
    public T Value<T>(ReadOnlySpan<byte> name)
        where T : struct, Enum => Enum.TryParse<T>(Text(name), out var value) ? value : throw Invalid(name, "is not known");

    public byte[] Hex(ReadOnlySpan<byte> name)
    {
        var text = PlainText(name);
        var value = new byte[text.Length / 2];
        return text.Length % 2 == 0 && Convert.FromHexString(text, value, out _, out _) == OperationStatus.Done
            ? value
            : throw Invalid(name, "is not made of hexadecimal digits");
    }

    public byte[] Base64(ReadOnlySpan<byte> name)
    {
        var text = PlainText(name);
        var value = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return System.Buffers.Text.Base64.DecodeFromUtf8(text, value, out var read, out var written) == OperationStatus.Done && read == text.Length
            ? value[..written]
            : throw Invalid(name, "is not base64");
    }

    /// <summary>Cuts a JSON object out of the line, as it stands there.</summary>
    public ReadOnlyMemory<byte> Json(ReadOnlySpan<byte> name)
    {
        Find(name);
        try
        {
            var reader = new Utf8JsonReader(_text[_at..], JsonText.ReaderOptions);
            if (_at < _text.Length && _text[_at] == '{' && reader.Read())
            {
                reader.Skip();
                var from = _at;
                _at += (int)reader.BytesConsumed;
                return line[from.._at];
            }
        }
        catch (JsonException e)
        {
            throw Invalid(name, "is not a JSON object", e);
        }

        throw Invalid(name, "is not a JSON object");
    }

    /// <remarks>A bare null would become an empty text here, by way of an array.</remarks>
    public ReadOnlyMemory<byte>? JsonOrNull(ReadOnlySpan<byte> name) => IsNext(name) ? Json(name) : default(ReadOnlyMemory<byte>?);

    /// <summary>Makes sure that nothing else stands in the line.</summary>
    public readonly void End()
    {
        if (_text[_at..] is not [(byte)'}'])
        {
            throw Invalid(default, "has members that do not belong there, or does not end where it has to");
        }
    }

    /// <summary>The error for a member, or for the line itself. What stands there is not told: it may be a patient's.</summary>
    public readonly InvalidDocumentException Invalid(ReadOnlySpan<byte> name, string problem, Exception? cause = null) => new(
        "BackupLineInvalid",
        name.IsEmpty ? $"A line of the backup {problem}." : $"A line of the backup cannot be read: its member '{Encoding.UTF8.GetString(name)}' {problem}.",
        0,
        _at + 1,
        cause);

    private void Find(ReadOnlySpan<byte> name)
    {
        if (!Has(name))
        {
            throw Invalid(name, "is not where it has to be");
        }
    }

    private bool IsNext(ReadOnlySpan<byte> name)
    {
        var at = _at;
        var has = Has(name);
        _at = at;
        return has;
    }

    /// <summary>A text of ASCII without escapes.</summary>
    private ReadOnlySpan<byte> PlainText(ReadOnlySpan<byte> name)
    {
        Find(name);
        var rest = _text[_at..];
        var end = rest is [(byte)'"', ..] ? rest[1..].IndexOf((byte)'"') : -1;
        if (end < 0)
        {
            throw Invalid(name, "is not a text");
        }

        _at += end + 2;
        return rest.Slice(1, end);
    }
}
