using System.Buffers;
using System.Text.Json;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>The lines of a backup: how states are written, and read again as they were. The format is told in docs/backup-format.md.</summary>
internal static class BackupLines
{
    /// <summary>A patient's state, its document and legacy members as they are stored, to the byte.</summary>
    /// <exception cref="PatientToolsException"><c>StoreDamaged</c>: what is stored is not compact JSON.</exception>
    public static void Write(PatientState state, IBufferWriter<byte> line)
    {
        var stamp = state.Stamp;
        RefuseBrokenLine(state.Document.Utf8.Span, $"document of patient {stamp.Id}");
        RefuseBrokenLine(state.Legacy.GetValueOrDefault().Span, $"legacy data of patient {stamp.Id}");
        var writer = new LineWriter(line);
        writer.Add("key"u8, stamp.Key);
        writer.Add("id"u8, stamp.Id.Value);
        writer.Add("version"u8, stamp.Version);
        writer.Add("sequence"u8, stamp.Sequence);
        writer.Add("created"u8, stamp.Created);
        writer.Add("modified"u8, stamp.Modified);
        writer.Add("isRemoved"u8, stamp.IsRemoved);
        writer.Add("source"u8, stamp.Source);
        writer.Add("sourceId"u8, stamp.SourceId);
        writer.AddJson("document"u8, state.Document.Utf8.Span);
        if (state.Legacy is { } legacy)
        {
            writer.AddJson("legacy"u8, legacy.Span);
        }

        writer.End();
    }

    /// <summary>An entry of a record.</summary>
    /// <exception cref="PatientToolsException"><c>StoreDamaged</c>: what is stored is not compact JSON.</exception>
    public static void Write(RecordState state, IBufferWriter<byte> line)
    {
        RefuseBrokenLine(state.Json.Span, $"{state.ResourceType} {state.EntryId}");
        var writer = new LineWriter(line);
        writer.Add("key"u8, state.Key);
        writer.Add("patientKey"u8, state.PatientKey);
        writer.Add("resourceType"u8, state.ResourceType);
        writer.Add("entryId"u8, state.EntryId);
        writer.Add("fullUrl"u8, state.FullUrl);
        writer.Add("version"u8, state.Version);
        writer.Add("sequence"u8, state.Sequence);
        writer.Add("modified"u8, state.Modified);
        writer.Add("isRemoved"u8, state.IsRemoved);
        writer.Add("code"u8, state.Code);
        writer.Add("date"u8, state.Date?.ToString());
        writer.AddJson("resource"u8, state.Json.Span);
        writer.End();
    }

    /// <summary>The mark of a purged patient.</summary>
    public static void Write(PurgeMark mark, IBufferWriter<byte> line)
    {
        var writer = new LineWriter(line);
        writer.Add("id"u8, mark.Id.Value);
        writer.Add("sequence"u8, mark.Sequence);
        writer.Add("time"u8, mark.Time);
        writer.End();
    }

    /// <summary>An account, its password's hash included.</summary>
    public static void Write(AccountState account, IBufferWriter<byte> line)
    {
        var writer = new LineWriter(line);
        writer.Add("id"u8, account.Id);
        writer.Add("name"u8, account.Name);
        writer.Add("key"u8, account.Key);
        writer.Add("role"u8, account.Role.ToString());
        writer.Add("isDisabled"u8, account.IsDisabled);
        writer.Add("password"u8, account.Password);
        writer.Add("created"u8, account.Created);
        writer.Add("modified"u8, account.Modified);
        writer.Add("passwordChanged"u8, account.PasswordChanged);
        writer.Add("failedAttempts"u8, account.FailedAttempts);
        writer.Add("lockedUntil"u8, account.LockedUntil);
        writer.Add("lastLogin"u8, account.LastLogin);
        writer.End();
    }

    /// <summary>A setting.</summary>
    public static void Write(KeyValuePair<string, string> setting, IBufferWriter<byte> line)
    {
        var writer = new LineWriter(line);
        writer.Add("name"u8, setting.Key);
        writer.Add("value"u8, setting.Value);
        writer.End();
    }

    /// <summary>An entry of the audit trail, so that its hash can be computed again; one that somebody has changed as it is, too.</summary>
    public static void Write(AuditEntry entry, IBufferWriter<byte> line)
    {
        var writer = new LineWriter(line);
        writer.Add("number"u8, entry.Number);
        writer.Add("time"u8, entry.Time);
        writer.Add("continues"u8, entry.Continues);
        writer.Add("account"u8, entry.Account);
        writer.Add("operation"u8, entry.Operation.ToString());
        writer.Add("outcome"u8, entry.Outcome.ToString());
        if (IsObjectInLine(entry.Content.Span))
        {
            writer.AddJson("content"u8, entry.Content.Span);
        }
        else
        {
            writer.AddBase64("contentBytes"u8, entry.Content.Span);
        }

        writer.Add("count"u8, entry.Count);
        writer.AddBase64("patients"u8, entry.Patients.Span);
        writer.AddHex("previous"u8, entry.Previous.Span);
        writer.AddHex("hash"u8, entry.Hash.Span);
        writer.End();
    }

    /// <summary>Reads a patient's state.</summary>
    /// <param name="line">The line, without its end; the state keeps parts of it.</param>
    /// <exception cref="InvalidDocumentException"><c>BackupLineInvalid</c>; the same of all others.</exception>
    public static PatientState ReadPatient(ReadOnlyMemory<byte> line)
    {
        var reader = new LineReader(line);
        var stamp = new PatientStamp(
            reader.Number("key"u8),
            new PatientId(reader.Guid("id"u8)),
            reader.Number("version"u8),
            reader.Number("sequence"u8),
            reader.Time("created"u8),
            reader.Time("modified"u8),
            reader.Truth("isRemoved"u8),
            reader.TextOrNull("source"u8),
            reader.TextOrNull("sourceId"u8));
        var state = new PatientState(stamp, PatientDocument.FromStore(reader.Json("document"u8)), reader.JsonOrNull("legacy"u8));
        reader.End();
        return state;
    }

    /// <summary>Reads an entry of a record.</summary>
    public static RecordState ReadRecord(ReadOnlyMemory<byte> line)
    {
        var reader = new LineReader(line);
        var state = new RecordState(
            reader.Number("key"u8),
            reader.Number("patientKey"u8),
            reader.Text("resourceType"u8),
            reader.Text("entryId"u8),
            reader.TextOrNull("fullUrl"u8),
            reader.Number("version"u8),
            reader.Number("sequence"u8),
            reader.Time("modified"u8),
            reader.Truth("isRemoved"u8),
            reader.TextOrNull("code"u8),
            ReadDate(ref reader),
            reader.Json("resource"u8));
        reader.End();
        return state;
    }

    /// <summary>Reads the mark of a purged patient.</summary>
    public static PurgeMark ReadPurge(ReadOnlyMemory<byte> line)
    {
        var reader = new LineReader(line);
        var mark = new PurgeMark(new PatientId(reader.Guid("id"u8)), reader.Number("sequence"u8), reader.Time("time"u8));
        reader.End();
        return mark;
    }

    /// <summary>Reads an account.</summary>
    public static AccountState ReadAccount(ReadOnlyMemory<byte> line)
    {
        var reader = new LineReader(line);
        var account = new AccountState(
            reader.Guid("id"u8),
            reader.Text("name"u8),
            reader.Text("key"u8),
            reader.Value<StoreRole>("role"u8),
            reader.Truth("isDisabled"u8),
            reader.Text("password"u8),
            reader.Time("created"u8),
            reader.Time("modified"u8),
            reader.Time("passwordChanged"u8),
            ReadAttempts(ref reader),
            reader.TimeOrNull("lockedUntil"u8),
            reader.TimeOrNull("lastLogin"u8));
        reader.End();
        return account;
    }

    /// <summary>Reads a setting.</summary>
    public static KeyValuePair<string, string> ReadSetting(ReadOnlyMemory<byte> line)
    {
        var reader = new LineReader(line);
        var setting = KeyValuePair.Create(reader.Text("name"u8), reader.Text("value"u8));
        reader.End();
        return setting;
    }

    /// <summary>Reads an entry of the audit trail.</summary>
    public static AuditEntry ReadAuditEntry(ReadOnlyMemory<byte> line)
    {
        var reader = new LineReader(line);
        var entry = new AuditEntry(
            reader.Number("number"u8),
            reader.Time("time"u8),
            reader.NumberOrNull("continues"u8),
            reader.TextOrNull("account"u8),
            reader.Value<StoreOperation>("operation"u8),
            reader.Value<AuditOutcome>("outcome"u8),
            reader.JsonOrNull("content"u8) ?? reader.Base64("contentBytes"u8),
            reader.Number("count"u8),
            reader.Base64("patients"u8),
            reader.Hex("previous"u8),
            reader.Hex("hash"u8));
        reader.End();
        return entry;
    }

    private static PartialDate? ReadDate(ref LineReader reader)
    {
        var text = reader.TextOrNull("date"u8);
        return text is null ? null : PartialDate.TryParse(text, out var date) ? date : throw reader.Invalid("date"u8, "is not a date");
    }

    private static int ReadAttempts(ref LineReader reader)
    {
        var number = reader.Number("failedAttempts"u8);
        return number is >= 0 and <= int.MaxValue ? (int)number : throw reader.Invalid("failedAttempts"u8, "is out of range");
    }

    /// <summary>Stored JSON has no line breaks. Where one stands all the same, the store is damaged, and the line would be torn.</summary>
    private static void RefuseBrokenLine(ReadOnlySpan<byte> json, string what)
    {
        if (json.Contains((byte)'\n'))
        {
            throw new PatientToolsException(
                "StoreDamaged",
                $"The store is damaged: the {what} is not compact JSON. Test-PatientStore -Full says what else is wrong, Repair-PatientStore saves what can be read.",
                ErrorKind.Damaged);
        }
    }

    /// <summary>Whether the bytes are one JSON object in one line; what somebody wrote into the trail from outside need not be.</summary>
    private static bool IsObjectInLine(ReadOnlySpan<byte> content)
    {
        if (content is not [(byte)'{', .., (byte)'}'] || content.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            return false;
        }

        var reader = new Utf8JsonReader(content, JsonText.ReaderOptions);
        try
        {
            reader.Read();
            reader.Skip();
            return reader.BytesConsumed == content.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
