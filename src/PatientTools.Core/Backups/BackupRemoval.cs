using System.Globalization;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>Removes backups whose time is over.</summary>
/// <param name="use">The operation.</param>
/// <param name="storeId">Whose backups they are.</param>
internal sealed class BackupRemoval(StoreUse use, Guid storeId)
{
    /// <summary>Removes those that do not stay, those upon which others build last: wherever it is interrupted, no chain is broken.</summary>
    /// <param name="verdicts">The verdicts.</param>
    /// <param name="removed">Told of each that is gone.</param>
    /// <param name="cancellation">Stops between two.</param>
    public void Run(IReadOnlyList<BackupVerdict> verdicts, Action<PatientBackup> removed, CancellationToken cancellation)
    {
        var going = verdicts.Where(verdict => !verdict.Keep).Select(verdict => verdict.Backup).ToList();
        if (going.Find(backup => backup.StoreId != storeId) is { } other)
        {
            throw new PatientToolsException("BackupOfOtherStore", $"'{other.Path}' is not a backup of this store. Connect to the store it belongs to.", ErrorKind.InvalidArgument) { Target = other.Path };
        }

        using var reading = use.BeginRead();
        reading.Dispose();
        var count = 0;
        try
        {
            foreach (var backup in InOrder(going, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                Delete(backup);
                count++;
                removed(backup);
            }
        }
        finally
        {
            use.Event.Describe(string.Create(CultureInfo.InvariantCulture, $"{count} of {going.Count} backups"));
            foreach (var folder in going.Select(backup => Path.GetDirectoryName(backup.Path)!).Distinct(StringComparer.Ordinal))
            {
                FolderSync.Flush(folder);
            }
        }
    }

    /// <summary>Looks again: since the verdicts, somebody may have built upon one, or removed it.</summary>
    private static List<PatientBackup> InOrder(List<PatientBackup> going, CancellationToken cancellation)
    {
        var ordered = new List<(PatientBackup Backup, int Depth)>();
        foreach (var folder in going.GroupBy(backup => Path.GetDirectoryName(backup.Path)!, StringComparer.Ordinal))
        {
            var present = BackupFolder.Read(folder.Key, cancellation);
            var known = present.ToDictionary(backup => backup.Path, StringComparer.Ordinal);
            var paths = folder.Select(backup => backup.Path).ToHashSet(StringComparer.Ordinal);
            var needed = present.Where(backup => !paths.Contains(backup.Path)).Select(backup => backup.Parent).ToHashSet(StringComparer.Ordinal);
            var depths = BackupChains.Depths(present);
            foreach (var backup in folder.Where(backup => known.TryGetValue(backup.Path, out var now) && now.Hash == backup.Hash))
            {
                if (needed.Contains(backup.Hash) && !present.Any(one => one.Hash == backup.Hash && !paths.Contains(one.Path)))
                {
                    throw new PatientToolsException(
                        "BackupNeeded", $"'{backup.Path}' cannot be removed: another backup, which is to stay, builds upon it. Nothing was removed.", ErrorKind.InvalidOperation)
                    { Target = backup.Path };
                }

                ordered.Add((backup, depths[backup.Hash!]));
            }
        }

        return [.. ordered.OrderByDescending(one => one.Depth).ThenBy(one => one.Backup.Time).Select(one => one.Backup)];
    }

    private static void Delete(PatientBackup backup)
    {
        try
        {
            File.Delete(backup.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PatientToolsException("BackupNotRemoved", $"The system does not let you remove '{backup.Path}', or another program holds it.", ErrorKind.Unavailable, e) { Target = backup.Path };
        }
    }
}
