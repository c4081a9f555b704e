namespace PatientTools.Storage;

/// <summary>
/// A file that tells whether somebody is still at work: locked while its process lives, however that ends. What is left of a killed
/// process has a lock that nobody holds, so that whoever clears up tells the living from the dead.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private readonly FileStream _file;

    private LockFile(FileStream file) => _file = file;

    /// <summary>Makes a file, which is held.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The lock; null when there is such a file already, or somebody has just taken it for a leftover.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static LockFile? TryMake(string path)
    {
        var options = OptionsFor(FileMode.CreateNew);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var held = new LockFile(new FileStream(path, options));
            if (File.Exists(path))
            {
                return held;
            }

            // Between its making and its locking somebody who clears up was quicker.
            held.Dispose();
            return null;
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Takes over a file that nobody holds any more.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The lock; null when its process lives, it is gone, or it is another user's, who clears up after himself.</returns>
    public static LockFile? TryTake(string path)
    {
        try
        {
            return new LockFile(new FileStream(path, OptionsFor(FileMode.Open)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Deletes the file and lets it go: what it stood for is done with.</summary>
    public void Remove()
    {
        if (OperatingSystem.IsWindows())
        {
            // Windows deletes only what is closed.
            _file.Dispose();
            File.Delete(_file.Name);
            return;
        }

        // While it is held, so that nobody takes it in between.
        File.Delete(_file.Name);
        _file.Dispose();
    }

    /// <summary>Lets the file go. Unless it was removed it stays, so that the next one who clears up sees to what it stands for.</summary>
    public void Dispose() => _file.Dispose();

    private static FileStreamOptions OptionsFor(FileMode mode) => new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
}
