using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatientTools.Accounts;

namespace PatientTools.Auditing;

/// <summary>What is told of an event besides; holds no patient data.</summary>
public sealed record AuditContent
{
    private const int ProcessMember = 4;

    /// <summary>The members of the JSON, in their order.</summary>
    private static readonly JsonEncodedText[] Members =
    [
        JsonEncodedText.Encode("session"), JsonEncodedText.Encode("role"), JsonEncodedText.Encode("user"), JsonEncodedText.Encode("machine"),
        JsonEncodedText.Encode("process"), JsonEncodedText.Encode("command"), JsonEncodedText.Encode("reason"), JsonEncodedText.Encode("error"),
        JsonEncodedText.Encode("details"),
    ];

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The session.</summary>
    public Guid? Session { get; init; }

    /// <summary>The account's role then.</summary>
    public StoreRole? Role { get; init; }

    /// <summary>The operating system's user.</summary>
    public string? UserName { get; init; }

    /// <summary>The machine's name.</summary>
    public string? Machine { get; init; }

    /// <summary>The process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The cmdlet, such as <c>Find-Patient</c>; null when the engine was called by other means.</summary>
    public string? Command { get; init; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable id of the error with which it ended.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What it was about: a search's shape, a setting with its value, an account's name. Never a patient's data.</summary>
    public string? Details { get; init; }

    /// <summary>What a session tells of itself in each of its events.</summary>
    internal static AuditContent Of(SessionEntry session) => new()
    {
        Session = session.Id,
        Role = session.Role,
        UserName = session.UserName,
        Machine = session.Machine,
        ProcessId = session.ProcessId,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote. Members that are unknown or not what they have to be are left out: somebody may have changed the text, and what is left of it is to be shown all the same.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The content.</returns>
    internal static AuditContent Parse(ReadOnlySpan<byte> json)
    {
        var texts = new string?[Members.Length];
        int? process = null;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    ReadMember(ref reader, texts, ref process);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What could be read up to here is what there is: the chain's check says that the entry was changed.
        }

        return new AuditContent
        {
            Session = Guid.TryParse(texts[0], out var session) ? session : null,
            Role = Enum.TryParse<StoreRole>(texts[1], out var role) ? role : null,
            UserName = texts[2],
            Machine = texts[3],
            ProcessId = process,
            Command = texts[5],
            Reason = texts[6],
            ErrorId = texts[7],
            Details = texts[8],
        };
    }

    /// <summary>The content as compact JSON in UTF-8: members in a fixed order, those that are missing left out.</summary>
    /// <returns>The text.</returns>
    internal byte[] ToJson()
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(512);
        var writer = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        buffer.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
        if (Session is { } session)
        {
            writer.WriteString(Members[0], session);
        }

        Write(writer, 1, Role is { } role ? NameOf(role) : null);
        Write(writer, 2, UserName);
        Write(writer, 3, Machine);
        if (ProcessId is { } process)
        {
            writer.WriteNumber(Members[ProcessMember], process);
        }

        Write(writer, 5, Command);
        Write(writer, 6, Reason);
        Write(writer, 7, ErrorId);
        Write(writer, 8, Details);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, int member, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(Members[member], value);
        }
    }

    private static string NameOf(StoreRole role) => role switch
    {
        StoreRole.Administrator => nameof(StoreRole.Administrator),
        StoreRole.Editor => nameof(StoreRole.Editor),
        StoreRole.Reader => nameof(StoreRole.Reader),
        _ => role.ToString(),
    };

    private static void ReadMember(ref Utf8JsonReader reader, string?[] texts, ref int? process)
    {
        var member = 0;
        while (member < Members.Length && !reader.ValueTextEquals(Members[member].EncodedUtf8Bytes))
        {
            member++;
        }

        reader.Read();
        if (member == ProcessMember && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            process = number;
        }
        else if (member < Members.Length && reader.TokenType == JsonTokenType.String)
        {
            texts[member] = reader.GetString();
        }
        else
        {
            reader.Skip();
        }
    }
}
