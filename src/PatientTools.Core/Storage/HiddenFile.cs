namespace PatientTools.Storage;

/// <summary>
/// The name of a file in the making, beside the place it is meant for: hidden, and locked against those who clear up. What
/// a killed process leaves has a lock that nobody holds, and goes when the next one claims a name in the same folder.
/// </summary>
internal sealed class HiddenFile : IDisposable
{
    private const string Ending = ".new";
    private const string LockEnding = Ending + ".lock";
    private const int IdLength = 32;

    /// <summary>What SQLite and the loading of a store put beside a file.</summary>
    private static readonly string[] Beside = ["", "-wal", "-shm", "-journal", "-runs"];
    private readonly FileStream _lock;

    private HiddenFile(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The full path; nothing is there yet.</summary>
    public string Path { get; }

    /// <summary>Claims a name, and clears away what killed processes left in the folder.</summary>
    /// <param name="target">The path for which the file is meant; its folder exists.</param>
    /// <returns>The name; disposing it deletes what is left under it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static HiddenFile Claim(string target)
    {
        var full = System.IO.Path.GetFullPath(target);
        var folder = System.IO.Path.GetDirectoryName(full)!;
        Clear(folder);
        while (true)
        {
            var path = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(full)}.{Guid.NewGuid():N}{Ending}");
            if (TryLock(path + ".lock", FileMode.CreateNew) is { } held)
            {
                return new HiddenFile(path, held);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Delete(Path);
        Release(_lock);
    }

    private static void Clear(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, ".*" + LockEnding, new EnumerationOptions { AttributesToSkip = FileAttributes.Directory }))
        {
            var path = left[..^".lock".Length];
            if (IsOurs(path) && TryLock(left, FileMode.Open) is { } held)
            {
                Delete(path);
                Release(held);
            }
        }
    }

    private static bool IsOurs(string path)
    {
        var name = System.IO.Path.GetFileName(path.AsSpan())[..^Ending.Length];
        return name.Length > IdLength && name[^(IdLength + 1)] == '.' && Guid.TryParseExact(name[^IdLength..], "N", out _);
    }

    /// <summary>Takes a lock file; null when somebody else holds it, or has just let it go.</summary>
    private static FileStream? TryLock(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (FileNotFoundException) when (mode == FileMode.Open)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (mode == FileMode.Open)
        {
            // Another user's, who clears up after himself.
            return null;
        }
    }

    private static void Delete(string path)
    {
        foreach (var ending in Beside)
        {
            File.Delete(path + ending);
        }
    }

    /// <summary>The file goes while the lock is held, so that nobody takes it in between; Windows deletes only what is closed.</summary>
    private static void Release(FileStream held)
    {
        if (OperatingSystem.IsWindows())
        {
            held.Dispose();
            File.Delete(held.Name);
            return;
        }

        File.Delete(held.Name);
        held.Dispose();
    }
}
