using System.Buffers;
using System.Text.Json;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups.Archive;

/// <summary>Header and manifest as JSON. Each has one form alone: what reads well but would be written otherwise is not ours.</summary>
internal static class ManifestJson
{
    private static readonly JsonWriterOptions Form = new() { Encoder = LeastEscaping.Instance, Indented = true, NewLine = "\n" };

    /// <summary>Writes a JSON object.</summary>
    /// <param name="value">What is written.</param>
    /// <param name="members">Writes its members.</param>
    /// <returns>The bytes, with a line's end.</returns>
    public static ReadOnlyMemory<byte> Write<T>(T value, Action<Utf8JsonWriter, T> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Form))
        {
            json.WriteStartObject();
            members(json, value);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>Reads a JSON object that <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="read">Reads its members.</param>
    /// <param name="members">Writes its members.</param>
    /// <returns>What was written; null when the bytes are anything else.</returns>
    public static T? Read<T>(ReadOnlyMemory<byte> bytes, Func<JsonElement, T> read, Action<Utf8JsonWriter, T> members)
        where T : class
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var value = read(json.RootElement);
            return Write(value, members).Span.SequenceEqual(bytes.Span) ? value : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or PatientToolsException)
        {
            return null;
        }
    }

    /// <summary>Reads the version of the format alone.</summary>
    /// <returns>The version; 0 when there is none.</returns>
    public static int ReadFormat(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.GetProperty("format").GetInt32();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return 0;
        }
    }

    /// <summary>Writes the members of a manifest.</summary>
    public static void WriteManifest(Utf8JsonWriter json, BackupManifest manifest)
    {
        WriteHeader(json, manifest.Header);
        json.WriteString("storeCreated", manifest.StoreCreated);
        json.WriteNumber("storeFormat", manifest.StoreFormat);
        json.WriteString("account", manifest.Account);
        json.WriteString("description", manifest.Description);
        json.WriteStartObject("totals");
        json.WriteNumber("patients", manifest.Totals.Patients);
        json.WriteNumber("removedPatients", manifest.Totals.RemovedPatients);
        json.WriteNumber("records", manifest.Totals.Records);
        json.WriteNumber("versions", manifest.Totals.Versions);
        json.WriteEndObject();
        json.WriteStartObject("counters");
        foreach (var (name, number) in manifest.Counters.OrderBy(counter => counter.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(name, number);
        }

        json.WriteEndObject();
        json.WriteStartArray("members");
        foreach (var member in manifest.Members)
        {
            WriteMember(json, member);
        }

        json.WriteEndArray();
    }

    /// <summary>Reads the members of a manifest.</summary>
    /// <exception cref="FormatException">Something is not what it has to be.</exception>
    public static BackupManifest ReadManifest(JsonElement json)
    {
        var totals = json.GetProperty("totals");
        return new BackupManifest(
            ReadHeader(json),
            ReadTime(json, "storeCreated"),
            json.GetProperty("storeFormat").GetInt32(),
            json.GetProperty("account").GetString(),
            json.GetProperty("description").GetString(),
            new StoreTotals(
                totals.GetProperty("patients").GetInt64(),
                totals.GetProperty("removedPatients").GetInt64(),
                totals.GetProperty("records").GetInt64(),
                totals.GetProperty("versions").GetInt64()),
            json.GetProperty("counters").EnumerateObject().ToDictionary(counter => counter.Name, counter => counter.Value.GetInt64(), StringComparer.Ordinal),
            ReadMembers(json.GetProperty("members")));
    }

    /// <summary>Writes the members of a header.</summary>
    public static void WriteHeader(Utf8JsonWriter json, BackupHeader header)
    {
        json.WriteNumber("format", header.Format);
        json.WriteString("storeId", header.StoreId);
        json.WriteString("epoch", header.Epoch);
        json.WriteString("kind", header.Kind == BackupKind.Full ? "full" : "incremental");
        json.WriteString("time", header.Time);
        json.WriteNumber("firstSequence", header.FirstSequence);
        json.WriteNumber("lastSequence", header.LastSequence);
        json.WriteString("parent", header.Parent);
        json.WriteString("auditHead", header.AuditHead);
    }

    /// <summary>Reads the members of a header.</summary>
    /// <exception cref="FormatException">Something is not what it has to be.</exception>
    public static BackupHeader ReadHeader(JsonElement json)
    {
        var header = new BackupHeader(
            json.GetProperty("format").GetInt32(),
            json.GetProperty("storeId").GetGuid(),
            json.GetProperty("epoch").GetGuid(),
            json.GetProperty("kind").GetString() == "full" ? BackupKind.Full : BackupKind.Incremental,
            ReadTime(json, "time"),
            json.GetProperty("firstSequence").GetInt64(),
            json.GetProperty("lastSequence").GetInt64(),
            json.GetProperty("parent").GetString(),
            json.GetProperty("auditHead").GetString()!);
        return header.IsSound ? header : throw new FormatException();
    }

    private static void WriteMember(Utf8JsonWriter json, BackupMember member)
    {
        json.WriteStartObject();
        json.WriteString("name", member.Name);
        json.WriteNumber("lines", member.Lines);
        json.WriteNumber("bytes", member.Bytes);
        json.WriteNumber("packedBytes", member.PackedBytes);
        json.WriteString("sha256", member.Sha256);
        json.WriteString("packedSha256", member.PackedSha256);
        json.WriteEndObject();
    }

    /// <summary>Reads the list of members, each of which has to follow the one before it.</summary>
    private static List<BackupMember> ReadMembers(JsonElement json)
    {
        var members = new List<BackupMember>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            var (kind, number) = BackupMember.ParseName(item.GetProperty("name").GetString() ?? throw new FormatException());
            var member = new BackupMember(
                kind,
                number,
                item.GetProperty("lines").GetInt64(),
                item.GetProperty("bytes").GetInt64(),
                item.GetProperty("packedBytes").GetInt64(),
                item.GetProperty("sha256").GetString()!,
                item.GetProperty("packedSha256").GetString()!);
            members.Add(member.IsSound && member.Follows(members.LastOrDefault()) ? member : throw new FormatException());
        }

        return members;
    }

    private static DateTime ReadTime(JsonElement json, string name) =>
        json.GetProperty(name).GetDateTime() is { Kind: DateTimeKind.Utc } time ? time : throw new FormatException();
}
