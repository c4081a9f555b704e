namespace PatientTools.Backups.Restoring;

/// <summary>What people call the lines of members.</summary>
internal static class BackupThings
{
    /// <summary>What its lines are.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="count">How many.</param>
    public static string Name(BackupMemberKind kind, long count) => (kind, count == 1) switch
    {
        (BackupMemberKind.Settings, true) => "setting",
        (BackupMemberKind.Settings, _) => "settings",
        (BackupMemberKind.Accounts, true) => "account",
        (BackupMemberKind.Accounts, _) => "accounts",
        (BackupMemberKind.Purges, true) => "mark of a purged patient",
        (BackupMemberKind.Purges, _) => "marks of purged patients",
        (BackupMemberKind.Patients, true) => "patient",
        (BackupMemberKind.Patients, _) => "patients",
        (BackupMemberKind.PatientVersions, true) => "version of a patient",
        (BackupMemberKind.PatientVersions, _) => "versions of patients",
        (BackupMemberKind.Records, true) => "entry of a record",
        (BackupMemberKind.Records, _) => "entries of records",
        (BackupMemberKind.RecordVersions, true) => "version of an entry of a record",
        (BackupMemberKind.RecordVersions, _) => "versions of entries of records",
        (_, true) => "entry of the audit trail",
        _ => "entries of the audit trail",
    };
}
