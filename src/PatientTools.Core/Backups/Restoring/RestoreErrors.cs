using PatientTools.Patients;

namespace PatientTools.Backups.Restoring;

/// <summary>Refusals that restoring has in more than one place.</summary>
internal static class RestoreErrors
{
    public static PatientToolsException Purged(PatientId id) => new(
        "PatientPurged",
        $"Patient {id} was purged after the backup was made. Use -IncludePurged if the person is to be in the store again.",
        ErrorKind.InvalidOperation)
    { Target = id };

    public static PatientToolsException OfOtherStore(string path, Guid store) => new(
        "BackupOfOtherStore",
        $"'{path}' is a backup of another store than {store}. Restore it to a store of its own with -Destination.",
        ErrorKind.InvalidArgument)
    { Target = path };
}
