using Microsoft.Win32.SafeHandles;
using PatientTools.Storage;

namespace PatientTools.Backups.Archive;

/// <summary>Bytes of a backup's ZIP, wherever they come from. Safe to read from many threads.</summary>
internal interface IArchiveBytes
{
    /// <summary>How many there are.</summary>
    long Length { get; }

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">Where.</param>
    /// <param name="to">Filled wholly.</param>
    /// <returns>Whether they are there and are as they were written, as far as can be told here.</returns>
    /// <exception cref="PatientToolsException">The file cannot be read.</exception>
    bool TryRead(long offset, Span<byte> to);
}

/// <summary>A backup's file, open for reading.</summary>
internal sealed class ArchiveFile : IArchiveBytes, IDisposable
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(1);
    private readonly SafeFileHandle _file;

    private ArchiveFile(string path, SafeFileHandle file)
    {
        Path = path;
        _file = file;
        Length = RandomAccess.GetLength(file);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="PatientToolsException"><c>BackupNotFound</c>, or as <see cref="FileErrors.Reading"/>.</exception>
    public static ArchiveFile Open(string path)
    {
        SafeFileHandle? file = null;
        Exception? held = null;
        try
        {
            // Whoever has just written a backup holds it for a moment after it has appeared.
            SpinWait.SpinUntil(() => (file = TryOpen(path, out held)) is not null, LongestHold);
            return file is null ? throw FileErrors.Reading(path, held!) : new ArchiveFile(path, file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw BackupErrors.NotFound(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw FileErrors.Reading(path, e);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(long offset, Span<byte> to)
    {
        try
        {
            while (!to.IsEmpty)
            {
                var read = RandomAccess.Read(_file, to, offset);
                if (read == 0)
                {
                    return false;
                }

                offset += read;
                to = to[read..];
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Reading(Path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle? TryOpen(string path, out Exception? held)
    {
        try
        {
            held = null;
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            held = e;
            return null;
        }
    }
}
