using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PatientTools.Backups.Archive;

/// <summary>A file in the archive, as its directory tells it.</summary>
/// <param name="Name">Its name, ASCII.</param>
/// <param name="Crc">CRC-32 of its content.</param>
/// <param name="PackedBytes">How long it is compressed; always below 4 GB.</param>
/// <param name="Bytes">How long it is; always below 4 GB.</param>
/// <param name="Offset">Where its local header begins.</param>
internal readonly record struct ZipEntry(string Name, uint Crc, long PackedBytes, long Bytes, long Offset)
{
    /// <summary>Where the next file begins.</summary>
    public long End => Offset + ZipFormat.LocalHeaderLength(Name) + PackedBytes;
}

/// <summary>
/// The one form in which a backup's ZIP is laid out (PKWARE's APPNOTE 6.3.10): whatever a header may say is fixed by the entries
/// and the time, so that a reader can make the headers itself and compare.
/// </summary>
internal static class ZipFormat
{
    /// <summary>The name of the last file.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>How long the end record is, with the comment that seals the archive.</summary>
    public const int EndLength = EndRecordLength + CommentLength;

    /// <summary>How long the records are that stand before the end record of an archive with large numbers.</summary>
    public const int LargeEndLength = LargeRecordLength + LocatorLength;

    private const int LocalLength = 30;
    private const int CentralLength = 46;
    private const int EndRecordLength = 22;
    private const int LargeRecordLength = 56;
    private const int LocatorLength = 20;
    private const int LargeOffsetLength = 12;
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const uint LargeSignature = 0x06064b50;
    private const uint LocatorSignature = 0x07064b50;
    private const ushort Deflate = 8;
    private const ushort Plain = 20;
    private const ushort Large = 45;
    private const ushort Unix = 3 << 8;
    private const uint OwnersFile = 0x8180u << 16;
    private const string CommentStart = "PatientTools backup, format ";
    private const string CommentMiddle = ", SHA-256 ";
    private const int FormatDigits = 4;
    private const int SealLength = 2 * SHA256.HashSizeInBytes;
    private const int CommentLength = 28 + FormatDigits + 10 + SealLength;

    /// <summary>How long a local header is.</summary>
    public static int LocalHeaderLength(string name) => LocalLength + name.Length;

    /// <summary>Writes the header that stands before a file.</summary>
    public static void WriteLocalHeader(IBufferWriter<byte> to, in ZipEntry entry, DateTime time)
    {
        var record = to.GetSpan(LocalHeaderLength(entry.Name));
        BinaryPrimitives.WriteUInt32LittleEndian(record, LocalSignature);
        WriteShared(record[4..], entry, Plain, time);
        Encoding.ASCII.GetBytes(entry.Name, record[LocalLength..]);
        to.Advance(LocalHeaderLength(entry.Name));
    }

    /// <summary>Makes all that follows the members: the manifest, the directory, the end.</summary>
    /// <param name="entries">All files, the manifest last.</param>
    /// <param name="packedManifest">The manifest, compressed.</param>
    /// <param name="time">When the snapshot was taken.</param>
    /// <returns>The bytes.</returns>
    public static ReadOnlyMemory<byte> MakeTail(IReadOnlyList<ZipEntry> entries, ReadOnlySpan<byte> packedManifest, DateTime time)
    {
        var tail = new ArrayBufferWriter<byte>(packedManifest.Length + (entries.Count * 80) + 256);
        WriteLocalHeader(tail, entries[^1], time);
        tail.Write(packedManifest);
        var directory = entries[^1].End;
        var before = tail.WrittenCount;
        foreach (var entry in entries)
        {
            WriteCentral(tail, entry, time);
        }

        WriteEnd(tail, entries.Count, directory, tail.WrittenCount - before);
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CommentStart}{BackupHeader.CurrentFormat:D4}{CommentMiddle}"), tail);
        Encoding.ASCII.GetBytes(Seal(tail.WrittenSpan), tail);
        return tail.WrittenMemory;
    }

    /// <summary>Whether a file ends as a backup does; only then it can be told what else is wrong with it.</summary>
    public static bool IsEnd(ReadOnlySpan<byte> end) =>
        BinaryPrimitives.ReadUInt32LittleEndian(end) == EndSignature
        && end.Slice(EndRecordLength, CommentStart.Length).SequenceEqual(Encoding.ASCII.GetBytes(CommentStart));

    /// <summary>Whether a file begins as a backup does: with a member or the manifest.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start)
    {
        if (start.Length < LocalLength || BinaryPrimitives.ReadUInt32LittleEndian(start) != LocalSignature)
        {
            return false;
        }

        var name = Encoding.ASCII.GetString(start[LocalLength..]);
        return name.StartsWith(ManifestName, StringComparison.Ordinal)
            || Array.Exists(BackupMember.Folders, folder => name.StartsWith($"{folder}/0", StringComparison.Ordinal));
    }

    /// <summary>Where the directory stands, as the end tells it.</summary>
    /// <param name="large">The records before the end record, where there is room for them.</param>
    /// <param name="end">The end record.</param>
    /// <returns>Offset, length, and how long what stands between the directory and the end record is.</returns>
    public static (long Offset, long Length, int Between) FindDirectory(ReadOnlySpan<byte> large, ReadOnlySpan<byte> end) =>
        large.Length == LargeEndLength && BinaryPrimitives.ReadUInt32LittleEndian(large) == LargeSignature
            && BinaryPrimitives.ReadUInt32LittleEndian(large[LargeRecordLength..]) == LocatorSignature
            ? (BinaryPrimitives.ReadInt64LittleEndian(large[48..]), BinaryPrimitives.ReadInt64LittleEndian(large[40..]), LargeEndLength)
            : (BinaryPrimitives.ReadUInt32LittleEndian(end[16..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), 0);

    /// <summary>Reads the directory.</summary>
    /// <param name="directory">Its bytes.</param>
    /// <returns>The files; null when it is none.</returns>
    public static List<ZipEntry>? ReadDirectory(ReadOnlySpan<byte> directory)
    {
        var entries = new List<ZipEntry>();
        while (directory.Length >= CentralLength && BinaryPrimitives.ReadUInt32LittleEndian(directory) == CentralSignature)
        {
            var name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var extra = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
            if (directory.Length < CentralLength + name + extra || extra is not (0 or LargeOffsetLength))
            {
                return null;
            }

            entries.Add(new ZipEntry(
                Encoding.ASCII.GetString(directory.Slice(CentralLength, name)),
                BinaryPrimitives.ReadUInt32LittleEndian(directory[16..]),
                BinaryPrimitives.ReadUInt32LittleEndian(directory[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]),
                extra == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(directory[42..]) : BinaryPrimitives.ReadInt64LittleEndian(directory[(CentralLength + name + 4)..])));
            directory = directory[(CentralLength + name + extra)..];
        }

        return directory.IsEmpty && entries.Count > 0 && entries[^1].Name == ManifestName ? entries : null;
    }

    /// <summary>Whether the seal at the end of the bytes is that of all before it.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> tail) => tail[^SealLength..].SequenceEqual(Encoding.ASCII.GetBytes(Seal(tail[..^SealLength])));

    /// <summary>The version of the format that the end names.</summary>
    /// <returns>The version; 0 when it is no number.</returns>
    public static int ReadFormat(ReadOnlySpan<byte> end) =>
        int.TryParse(end.Slice(EndRecordLength + CommentStart.Length, FormatDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var format) ? format : 0;

    private static string Seal(ReadOnlySpan<byte> all) => Convert.ToHexStringLower(SHA256.HashData(all));

    private static void WriteCentral(ArrayBufferWriter<byte> to, in ZipEntry entry, DateTime time)
    {
        var isLarge = entry.Offset >= uint.MaxValue;
        var length = CentralLength + entry.Name.Length + (isLarge ? LargeOffsetLength : 0);
        var record = to.GetSpan(length)[..length];
        record.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record, CentralSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(record[4..], Unix | Large);
        WriteShared(record[6..], entry, isLarge ? Large : Plain, time);
        BinaryPrimitives.WriteUInt16LittleEndian(record[30..], (ushort)(isLarge ? LargeOffsetLength : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(record[38..], OwnersFile);
        BinaryPrimitives.WriteUInt32LittleEndian(record[42..], isLarge ? uint.MaxValue : (uint)entry.Offset);
        Encoding.ASCII.GetBytes(entry.Name, record[CentralLength..]);
        if (isLarge)
        {
            var extra = record[(CentralLength + entry.Name.Length)..];
            BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], sizeof(long));
            BinaryPrimitives.WriteInt64LittleEndian(extra[4..], entry.Offset);
        }

        to.Advance(length);
    }

    /// <summary>Writes the 26 bytes that both headers of a file have: from the version needed to the length of what is extra.</summary>
    private static void WriteShared(Span<byte> record, in ZipEntry entry, ushort version, DateTime time)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(record, version);
        BinaryPrimitives.WriteUInt16LittleEndian(record[2..], 0);
        BinaryPrimitives.WriteUInt16LittleEndian(record[4..], Deflate);
        BinaryPrimitives.WriteUInt32LittleEndian(record[6..], ToDos(time));
        BinaryPrimitives.WriteUInt32LittleEndian(record[10..], entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(record[14..], checked((uint)entry.PackedBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record[18..], checked((uint)entry.Bytes));
        BinaryPrimitives.WriteUInt16LittleEndian(record[22..], checked((ushort)entry.Name.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(record[24..], 0);
    }

    private static void WriteEnd(ArrayBufferWriter<byte> to, int count, long offset, long length)
    {
        if (count >= ushort.MaxValue || offset >= uint.MaxValue || length >= uint.MaxValue)
        {
            WriteLargeEnd(to, count, offset, length);
        }

        var record = to.GetSpan(EndRecordLength)[..EndRecordLength];
        record.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record, EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(record[8..], (ushort)Math.Min(count, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(record[10..], (ushort)Math.Min(count, ushort.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)Math.Min(length, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(record[16..], (uint)Math.Min(offset, uint.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(record[20..], CommentLength);
        to.Advance(EndRecordLength);
    }

    private static void WriteLargeEnd(ArrayBufferWriter<byte> to, int count, long offset, long length)
    {
        var record = to.GetSpan(LargeEndLength)[..LargeEndLength];
        record.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record, LargeSignature);
        BinaryPrimitives.WriteInt64LittleEndian(record[4..], LargeRecordLength - 12);
        BinaryPrimitives.WriteUInt16LittleEndian(record[12..], Unix | Large);
        BinaryPrimitives.WriteUInt16LittleEndian(record[14..], Large);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], count);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], count);
        BinaryPrimitives.WriteInt64LittleEndian(record[40..], length);
        BinaryPrimitives.WriteInt64LittleEndian(record[48..], offset);
        var locator = record[LargeRecordLength..];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, LocatorSignature);
        BinaryPrimitives.WriteInt64LittleEndian(locator[8..], offset + length);
        BinaryPrimitives.WriteUInt32LittleEndian(locator[16..], 1);
        to.Advance(LargeEndLength);
    }

    /// <summary>Date and time as MS-DOS kept them, in UTC: two seconds are its least step, 1980 its first year.</summary>
    private static uint ToDos(DateTime time)
    {
        var year = Math.Clamp(time.Year - 1980, 0, 127);
        return (uint)((((year << 9) | (time.Month << 5) | time.Day) << 16) | (time.Hour << 11) | (time.Minute << 5) | (time.Second / 2));
    }
}
