using System.Buffers;
using System.Security.Cryptography;

namespace PatientTools.Backups.Archive;

/// <summary>What a backup's ZIP says of its content, held against every byte outside the members.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="ManifestHash">SHA-256 of the manifest, 64 hexadecimal digits.</param>
/// <param name="Entries">All files, the manifest last.</param>
internal sealed record ZipArchiveContent(BackupManifest Manifest, string ManifestHash, IReadOnlyList<ZipEntry> Entries)
{
    /// <summary>How long a manifest is at most: enough for some hundred thousand members, a terabyte and more.</summary>
    public const int LongestManifest = 256 << 20;

    private const string Contents = "its table of contents is not as it was written";
    private const int StartLength = 64;

    /// <summary>Reads and checks the end of an archive, where its manifest and its directory stand.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="bytes">The archive.</param>
    /// <param name="isBackup">Whether it is known already that the file is a backup.</param>
    /// <exception cref="PatientToolsException"><c>NotABackup</c>, <c>BackupTooNew</c>, <c>BackupDamaged</c>.</exception>
    public static ZipArchiveContent Read(string path, IArchiveBytes bytes, bool isBackup)
    {
        var end = Take(bytes, bytes.Length - ZipFormat.EndLength, ZipFormat.EndLength);
        if (end is null || !ZipFormat.IsEnd(end))
        {
            throw isBackup || (Take(bytes, 0, (int)Math.Min(StartLength, bytes.Length)) is { } start && ZipFormat.IsStart(start))
                ? BackupErrors.Damaged(path, "its end is missing or is not as it was written; it may have been cut off, or copied in part")
                : BackupErrors.NotABackup(path);
        }

        var entries = ReadDirectory(bytes, end) ?? throw BackupErrors.Damaged(path, Contents);
        var tail = Take(bytes, entries[^1].Offset, bytes.Length - entries[^1].Offset);
        if (tail is null || tail.Length < end.Length || !ZipFormat.IsSealed(tail))
        {
            throw BackupErrors.Damaged(path, Contents);
        }

        var format = ZipFormat.ReadFormat(end);
        return format > BackupHeader.CurrentFormat
            ? throw BackupErrors.TooNew(path, format)
            : Check(entries, tail) ?? throw BackupErrors.Damaged(path, Contents);
    }

    private static List<ZipEntry>? ReadDirectory(IArchiveBytes bytes, byte[] end)
    {
        var large = Take(bytes, bytes.Length - end.Length - ZipFormat.LargeEndLength, ZipFormat.LargeEndLength);
        var (offset, length, between) = ZipFormat.FindDirectory(large, end);
        return length <= bytes.Length && offset == bytes.Length - end.Length - between - length && Take(bytes, offset, length) is { } directory
            ? ZipFormat.ReadDirectory(directory)
            : null;
    }

    /// <summary>Reads bytes; null when they are not there or are not as they were written.</summary>
    private static byte[]? Take(IArchiveBytes bytes, long offset, long length)
    {
        if (offset < 0 || length < 0 || length > Array.MaxLength || offset > bytes.Length - length)
        {
            return null;
        }

        var taken = new byte[(int)length];
        return bytes.TryRead(offset, taken) ? taken : null;
    }

    /// <summary>Reads the manifest and makes from it what the archive has to be; null when it is anything else.</summary>
    private static ZipArchiveContent? Check(List<ZipEntry> entries, byte[] tail)
    {
        var own = entries[^1];
        var packed = tail.AsMemory();
        var before = ZipFormat.LocalHeaderLength(own.Name);
        if (own.Bytes > LongestManifest || !PackedMember.CanHold(own.PackedBytes, own.Bytes) || before + own.PackedBytes > tail.Length)
        {
            return null;
        }

        packed = packed.Slice(before, (int)own.PackedBytes);
        var gzip = new byte[PackedMember.HeaderLength + packed.Length + PackedMember.TrailerLength];
        packed.Span.CopyTo(gzip.AsSpan(PackedMember.HeaderLength));
        if (PackedMember.Unpack(gzip, own.Bytes, own.Crc) is not { } content
            || ManifestJson.Read<BackupManifest>(content, ManifestJson.ReadManifest, ManifestJson.WriteManifest) is not { } manifest
            || manifest.Members.Count != entries.Count - 1)
        {
            return null;
        }

        var expected = new List<ZipEntry>(entries.Count);
        foreach (var member in manifest.Members)
        {
            expected.Add(new ZipEntry(member.Name, entries[expected.Count].Crc, member.PackedBytes, member.Bytes, expected.Count == 0 ? 0 : expected[^1].End));
        }

        expected.Add(own with { Offset = expected.Count == 0 ? 0 : expected[^1].End });
        return expected[^1] == own && ZipFormat.MakeTail(expected, packed.Span, manifest.Header.Time).Span.SequenceEqual(tail)
            ? new ZipArchiveContent(manifest, Convert.ToHexStringLower(SHA256.HashData(content)), expected)
            : null;
    }

    /// <summary>Reads a member.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="bytes">The archive.</param>
    /// <param name="member">The member.</param>
    /// <returns>Its content, held against both of its hashes.</returns>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>.</exception>
    public ReadOnlyMemory<byte> ReadMember(string path, IArchiveBytes bytes, BackupMember member)
    {
        var entry = Entries[Index(member)];
        var before = ZipFormat.LocalHeaderLength(entry.Name);
        var length = before + (int)entry.PackedBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(length + PackedMember.TrailerLength);
        try
        {
            if (!bytes.TryRead(entry.Offset, buffer.AsSpan(0, length)))
            {
                throw BackupErrors.Damaged(path, member, "bytes are missing or are not as they were written");
            }

            var expected = new ArrayBufferWriter<byte>(before);
            ZipFormat.WriteLocalHeader(expected, entry, Manifest.Header.Time);
            if (!expected.WrittenSpan.SequenceEqual(buffer.AsSpan(0, before)))
            {
                throw BackupErrors.Damaged(path, member, "the header is not as it was written");
            }

            if (!IsHash(buffer.AsSpan(before, (int)entry.PackedBytes), member.PackedSha256))
            {
                throw BackupErrors.Damaged(path, member, "bytes are not as they were written");
            }

            var start = before - PackedMember.HeaderLength;
            var content = PackedMember.Unpack(new ArraySegment<byte>(buffer, start, length - start + PackedMember.TrailerLength), entry.Bytes, entry.Crc);
            return content is not null && IsHash(content, member.Sha256) && HasLines(content, member.Lines)
                ? content
                : throw BackupErrors.Damaged(path, member, "the content is not what the manifest tells of it");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private int Index(BackupMember member)
    {
        for (var i = 0; i < Manifest.Members.Count; i++)
        {
            if (ReferenceEquals(Manifest.Members[i], member))
            {
                return i;
            }
        }

        throw new ArgumentException("The member is not one of this backup.", nameof(member));
    }

    private static bool IsHash(ReadOnlySpan<byte> bytes, string hash)
    {
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, actual);
        return actual.SequenceEqual(Convert.FromHexString(hash));
    }

    private static bool HasLines(ReadOnlySpan<byte> content, long lines) => content[^1] == '\n' && content.Count((byte)'\n') == lines;
}
