using System.Globalization;
using PatientTools.Backups.Archive;

namespace PatientTools.Backups;

/// <summary>What the lines of a member are. The order is the one in which they stand in the archive and are restored.</summary>
internal enum BackupMemberKind
{
    /// <summary><c>settings/</c>: all settings that were set, in every backup.</summary>
    Settings = 1,

    /// <summary><c>accounts/</c>: all accounts, in every backup.</summary>
    Accounts,

    /// <summary><c>purges/</c>: marks of purged patients.</summary>
    Purges,

    /// <summary><c>patients/</c>: present states of patients, each with its document and legacy members.</summary>
    Patients,

    /// <summary><c>patient-versions/</c>: older states of patients.</summary>
    PatientVersions,

    /// <summary><c>records/</c>: present states of entries of records.</summary>
    Records,

    /// <summary><c>record-versions/</c>: older states of entries of records.</summary>
    RecordVersions,

    /// <summary><c>audit-events/</c>: entries of the audit trail.</summary>
    AuditEvents,
}

/// <summary>A file of lines inside a backup; a kind has as many as it needs, numbered from 1: <c>patients/000001.ndjson</c>.</summary>
/// <param name="Kind">What its lines are.</param>
/// <param name="Number">Which of its kind, from 1 without a gap.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="PackedBytes">How long it is compressed.</param>
/// <param name="Sha256">SHA-256 of its content, 64 hexadecimal digits: what <c>sha256sum</c> says of the extracted file.</param>
/// <param name="PackedSha256">SHA-256 of its compressed form, so that not even bits without meaning can change unseen.</param>
internal sealed record BackupMember(BackupMemberKind Kind, int Number, long Lines, long Bytes, long PackedBytes, string Sha256, string PackedSha256)
{
    /// <summary>The folders of the kinds, in their order.</summary>
    public static readonly string[] Folders =
        ["settings", "accounts", "purges", "patients", "patient-versions", "records", "record-versions", "audit-events"];

    private const string Extension = ".ndjson";

    /// <summary>Its name in the archive.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Folders[(int)Kind - 1]}/{Number:D6}{Extension}");

    /// <summary>Whether it can be, as far as its own figures tell.</summary>
    public bool IsSound =>
        Lines > 0 && Lines <= Bytes && Bytes <= Array.MaxLength && PackedBytes <= Array.MaxLength && PackedMember.CanHold(PackedBytes, Bytes)
        && BackupHeader.IsHash(Sha256) && BackupHeader.IsHash(PackedSha256);

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Kind and number.</returns>
    /// <exception cref="FormatException">It is not the name of a member.</exception>
    public static (BackupMemberKind Kind, int Number) ParseName(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var folder = slash < 0 ? -1 : Array.IndexOf(Folders, name[..slash]);
        return folder >= 0
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan((slash + 1)..^Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? ((BackupMemberKind)(folder + 1), number)
            : throw new FormatException();
    }

    /// <summary>Whether it may stand behind another one.</summary>
    /// <param name="before">The other; null at the beginning.</param>
    /// <returns>Whether it may.</returns>
    public bool Follows(BackupMember? before) =>
        before?.Kind == Kind ? Number == before.Number + 1 : Number == 1 && (before is null || Kind > before.Kind);
}
