using System.Buffers.Binary;
using PatientTools.Adapters.Sqlite.Engine;

namespace PatientTools.Adapters.Sqlite;

/// <summary>The file of a store, seen from outside (sqlite.org/fileformat.html#the_database_header).</summary>
internal static class StoreFile
{
    private const int HeaderBytes = 100;

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
            throw StoreErrors.NotWritable(path, e);
        }
    }

    /// <summary>Makes sure that the file is a store of ours before SQLite touches it.</summary>
    /// <exception cref="PatientToolsException"><c>StoreNotFound</c>, <c>NotAStore</c>, <c>StoreTooNew</c>, <c>StoreNotWritable</c>.</exception>
    public static void CheckHeader(string path)
    {
        if (Directory.Exists(path))
        {
            throw StoreErrors.NotAStore(path, "it is a folder");
        }

        if (!File.Exists(path))
        {
            throw StoreErrors.NotFound(path);
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        int read;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.NotWritable(path, e);
        }

        CheckHeader(path, header[..read]);
    }

    /// <summary>Whether the log beside the file holds anything.</summary>
    public static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    private static void CheckHeader(string path, ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty)
        {
            throw StoreErrors.NotAStore(path, "the file is empty");
        }

        if (header.Length < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
        {
            throw StoreErrors.NotAStore(path, "it does not begin as one; if it was a store once, Repair-PatientStore may still read parts of it");
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(header[68..]) != StoreSchema.ApplicationId)
        {
            throw StoreErrors.NotAStore(path, "it is an SQLite database of another program");
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(header[60..]) is var format && format > StoreSchema.FormatVersion)
        {
            throw StoreErrors.TooNew(path, format);
        }
    }
}
