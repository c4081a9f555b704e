using System.Text.RegularExpressions;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>A folder with backups: its history is read from the files themselves, so that it cannot disagree with them.</summary>
public static partial class BackupFolder
{
    /// <summary>The ending of a backup that is not encrypted.</summary>
    internal const string PlainExtension = ".zip";

    /// <summary>The ending of an encrypted one.</summary>
    internal const string EncryptedExtension = ".ptbackup";

    /// <summary>Reads all backups in a folder, with their chains.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The backups, the oldest first; files that look like backups and cannot be read are among them. Backups of several stores may lie together.</returns>
    /// <exception cref="PatientToolsException"><c>FolderNotFound</c>, or it cannot be read.</exception>
    public static IReadOnlyList<PatientBackup> Read(string folder, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var backups = new List<PatientBackup>();
        foreach (var file in FilesOf(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            if (ReadFile(file) is { } backup)
            {
                backups.Add(backup);
            }
        }

        return BackupChains.Tie([.. backups.OrderBy(backup => backup.Time ?? File.GetLastWriteTimeUtc(backup.Path))
            .ThenBy(backup => backup.LastSequence)
            .ThenBy(backup => backup.Path, StringComparer.Ordinal)]);
    }

    /// <summary>Reads one backup with its chain; what it builds upon lies beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The backup.</returns>
    /// <exception cref="PatientToolsException">It is none: <c>BackupNotFound</c>, <c>NotABackup</c>, or it cannot be read.</exception>
    public static PatientBackup ReadOne(string path, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (Read(file.DirectoryName!, cancellation).FirstOrDefault(backup => backup.Path == file.FullName) is { } known)
        {
            return known;
        }

        // Not named like one, or none at all.
        var heading = BackupReader.ReadHeading(file.FullName);
        return BackupChains.Tie([.. Read(file.DirectoryName!, cancellation), Of(file, heading, heading.Manifest)])[^1];
    }

    /// <summary>A backup as its heading tells it, not yet tied to what it builds upon.</summary>
    /// <param name="file">The file.</param>
    /// <param name="heading">What can be read of it without a key.</param>
    /// <param name="manifest">What else is known of it; null when nothing is.</param>
    internal static PatientBackup Of(FileInfo file, BackupHeading heading, BackupManifest? manifest) => new()
    {
        Path = file.FullName,
        State = BackupState.Usable,
        Kind = heading.Header.Kind,
        Time = heading.Header.Time,
        StoreId = heading.Header.StoreId,
        Epoch = heading.Header.Epoch,
        FirstSequence = heading.Header.FirstSequence,
        LastSequence = heading.Header.LastSequence,
        Hash = heading.Hash,
        Parent = heading.Header.Parent,
        AuditHead = heading.Header.AuditHead,
        IsEncrypted = heading.IsEncrypted,
        Description = manifest?.Description,
        Account = manifest?.Account,
        Totals = manifest?.Totals,
        Size = new ByteSize(file.Length),
    };

    private static IEnumerable<FileInfo> FilesOf(string folder)
    {
        try
        {
            // What a run under way, or a killed one, is writing begins with a dot.
            return [.. new DirectoryInfo(folder).EnumerateFiles().Where(file => !file.Name.StartsWith('.') && (HasEnding(file, PlainExtension) || HasEnding(file, EncryptedExtension)))];
        }
        catch (DirectoryNotFoundException e)
        {
            throw new PatientToolsException("FolderNotFound", $"There is no folder or backup '{folder}'.", ErrorKind.NotFound, e) { Target = folder };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PatientToolsException("FolderUnreadable", $"The folder '{folder}' cannot be read. Look at its rights, and whether it is a folder.", ErrorKind.Unavailable, e) { Target = folder };
        }
    }

    private static PatientBackup? ReadFile(FileInfo file)
    {
        try
        {
            var heading = BackupReader.ReadHeading(file.FullName);
            return Of(file, heading, heading.Manifest);
        }
        catch (PatientToolsException e) when (IsGone(e))
        {
            // Somebody has removed it since the folder was listed.
            return null;
        }
        catch (PatientToolsException e)
        {
            // A ZIP of somebody else is none of ours to complain about.
            return e.ErrorId == "BackupDamaged" || HasEnding(file, EncryptedExtension) || NameOfBackup.IsMatch(file.Name)
                ? new PatientBackup { Path = file.FullName, State = BackupState.Unreadable, Problem = e.Message, Size = SizeOf(file) }
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsGone(PatientToolsException e) => e.Kind == ErrorKind.NotFound;

    private static ByteSize SizeOf(FileInfo file) => new(file.Exists ? file.Length : 0);

    private static bool HasEnding(FileInfo file, string ending) => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"-\d{8}T\d{9}Z-(full|incremental)(-\d+)?\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOfBackup { get; }
}
