using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using PatientTools.Backups.Archive;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>Writes one backup: lines are gathered to members, compressed on all cores, and written beside the target until it is complete.</summary>
/// <remarks>
/// The caller's thread gathers and writes; others compress. What is under way is bounded by <see cref="MostUnderWay"/> and by the
/// number of cores; a single line may be longer.
/// </remarks>
internal sealed class BackupWriter : IDisposable
{
    /// <summary>A member ends with the line that makes it this long: large enough to compress well, small enough that damage to one loses little.</summary>
    public const int MemberBytes = 2 << 20;

    private const int MostUnderWay = 64 << 20;
    private readonly int _memberBytes;
    private readonly BackupHeader _header;
    private readonly CancellationToken _cancellation;
    private readonly WholeFile _file;
    private readonly SealedChunks.Writer? _sealed;
    private readonly Queue<(Task<Packed> Task, int Bytes)> _underWay = new();
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];
    private readonly List<BackupMember> _members = [];
    private readonly List<ZipEntry> _entries = [];
    private ArrayBufferWriter<byte> _content = new(MemberBytes + (MemberBytes / 4));
    private BackupMemberKind _kind;
    private int _number;
    private long _lines;
    private int _bytesUnderWay;

    private BackupWriter(WholeFile file, SealedChunks.Writer? encrypted, BackupHeader header, int memberBytes, CancellationToken cancellation)
    {
        _file = file;
        _sealed = encrypted;
        _header = header;
        _memberBytes = memberBytes;
        _cancellation = cancellation;
    }

    private Stream Archive => (Stream?)_sealed ?? _file.Stream;

    private long Offset => _entries.Count == 0 ? 0 : _entries[^1].End;

    /// <summary>Where the backup appears, or has appeared.</summary>
    public string Path => _file.Path;

    /// <summary>Begins a backup. Leftovers of killed runs in the folder go first.</summary>
    /// <param name="path">The file, <c>.zip</c>, or <c>.ptbackup</c> with a recipient; nothing may be there.</param>
    /// <param name="header">What anybody can read of it.</param>
    /// <param name="recipient">For whom it is encrypted; null for nobody.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PatientToolsException">As <see cref="WholeFile.Create"/>.</exception>
    public static BackupWriter Create(string path, BackupHeader header, BackupRecipient? recipient, CancellationToken cancellation) =>
        Create(path, header, recipient, MemberBytes, cancellation);

    /// <summary>Begins a backup with members of another size.</summary>
    internal static BackupWriter Create(string path, BackupHeader header, BackupRecipient? recipient, int memberBytes, CancellationToken cancellation)
    {
        if (recipient is not null)
        {
            SealedChunks.Demand();
        }

        WholeFile.ClearLeftovers(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var file = WholeFile.Create(path);
        try
        {
            return new BackupWriter(file, recipient is null ? null : Encrypt(file.Stream, header, recipient), header, memberBytes, cancellation);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a line. Lines of one kind stand together; kinds come in their order.</summary>
    /// <param name="kind">What the line is.</param>
    /// <param name="line">What is written.</param>
    /// <param name="write">Writes it as JSON without line breaks; the line's end is added.</param>
    /// <typeparam name="T">What is written.</typeparam>
    /// <exception cref="PatientToolsException">The file cannot be written: <c>DiskFull</c> and others of <see cref="FileErrors"/>.</exception>
    public void Add<T>(BackupMemberKind kind, T line, Action<T, IBufferWriter<byte>> write)
    {
        if (kind != _kind)
        {
            Begin(kind);
        }

        var before = _content.WrittenCount;
        write(line, _content);
        if (_content.WrittenSpan[before..].Contains((byte)'\n'))
        {
            throw new ArgumentException("A line may not hold line breaks.", nameof(write));
        }

        _content.Write("\n"u8);
        _lines++;
        if (_content.WrittenCount >= _memberBytes)
        {
            EndMember();
        }
    }

    /// <summary>Writes the manifest and makes the file appear; when this returns, it survives a power cut.</summary>
    /// <param name="manifest">The manifest, with the header that was given; its members are set here.</param>
    /// <param name="otherPath">Gives the second path in the folder, the third, and so on, for when somebody made a file of that name meanwhile; null to refuse then.</param>
    /// <returns>The manifest as it was written.</returns>
    /// <exception cref="PatientToolsException"><c>FileExists</c>, or the file cannot be written.</exception>
    public BackupManifest Complete(BackupManifest manifest, Func<int, string>? otherPath = null)
    {
        if (manifest.Header != _header)
        {
            throw new ArgumentException("The manifest has another header.", nameof(manifest));
        }

        EndMember();
        while (_underWay.Count > 0)
        {
            WriteFirst();
        }

        var complete = manifest with { Members = _members };
        var packed = PackedMember.Pack(ManifestJson.Write(complete, ManifestJson.WriteManifest).Span);
        _entries.Add(new ZipEntry(ZipFormat.ManifestName, packed.Crc, packed.Packed.Length, packed.Bytes, Offset));
        Archive.Write(ZipFormat.MakeTail(_entries, packed.Packed.Span, _header.Time).Span);
        if (_sealed is not null)
        {
            _sealed.Finish();
            EndMark.Write(_file.Stream);
        }

        _cancellation.ThrowIfCancellationRequested();
        if (otherPath is null)
        {
            _file.Commit();
        }
        else
        {
            _file.CommitUnderFreeName(otherPath);
        }

        return complete;
    }

    /// <summary>Gives up, unless the backup was completed; nothing of it stays.</summary>
    public void Dispose()
    {
        foreach (var (task, _) in _underWay)
        {
            // What comes of it is of no interest any more, but it must not run on.
            task.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        _underWay.Clear();
        _sealed?.Dispose();
        _file.Dispose();
    }

    private static SealedChunks.Writer Encrypt(Stream file, BackupHeader header, BackupRecipient recipient)
    {
        var key = RandomNumberGenerator.GetBytes(KeyWrap.KeyLength);
        var envelope = new Envelope(header, Envelope.OwnChunkBytes, recipient.Wrap(key)).ToBytes();
        file.Write(envelope);
        return new SealedChunks.Writer(file, key, envelope[^SHA256.HashSizeInBytes..]);
    }

    private void Begin(BackupMemberKind kind)
    {
        if (kind < _kind)
        {
            throw new ArgumentException($"Lines of {kind} come before those of {_kind}.", nameof(kind));
        }

        EndMember();
        _kind = kind;
        _number = 0;
    }

    /// <summary>Hands what was gathered to whoever compresses, and writes what is done meanwhile.</summary>
    private void EndMember()
    {
        if (_lines == 0)
        {
            return;
        }

        _cancellation.ThrowIfCancellationRequested();
        var (content, kind, number, lines) = (_content, _kind, ++_number, _lines);
        _underWay.Enqueue((Task.Run(() => Pack(content, kind, number, lines), _cancellation), content.WrittenCount));
        _bytesUnderWay += content.WrittenCount;
        _lines = 0;
        while (_underWay.Count > 0 && (_underWay.Peek().Task.IsCompleted || _underWay.Count > 2 * Environment.ProcessorCount || _bytesUnderWay > MostUnderWay))
        {
            WriteFirst();
        }

        _content = _buffers.TryTake(out var free) ? free : new ArrayBufferWriter<byte>(MemberBytes + (MemberBytes / 4));
    }

    private Packed Pack(ArrayBufferWriter<byte> content, BackupMemberKind kind, int number, long lines)
    {
        var packed = PackedMember.Pack(content.WrittenSpan);
        var member = new BackupMember(kind, number, lines, packed.Bytes, packed.Packed.Length, HashOf(content.WrittenSpan), HashOf(packed.Packed.Span));
        if (content.Capacity <= 2 * MemberBytes)
        {
            content.ResetWrittenCount();
            _buffers.Add(content);
        }

        return new Packed(member, packed);
    }

    private void WriteFirst()
    {
        var (task, bytes) = _underWay.Peek();
        var (member, packed) = task.GetAwaiter().GetResult();
        _underWay.Dequeue();
        _bytesUnderWay -= bytes;
        var entry = new ZipEntry(member.Name, packed.Crc, member.PackedBytes, member.Bytes, Offset);
        var header = new ArrayBufferWriter<byte>(ZipFormat.LocalHeaderLength(entry.Name));
        ZipFormat.WriteLocalHeader(header, entry, _header.Time);
        Archive.Write(header.WrittenSpan);
        Archive.Write(packed.Packed.Span);
        _members.Add(member);
        _entries.Add(entry);
    }

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private readonly record struct Packed(BackupMember Member, PackedMember Content);
}
