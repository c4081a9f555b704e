namespace PatientTools.Backups.Restoring;

/// <summary>A backup and all those it builds upon, opened and held against each other.</summary>
internal sealed class BackupChain : IDisposable
{
    private readonly List<BackupReader> _readers;

    private BackupChain(List<BackupReader> readers) => _readers = readers;

    /// <summary>The backup: the point to which is restored.</summary>
    public BackupReader Point => _readers[^1];

    /// <summary>What anybody can read of it.</summary>
    public BackupHeader Header => Point.Manifest.Header;

    /// <summary>All of them, the full one first.</summary>
    public IReadOnlyList<BackupReader> OldestFirst => _readers;

    /// <summary>All of them, the point first.</summary>
    public IEnumerable<BackupReader> NewestFirst => Enumerable.Reverse(_readers);

    /// <summary>How many bytes of lines they hold together.</summary>
    public long LineBytes => _readers.Sum(reader => reader.Manifest.Members.Sum(member => member.Bytes));

    /// <summary>Opens a backup with those it builds upon, which lie in the same folder.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="key">What opens those that are encrypted.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PatientToolsException">As <see cref="BackupReader.Open"/>; <c>BackupChainBroken</c>.</exception>
    public static BackupChain Open(string path, BackupKey? key, CancellationToken cancellation)
    {
        var readers = new List<BackupReader>();
        try
        {
            foreach (var file in FindFiles(path, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                var reader = OpenOne(file, key);
                readers.Add(reader);
                RefuseGap(readers.Count > 1 ? readers[^2] : null, reader);
            }

            return new BackupChain(readers);
        }
        catch
        {
            readers.ForEach(reader => reader.Dispose());
            throw;
        }
    }

    /// <summary>Opens one backup by itself; a key that it does not need is not used.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="key">What opens it if it is encrypted.</param>
    public static BackupReader OpenOne(string path, BackupKey? key) =>
        BackupReader.Open(path, BackupReader.ReadHeading(path).IsEncrypted ? key : null);

    /// <summary>Finds a backup and those it builds upon by what can be read without a key.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The files, the full one first.</returns>
    /// <exception cref="PatientToolsException">As <see cref="BackupReader.ReadHeading"/>; <c>BackupChainBroken</c>.</exception>
    public static IReadOnlyList<string> FindFiles(string path, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        if (BackupReader.ReadHeading(full).Header.Kind == BackupKind.Full)
        {
            return [full];
        }

        var known = BackupFolder.Read(Path.GetDirectoryName(full)!, cancellation)
            .FirstOrDefault(backup => string.Equals(backup.Path, full, StringComparison.Ordinal));
        return known is { Chain.Count: > 0 } ? known.Chain : throw Broken(full, known?.Problem ?? "the backup that it builds upon is not in its folder.");
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.ForEach(reader => reader.Dispose());

    private static void RefuseGap(BackupReader? parent, BackupReader child)
    {
        var header = child.Manifest.Header;
        var fits = parent is null
            ? header is { Kind: BackupKind.Full, Parent: null }
            : string.Equals(header.Parent, parent.Hash, StringComparison.OrdinalIgnoreCase)
                && header.StoreId == parent.Manifest.Header.StoreId
                && header.Epoch == parent.Manifest.Header.Epoch
                && header.FirstSequence == parent.Manifest.Header.LastSequence + 1;
        if (!fits)
        {
            throw Broken(child.Path, "the backup before it is not the one that it builds upon.");
        }
    }

    private static PatientToolsException Broken(string path, string problem) => new(
        "BackupChainBroken",
        $"'{path}' cannot be restored: {problem} Put the missing backup into the folder, or restore another one: Get-PatientBackup shows which are whole.",
        ErrorKind.Damaged)
    { Target = path };
}
