using System.Security.Cryptography;

namespace PatientTools.Backups;

/// <summary>What anybody can read of a backup, encrypted or not: no personal data, and enough for history, retention and chains.</summary>
/// <param name="Format">The version of the backup's format, from 1.</param>
/// <param name="StoreId">The store.</param>
/// <param name="Epoch">The store's epoch; sequences compare only within one.</param>
/// <param name="Kind">Full or incremental.</param>
/// <param name="Time">When the snapshot was taken (UTC, milliseconds).</param>
/// <param name="FirstSequence">The least sequence it may hold: 1, or of an incremental one the one after its parent's last.</param>
/// <param name="LastSequence">The store's sequence in the snapshot.</param>
/// <param name="Parent">The hash of the backup before it, 64 hexadecimal digits; null of a full one.</param>
/// <param name="AuditHead">The end of the audit trail in the snapshot: <see cref="Auditing.AuditHead.ToString"/>.</param>
public sealed record BackupHeader(
    int Format, Guid StoreId, Guid Epoch, BackupKind Kind, DateTime Time, long FirstSequence, long LastSequence, string? Parent, string AuditHead)
{
    /// <summary>The format that this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Whether its parts go together.</summary>
    internal bool IsSound =>
        Format == CurrentFormat
        && FirstSequence >= 1
        && LastSequence >= FirstSequence - 1
        && (Kind == BackupKind.Full ? Parent is null && FirstSequence == 1 : Parent is not null && IsHash(Parent))
        && AuditHead is not null;

    /// <summary>Whether a text is a SHA-256 as we write it.</summary>
    internal static bool IsHash(string? text) => text?.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);
}
