namespace PatientTools.Backups;

/// <summary>A folder with backups: its history is read from the files themselves, so that it cannot disagree with them.</summary>
public static class BackupFolder
{
    /// <summary>Reads all backups in a folder, with their chains.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The backups, the oldest first; files that look like backups and cannot be read are among them. Backups of several stores may lie together.</returns>
    /// <exception cref="PatientToolsException"><c>FolderNotFound</c>, or it cannot be read.</exception>
    public static IReadOnlyList<PatientBackup> Read(string folder, CancellationToken cancellation) => throw new NotSupportedException();
}
