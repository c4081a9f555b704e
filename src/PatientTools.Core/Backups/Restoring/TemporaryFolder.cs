using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>
/// A folder that only its owner may enter, gone at the end. What killed processes left is cleared by the next one: a file beside
/// the folder is locked while its process lives, so that the living are told from the dead.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = ".patienttools-";
    private const string LockExtension = ".lock";
    private readonly FileStream _lock;

    private TemporaryFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder.</summary>
    /// <param name="parent">In which it is to be.</param>
    /// <exception cref="PatientToolsException">As <see cref="FileErrors.Writing"/>.</exception>
    public static TemporaryFolder Create(string parent)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), $"{Prefix}{Guid.NewGuid():N}");
        try
        {
            ClearLeftovers(parent);
            var held = Hold(path + LockExtension, FileMode.CreateNew);
            try
            {
                _ = OperatingSystem.IsWindows()
                    ? Directory.CreateDirectory(path)
                    : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return new TemporaryFolder(path, held);
            }
            catch
            {
                Release(path, held);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Writing(path, e);
        }
    }

    /// <summary>Deletes the folder with all that is in it.</summary>
    public void Dispose()
    {
        try
        {
            Release(Path, _lock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody looks into it at this moment. The lock is let go and its file stays, so that the next one clears both.
        }
    }

    private static void ClearLeftovers(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, $"{Prefix}*{LockExtension}", new EnumerationOptions { AttributesToSkip = default }))
        {
            try
            {
                Release(file[..^LockExtension.Length], Hold(file, FileMode.Open));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its process lives, or it is another user's: neither is ours to clear.
            }
        }
    }

    /// <summary>The lock goes last: a folder without one would stay for ever.</summary>
    private static void Release(string folder, FileStream held)
    {
        using (held)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                // While it is still held: nobody may take it for one that is free.
                File.Delete(held.Name);
            }
        }

        File.Delete(held.Name);
    }

    private static FileStream Hold(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
