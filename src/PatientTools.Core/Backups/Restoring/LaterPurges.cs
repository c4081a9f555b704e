using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>Finds who was purged after a backup, as far as the present store and later backups of the same folder know.</summary>
internal static class LaterPurges
{
    /// <summary>Reads the marks in later backups of the same store, of whatever epoch, in the folder of a backup.</summary>
    /// <param name="chain">The backup with those it builds upon.</param>
    /// <param name="key">What opens those that are encrypted.</param>
    /// <param name="warnings">Told of those that cannot be read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The newest mark of each patient.</returns>
    public static Dictionary<PatientId, PurgeMark> InFolderOf(BackupChain chain, BackupKey? key, List<string> warnings, CancellationToken cancellation)
    {
        var marks = new Dictionary<PatientId, PurgeMark>();
        var own = chain.OldestFirst.Select(reader => reader.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var backup in BackupFolder.Read(Path.GetDirectoryName(chain.Point.Path)!, cancellation))
        {
            if (own.Contains(backup.Path) || (backup.State != BackupState.Unreadable && !IsLater(backup, chain.Header)))
            {
                continue;
            }

            try
            {
                Read(backup.Path, key, chain.Header, marks, cancellation);
            }
            catch (PatientToolsException e)
            {
                warnings.Add($"If '{backup.Name}' knows of patients that were purged later, they are not left out, since it could not be read. {e.Message}");
            }
        }

        return marks;
    }

    /// <summary>Adds a mark, if it is newer than what is known of the patient.</summary>
    public static void Add(Dictionary<PatientId, PurgeMark> marks, PurgeMark mark)
    {
        if (!marks.TryGetValue(mark.Id, out var known) || known.Time < mark.Time)
        {
            marks[mark.Id] = mark;
        }
    }

    private static void Read(string path, BackupKey? key, BackupHeader point, Dictionary<PatientId, PurgeMark> marks, CancellationToken cancellation)
    {
        using var reader = BackupChain.OpenOne(path, key);
        var header = reader.Manifest.Header;
        if (header.StoreId != point.StoreId)
        {
            return;
        }

        foreach (var (_, mark) in new MemberReading(new RestoreLosses(areAccepted: false), cancellation).Read([reader], BackupMemberKind.Purges, BackupLines.ReadPurge))
        {
            // Within an epoch the sequence is exact; across epochs there is only the time. A mark that is older than the backup is
            // of somebody who was brought back on purpose, if the backup has the patient.
            if (header.Epoch == point.Epoch ? mark.Sequence > point.LastSequence : mark.Time > point.Time)
            {
                Add(marks, mark);
            }
        }
    }

    private static bool IsLater(PatientBackup backup, BackupHeader point) =>
        backup.StoreId == point.StoreId && (backup.Epoch == point.Epoch ? backup.LastSequence > point.LastSequence : backup.Time > point.Time);
}
