using System.Buffers.Binary;
using System.IO.Compression;

namespace PatientTools.Backups.Archive;

/// <summary>
/// Content compressed with deflate at level 6. It is made as gzip (RFC 1952), which is deflate between a header of 10 bytes and a
/// trailer with CRC-32 and length, so that the same pass that compresses computes the checksum which a ZIP needs.
/// </summary>
internal sealed class PackedMember
{
    /// <summary>How many bytes stand before the compressed content.</summary>
    public const int HeaderLength = 10;

    /// <summary>How many bytes stand behind it.</summary>
    public const int TrailerLength = 8;

    /// <summary>By how much deflate shrinks at most (zlib's documentation): whatever claims to be more is a trap.</summary>
    private const long MostRatio = 1032;

    private static readonly ZLibCompressionOptions Level = new() { CompressionLevel = 6 };

    private readonly byte[] _gzip;
    private readonly int _length;

    private PackedMember(byte[] gzip, int length, long bytes)
    {
        _gzip = gzip;
        _length = length;
        Bytes = bytes;
    }

    /// <summary>How long the content is.</summary>
    public long Bytes { get; }

    /// <summary>CRC-32 of the content.</summary>
    public uint Crc => BinaryPrimitives.ReadUInt32LittleEndian(_gzip.AsSpan(_length - TrailerLength));

    /// <summary>The compressed content.</summary>
    public ReadOnlyMemory<byte> Packed => _gzip.AsMemory(HeaderLength, _length - HeaderLength - TrailerLength);

    /// <summary>Compresses content.</summary>
    public static PackedMember Pack(ReadOnlySpan<byte> content)
    {
        using var gzip = new MemoryStream((content.Length / 4) + 256);
        using (var deflate = new GZipStream(gzip, Level, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return new PackedMember(gzip.GetBuffer(), (int)gzip.Length, content.Length);
    }

    /// <summary>Whether so few bytes can hold so many.</summary>
    public static bool CanHold(long packedBytes, long bytes) => packedBytes > 0 && bytes >= 0 && bytes <= packedBytes * MostRatio;

    /// <summary>Inflates content; no more than it is declared to be.</summary>
    /// <param name="gzip">The compressed content, with room for <see cref="HeaderLength"/> bytes before and <see cref="TrailerLength"/> behind, which are overwritten.</param>
    /// <param name="bytes">How long the content is.</param>
    /// <param name="crc">CRC-32 of the content.</param>
    /// <returns>The content; null when it is not that.</returns>
    public static byte[]? Unpack(ArraySegment<byte> gzip, long bytes, uint crc)
    {
        ReadOnlySpan<byte> header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
        header.CopyTo(gzip);
        BinaryPrimitives.WriteUInt32LittleEndian(gzip.AsSpan(gzip.Count - TrailerLength), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(gzip.AsSpan(gzip.Count - TrailerLength + sizeof(uint)), (uint)bytes);
        var content = GC.AllocateUninitializedArray<byte>(checked((int)bytes));
        using var stream = new MemoryStream(gzip.Array!, gzip.Offset, gzip.Count, writable: false);
        using var inflate = new GZipStream(stream, CompressionMode.Decompress);
        try
        {
            return inflate.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && inflate.ReadByte() < 0 ? content : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
