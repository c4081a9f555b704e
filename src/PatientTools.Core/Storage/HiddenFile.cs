namespace PatientTools.Storage;

/// <summary>
/// The name of a file in the making, beside the place it is meant for: hidden, and locked against those who clear up. What
/// a killed process leaves has a lock that nobody holds, and goes when the next one claims a name in the same folder.
/// </summary>
internal sealed class HiddenFile : IDisposable
{
    private const string Ending = ".new";
    private const string LockEnding = Ending + LockExtension;
    private const string LockExtension = ".lock";
    private const int IdLength = 32;

    /// <summary>What SQLite and the loading of a store put beside a file.</summary>
    private static readonly string[] Beside = ["", "-wal", "-shm", "-journal", "-runs"];
    private readonly LockFile _lock;

    private HiddenFile(string path, LockFile held) => (Path, _lock) = (path, held);

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
            if (LockFile.TryMake(path + LockExtension) is { } held)
            {
                return new HiddenFile(path, held);
            }
        }
    }

    /// <summary>Deletes a store's file with all that may lie beside it; what is gone does not matter.</summary>
    /// <param name="path">The file.</param>
    public static void Delete(string path)
    {
        foreach (var ending in Beside)
        {
            File.Delete(path + ending);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Release(Path, _lock);

    private static void Clear(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, ".*" + LockEnding, new EnumerationOptions { AttributesToSkip = FileAttributes.Directory }))
        {
            var path = left[..^LockExtension.Length];
            if (IsOurs(path) && LockFile.TryTake(left) is { } held)
            {
                Release(path, held);
            }
        }
    }

    private static bool IsOurs(string path)
    {
        var name = System.IO.Path.GetFileName(path.AsSpan())[..^Ending.Length];
        return name.Length > IdLength && name[^(IdLength + 1)] == '.' && Guid.TryParseExact(name[^IdLength..], "N", out _);
    }

    /// <summary>The lock goes last: a file without one would stay for ever.</summary>
    private static void Release(string path, LockFile held)
    {
        using (held)
        {
            Delete(path);
            held.Remove();
        }
    }
}
