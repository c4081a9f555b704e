using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>The file of a store, seen from outside.</summary>
internal static class StoreFile
{
    private static readonly string[] FilesBeside = ["-wal", "-shm", "-journal"];
    private static readonly Dictionary<string, int> OpenStores = new(StringComparer.Ordinal);

    /// <summary>Notes that this process has a store open.</summary>
    public static void EnterOpen(string path)
    {
        lock (OpenStores)
        {
            OpenStores[path] = OpenStores.GetValueOrDefault(path) + 1;
        }
    }

    /// <summary>Notes that this process has closed a store.</summary>
    public static void LeaveOpen(string path)
    {
        lock (OpenStores)
        {
            if (--OpenStores[path] == 0)
            {
                OpenStores.Remove(path);
            }
        }
    }

    /// <summary>Whether this process has a store open; then only SQLite may open its file, see <see cref="Check"/>.</summary>
    public static bool IsOpen(string path)
    {
        lock (OpenStores)
        {
            return OpenStores.ContainsKey(path);
        }
    }

    /// <summary>Makes sure that a store can be made at a path.</summary>
    /// <exception cref="PatientToolsException"><c>StoreExists</c>, <c>StoreFolderMissing</c>.</exception>
    public static void CheckFree(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw StoreErrors.Exists(path);
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw StoreErrors.FolderMissing(path);
        }

        // SQLite would take the log of a store that is gone for the new store's own.
        if (FilesBeside.Select(suffix => path + suffix).FirstOrDefault(File.Exists) is { } leftover)
        {
            throw StoreErrors.Exists(leftover);
        }
    }

    /// <summary>Deletes a file with what SQLite puts beside it; one that is gone does not matter.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        foreach (var suffix in FilesBeside)
        {
            File.Delete(path + suffix);
        }
    }

    /// <summary>Makes an empty file that only its owner may read and write, where the system has modes; SQLite gives the files beside it the same mode.</summary>
    public static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw StoreErrors.Exists(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.OfSystem(path, e);
        }
    }

    /// <summary>Claims a hidden name beside a path, for what is to get that path when it is complete.</summary>
    public static HiddenFile Claim(string path)
    {
        try
        {
            return HiddenFile.Claim(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.OfSystem(path, e);
        }
    }

    /// <summary>Brings a file to disk that was written without flushing; nobody has it open.</summary>
    public static void Flush(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.OfSystem(path, e);
        }
    }

    /// <summary>Gives a finished file its name, for good.</summary>
    public static void Rename(string from, string to)
    {
        try
        {
            NewName.Give(from, to);
        }
        catch (IOException e) when (File.Exists(to))
        {
            throw StoreErrors.Exists(to, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.NotWritable(to, e);
        }

        FolderSync.Flush(Path.GetDirectoryName(to)!);
    }

    /// <summary>Makes sure that the file is a store of ours before anything is done to it.</summary>
    /// <remarks>
    /// SQLite reads the header, at first without locks and without its log. We must not open the file ourselves: where the system has
    /// POSIX locks, closing it again would silently drop those of every connection of this process to the same store
    /// (sqlite.org/howtocorrupt.html, 2.2).
    /// </remarks>
    /// <exception cref="PatientToolsException"><c>StoreNotFound</c>, <c>NotAStore</c>, <c>StoreTooNew</c>, <c>StoreNotWritable</c>.</exception>
    public static void Check(string path, TimeSpan busyTimeout)
    {
        if (Directory.Exists(path))
        {
            throw StoreErrors.NotAStore(path, "it is a folder");
        }

        if (new FileInfo(path) is var file && !file.Exists)
        {
            throw StoreErrors.NotFound(path);
        }

        if (file.Length == 0)
        {
            throw StoreErrors.NotAStore(path, "the file is empty");
        }

        try
        {
            CheckHeader(path, ConnectionUse.Immutable, TimeSpan.Zero);
        }
        catch (PatientToolsException e) when (e.Kind == ErrorKind.Damaged)
        {
            CheckWithLog(path, busyTimeout);
        }
    }

    /// <summary>
    /// While a checkpoint is under way, and after one that was killed, the header names pages that the file does not have
    /// yet: then only the file and its log together are a store.
    /// </summary>
    private static void CheckWithLog(string path, TimeSpan busyTimeout)
    {
        try
        {
            CheckHeader(path, HasLog(path) ? ConnectionUse.Read : ConnectionUse.Immutable, busyTimeout);
        }
        catch (PatientToolsException e) when (e.Kind == ErrorKind.Damaged)
        {
            throw StoreErrors.NotAStore(path, "it does not begin as one; if it was a store once, Repair-PatientStore may still read parts of it", e);
        }
    }

    /// <summary>Whether the log beside the file holds anything.</summary>
    public static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    private static void CheckHeader(string path, ConnectionUse use, TimeSpan busyTimeout)
    {
        using var connection = StoreConnection.Open(path, use, busyTimeout);
        CheckMarks(path, connection.ReadNumber("application_id"), connection.ReadNumber("user_version"));
    }

    private static void CheckMarks(string path, long application, long format)
    {
        if (application != StoreSchema.ApplicationId)
        {
            throw StoreErrors.NotAStore(path, "it is an SQLite database of another program");
        }

        if (format > StoreSchema.FormatVersion)
        {
            throw StoreErrors.TooNew(path, format);
        }
    }
}
