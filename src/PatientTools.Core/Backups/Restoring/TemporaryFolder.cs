using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>
/// A folder that only its owner may enter, gone at the end. What killed processes left is cleared by the next one: a
/// <see cref="LockFile"/> beside the folder tells the living from the dead.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = ".patienttools-";
    private const string LockExtension = ".lock";
    private readonly LockFile _lock;

    private TemporaryFolder(string path, LockFile held) => (Path, _lock) = (path, held);

    /// <summary>The full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder.</summary>
    /// <param name="parent">In which it is to be.</param>
    /// <exception cref="PatientToolsException">As <see cref="FileErrors.Writing"/>.</exception>
    public static TemporaryFolder Create(string parent)
    {
        var full = System.IO.Path.GetFullPath(parent);
        try
        {
            ClearLeftovers(full);
            while (true)
            {
                var path = System.IO.Path.Combine(full, $"{Prefix}{Guid.NewGuid():N}");
                if (LockFile.TryMake(path + LockExtension) is { } held)
                {
                    return Make(path, held);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Writing(full, e);
        }
    }

    /// <summary>Deletes the folder with all that is in it.</summary>
    public void Dispose() => TryRelease(Path, _lock);

    private static TemporaryFolder Make(string path, LockFile held)
    {
        try
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new TemporaryFolder(path, held);
        }
        catch
        {
            TryRelease(path, held);
            throw;
        }
    }

    private static void ClearLeftovers(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, $"{Prefix}*{LockExtension}", new EnumerationOptions { AttributesToSkip = default }))
        {
            if (LockFile.TryTake(file) is { } held)
            {
                TryRelease(file[..^LockExtension.Length], held);
            }
        }
    }

    /// <summary>The lock goes last: a folder without one would stay for ever.</summary>
    private static void TryRelease(string folder, LockFile held)
    {
        using (held)
        {
            try
            {
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                held.Remove();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody looks into it at this moment. The lock is let go and its file stays, so that the next one clears both.
            }
        }
    }
}
