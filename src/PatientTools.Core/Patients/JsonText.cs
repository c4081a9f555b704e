using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PatientTools.Patients;

/// <summary>
/// JSON as it is stored: checked once, without insignificant white space, every other byte as it came, so that order,
/// digits and escapes survive.
/// </summary>
public static class JsonText
{
    /// <summary>How deep objects and arrays may nest. FHIR's own resources stay below 30.</summary>
    public const int MaxDepth = 128;

    /// <summary>Options for every reader of ours.</summary>
    internal static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Checks that the text is one JSON object and removes its insignificant white space.</summary>
    /// <param name="json">UTF-8 text, without byte order mark.</param>
    /// <returns>The compact text; a new array.</returns>
    /// <exception cref="InvalidDocumentException">
    /// <c>InvalidJson</c> (cut short, malformed, too deep, invalid UTF-8, lone surrogates, not an object) or
    /// <c>DuplicateJsonMember</c>.
    /// </exception>
    public static byte[] CompactObject(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            var (line, column) = Place(json, FirstInvalidUtf8(json));
            throw new InvalidDocumentException("InvalidJson", "The JSON holds bytes that are not UTF-8.", line, column);
        }

        Check(json);
        return Compact(json);
    }

    /// <summary>The line and column of an offset, both from 1.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">An offset into it.</param>
    /// <returns>Line, and column in bytes.</returns>
    internal static (long Line, long Column) Place(ReadOnlySpan<byte> text, long offset)
    {
        var before = text[..(int)Math.Clamp(offset, 0, text.Length)];
        return (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>The error of ours for one of the framework's reader.</summary>
    internal static InvalidDocumentException Malformed(JsonException e) =>
        new("InvalidJson", $"The JSON is malformed: {Reason(e)}", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, e);

    private static void Check(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        var members = new MemberNames();
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new InvalidDocumentException("InvalidJson", "The JSON is not an object.", 1, 1);
            }

            do
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        members.Enter();
                        break;
                    case JsonTokenType.EndObject:
                        members.Leave();
                        break;
                    case JsonTokenType.PropertyName:
                        CheckMember(json, ref reader, members);
                        break;
                    case JsonTokenType.String when reader.ValueIsEscaped:
                        _ = reader.GetString();
                        break;
                    default:
                        break;
                }
            }
            while (reader.Read());
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
        catch (InvalidOperationException e)
        {
            var (line, column) = Place(json, reader.TokenStartIndex);
            throw new InvalidDocumentException("InvalidJson", "The JSON holds half of a surrogate pair, which is no character.", line, column, e);
        }
    }

    private static void CheckMember(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, MemberNames members)
    {
        var fresh = reader.ValueIsEscaped
            ? members.Add(Encoding.UTF8.GetBytes(reader.GetString()!))
            : members.Add(json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
        if (!fresh)
        {
            var (line, column) = Place(json, reader.TokenStartIndex);
            throw new InvalidDocumentException("DuplicateJsonMember", $"The member '{reader.GetString()}' stands twice in one object.", line, column);
        }
    }

    /// <summary>The reader's own reason, without the position and the advice to programmers that it appends.</summary>
    private static string Reason(JsonException e)
    {
        var message = e.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        message = end > 0 ? message[..end] : message;
        end = message.IndexOf(" Change the reader options", StringComparison.Ordinal);
        return end > 0 ? message[..end] : message;
    }

    private static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var rented = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            var length = 0;
            while (!json.IsEmpty)
            {
                var run = json.IndexOfAny(" \t\r\n\""u8);
                run = run < 0 ? json.Length : run;
                json[..run].CopyTo(rented.AsSpan(length));
                length += run;
                json = json[run..];
                if (json.IsEmpty)
                {
                    break;
                }

                var taken = json[0] == (byte)'"' ? StringLength(json) : 0;
                json[..taken].CopyTo(rented.AsSpan(length));
                length += taken;
                json = json[Math.Max(taken, 1)..];
            }

            return rented.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>The length of the string token at the start, both quotes included.</summary>
    private static int StringLength(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }

            at += 2;
        }
    }

    private static int FirstInvalidUtf8(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (at < json.Length && Rune.DecodeFromUtf8(json[at..], out _, out var taken) == OperationStatus.Done)
        {
            at += taken;
        }

        return at;
    }
}
