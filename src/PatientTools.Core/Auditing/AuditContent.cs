using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatientTools.Accounts;

namespace PatientTools.Auditing;

/// <summary>What is told of an event besides; holds no patient data.</summary>
public sealed record AuditContent
{
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
        var content = new AuditContent();
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    content = WithMember(content, ref reader);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What could be read up to here is what there is: the chain's check says that the entry was changed.
            return content;
        }

        return content;
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
            writer.WriteString("session"u8, session);
        }

        Write(writer, "role"u8, Role is { } role ? NameOf(role) : null);
        Write(writer, "user"u8, UserName);
        Write(writer, "machine"u8, Machine);
        if (ProcessId is { } process)
        {
            writer.WriteNumber("process"u8, process);
        }

        Write(writer, "command"u8, Command);
        Write(writer, "reason"u8, Reason);
        Write(writer, "error"u8, ErrorId);
        Write(writer, "details"u8, Details);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string NameOf(StoreRole role) => role switch
    {
        StoreRole.Administrator => nameof(StoreRole.Administrator),
        StoreRole.Editor => nameof(StoreRole.Editor),
        StoreRole.Reader => nameof(StoreRole.Reader),
        _ => role.ToString(),
    };

    private static AuditContent WithMember(AuditContent content, ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            return name == "process" && reader.TryGetInt32(out var process) ? content with { ProcessId = process } : content;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return content;
        }

        var value = reader.GetString();
        return name switch
        {
            "session" => content with { Session = Guid.TryParse(value, out var session) ? session : null },
            "role" => content with { Role = Enum.TryParse<StoreRole>(value, out var role) ? role : null },
            "user" => content with { UserName = value },
            "machine" => content with { Machine = value },
            "command" => content with { Command = value },
            "reason" => content with { Reason = value },
            "error" => content with { ErrorId = value },
            "details" => content with { Details = value },
            _ => content,
        };
    }
}
