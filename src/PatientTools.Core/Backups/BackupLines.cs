using System.Buffers;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>The lines of a backup: how states are written, and read again as they were. The format is told in docs/backup-format.md.</summary>
internal static class BackupLines
{
    /// <summary>A patient's state, its document and legacy members as they are stored, to the byte.</summary>
    public static void Write(PatientState state, IBufferWriter<byte> line) => throw new NotSupportedException();

    /// <summary>An entry of a record.</summary>
    public static void Write(RecordState state, IBufferWriter<byte> line) => throw new NotSupportedException();

    /// <summary>The mark of a purged patient.</summary>
    public static void Write(PurgeMark mark, IBufferWriter<byte> line) => throw new NotSupportedException();

    /// <summary>An account, its password's hash included.</summary>
    public static void Write(AccountState account, IBufferWriter<byte> line) => throw new NotSupportedException();

    /// <summary>A setting.</summary>
    public static void Write(KeyValuePair<string, string> setting, IBufferWriter<byte> line) => throw new NotSupportedException();

    /// <summary>An entry of the audit trail, so that its hash can be computed again.</summary>
    public static void Write(AuditEntry entry, IBufferWriter<byte> line) => throw new NotSupportedException();

    /// <summary>Reads a patient's state.</summary>
    /// <param name="line">The line, without its end; the state keeps parts of it.</param>
    /// <exception cref="InvalidDocumentException"><c>BackupLineInvalid</c>; the same of all others.</exception>
    public static PatientState ReadPatient(ReadOnlyMemory<byte> line) => throw new NotSupportedException();

    /// <summary>Reads an entry of a record.</summary>
    public static RecordState ReadRecord(ReadOnlyMemory<byte> line) => throw new NotSupportedException();

    /// <summary>Reads the mark of a purged patient.</summary>
    public static PurgeMark ReadPurge(ReadOnlyMemory<byte> line) => throw new NotSupportedException();

    /// <summary>Reads an account.</summary>
    public static AccountState ReadAccount(ReadOnlyMemory<byte> line) => throw new NotSupportedException();

    /// <summary>Reads a setting.</summary>
    public static KeyValuePair<string, string> ReadSetting(ReadOnlyMemory<byte> line) => throw new NotSupportedException();

    /// <summary>Reads an entry of the audit trail.</summary>
    public static AuditEntry ReadAuditEntry(ReadOnlyMemory<byte> line) => throw new NotSupportedException();
}
