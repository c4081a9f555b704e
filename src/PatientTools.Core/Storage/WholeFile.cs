namespace PatientTools.Storage;

/// <summary>
/// A file that appears under its name wholly or not at all: written beside the target, flushed to disk, then renamed.
/// Only its owner may read it (mode 0600) where the system has modes.
/// </summary>
/// <remarks>Until <see cref="Commit"/> a file already there stays as it is. A link is followed: the file it points to is replaced.</remarks>
public sealed class WholeFile : IDisposable
{
    private const int BufferBytes = 1 << 20;
    private const int MostNames = 1000;
    private const string Extension = ".tmp";
    private const string ExistsId = "FileExists";

    /// <summary>
    /// While it is written nobody else may open it; Windows then lets it be renamed while it is open, which other systems do anyway.
    /// So it is held until it has its name, and <see cref="ClearLeftovers"/> of another process never takes it for a leftover.
    /// </summary>
    private static readonly FileShare Sharing = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
    private readonly string _temporary;
    private readonly bool _overwrite;
    private readonly FileStream _file;
    private bool _done;

    private WholeFile(string path, string temporary, bool overwrite, FileStream file)
    {
        Path = path;
        _temporary = temporary;
        _overwrite = overwrite;
        _file = file;
        Stream = new ReportingStream(file, path);
    }

    /// <summary>The full path under which the file will appear.</summary>
    public string Path { get; private set; }

    /// <summary>Where to write. Faults of the system come as <see cref="PatientToolsException"/>.</summary>
    public Stream Stream { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it is to appear.</param>
    /// <param name="overwrite">Whether it may replace a file that is there.</param>
    /// <returns>The file, to be committed or disposed.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>FileExists</c>, <c>PathIsFolder</c>, <c>PathIsDevice</c>, or as <see cref="FileErrors.Writing"/>.
    /// </exception>
    public static WholeFile Create(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var target = System.IO.Path.GetFullPath(path);
            target = new FileInfo(target).LinkTarget is null ? target : File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
            if (Directory.Exists(target))
            {
                throw new PatientToolsException("PathIsFolder", $"'{path}' is a folder. Name a file in it.", ErrorKind.InvalidArgument) { Target = path };
            }

            if (IsDevice(target))
            {
                throw new PatientToolsException("PathIsDevice", $"'{path}' is a device of the system. Name a file.", ErrorKind.InvalidArgument) { Target = path };
            }

            if (!overwrite && File.Exists(target))
            {
                throw Exists(path);
            }

            FileStream? file;
            string temporary;
            do
            {
                temporary = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}{Extension}");
                file = Hold(temporary);
            }
            while (file is null);
            return new WholeFile(target, temporary, overwrite, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Writing(path, e);
        }
    }

    /// <summary>Deletes what killed processes left in a folder: temporary files that nobody holds.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="PatientToolsException">As <see cref="FileErrors.Writing"/>.</exception>
    internal static void ClearLeftovers(string folder)
    {
        try
        {
            foreach (var leftover in Directory.EnumerateFiles(folder, $".*{Extension}").Where(IsTemporary))
            {
                TryClear(leftover);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Writing(folder, e);
        }
    }

    /// <summary>Makes the file appear: when this returns, it survives a power cut.</summary>
    /// <exception cref="PatientToolsException"><c>FileExists</c> when somebody made one meanwhile, or as <see cref="FileErrors.Writing"/>.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_done, this);
        try
        {
            _file.Flush(flushToDisk: true);
            if (_overwrite)
            {
                File.Move(_temporary, Path, overwrite: true);
            }
            else
            {
                NewName.Give(_temporary, Path);
            }

            _done = true;
            _file.Dispose();
            FolderSync.Flush(System.IO.Path.GetDirectoryName(Path)!);
        }
        catch (IOException) when (!_overwrite && File.Exists(Path))
        {
            throw Exists(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Writing(Path, e);
        }
    }

    /// <summary>As <see cref="Commit"/>, under another name when somebody made a file of this one meanwhile.</summary>
    /// <param name="otherPath">Gives the second path, the third, and so on, in the same folder.</param>
    internal void CommitUnderFreeName(Func<int, string> otherPath)
    {
        for (var number = 2; ; number++)
        {
            try
            {
                Commit();
                return;
            }
            catch (PatientToolsException e) when (e.ErrorId == ExistsId && number <= MostNames)
            {
                Path = otherPath(number);
            }
        }
    }

    /// <summary>Gives the file up, unless it was committed; nothing of it stays.</summary>
    public void Dispose()
    {
        if (_done)
        {
            return;
        }

        _done = true;
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // A full disk refuses the last buffer, which is about to be deleted anyway.
        }

        File.Delete(_temporary);
    }

    /// <summary>Makes a file that nobody else may open; null when another process has just taken it for a leftover.</summary>
    private static FileStream? Hold(string temporary)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = Sharing, BufferSize = BufferBytes };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(temporary, options);
        if (File.Exists(temporary))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private static bool IsTemporary(string path) =>
        Guid.TryParseExact(System.IO.Path.GetFileNameWithoutExtension(path)[1..], "N", out _);

    private static void TryClear(string leftover)
    {
        try
        {
            new FileStream(leftover, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is somebody's, who still writes it, or another account's; or another process has cleared it meanwhile.
        }
    }

    /// <summary>A file renamed over a device takes its place, and root may do that: the system would have no <c>/dev/null</c> any more.</summary>
    private static bool IsDevice(string target) => !OperatingSystem.IsWindows() && System.IO.Path.GetDirectoryName(target) == "/dev";

    private static PatientToolsException Exists(string path) =>
        new(ExistsId, $"'{path}' exists already. Choose another name, or use -Force to replace it.", ErrorKind.AlreadyExists) { Target = path };

    /// <summary>Hands writes through and tells faults of the system in our words.</summary>
    private sealed class ReportingStream(FileStream file, string path) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                file.Write(buffer);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.Writing(path, e);
            }
        }

        public override void Flush()
        {
            try
            {
                file.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.Writing(path, e);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
