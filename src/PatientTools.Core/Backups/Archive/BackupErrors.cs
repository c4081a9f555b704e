namespace PatientTools.Backups.Archive;

/// <summary>Why a backup is refused.</summary>
internal static class BackupErrors
{
    public static PatientToolsException NotFound(string path, Exception? cause = null) =>
        new("BackupNotFound", $"There is no backup '{path}'.", ErrorKind.NotFound, cause) { Target = path };

    public static PatientToolsException NotABackup(string path) => new(
        "NotABackup",
        $"'{path}' is not a backup that PatientTools made: neither its beginning nor its end is that of one. Name another file; one that was copied here may not have arrived whole.",
        ErrorKind.InvalidData)
    { Target = path };

    public static PatientToolsException TooNew(string path, int format) => new(
        "BackupTooNew",
        $"'{path}' has version {format} of the format of backups, and this version of PatientTools reads up to version {BackupHeader.CurrentFormat}. Use a newer PatientTools.",
        ErrorKind.NotSupported)
    { Target = path };

    /// <summary>Damage that leaves nothing of the file to be used.</summary>
    public static PatientToolsException Damaged(string path, string problem, Exception? cause = null) => new(
        "BackupDamaged", $"The backup '{path}' is damaged: {problem}. Use another backup, or another copy of this one.", ErrorKind.Damaged, cause)
    { Target = path };

    /// <summary>A file without its end.</summary>
    public static PatientToolsException CutOff(string path) =>
        Damaged(path, "its end is missing or is not as it was written; it may have been cut off, or copied in part");

    /// <summary>Damage to one member; the others can be used.</summary>
    public static PatientToolsException Damaged(string path, BackupMember member, string problem, Exception? cause = null) => new(
        "BackupDamaged",
        $"The backup '{path}' is damaged: {problem} in its member {member.Name} with {member.Lines} lines. Use another backup, or restore with -SkipDamaged what the other members hold.",
        ErrorKind.Damaged,
        cause)
    { Target = path };
}
