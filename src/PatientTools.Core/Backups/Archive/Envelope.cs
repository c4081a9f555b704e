using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace PatientTools.Backups.Archive;

/// <summary>What stands readable before an encrypted ZIP.</summary>
/// <param name="Header">What anybody can read of the backup.</param>
/// <param name="ChunkBytes">How long a chunk is before it is encrypted.</param>
/// <param name="Key">The key of the backup, closed in.</param>
internal sealed record Envelope(BackupHeader Header, int ChunkBytes, KeyWrap Key)
{
    /// <summary>How long chunks are made.</summary>
    public const int OwnChunkBytes = 1 << 20;

    private const string Cipher = "AES-256-GCM";
    private const int LongestHeader = 1 << 16;
    private const int PrefixLength = 12;

    /// <summary>How an encrypted backup begins.</summary>
    private static ReadOnlySpan<byte> Magic => "PTBACKUP"u8;

    /// <summary>Makes the bytes of the envelope: magic, length, JSON, and the SHA-256 of these.</summary>
    public byte[] ToBytes()
    {
        var json = ManifestJson.Write(this, Write);
        var bytes = new byte[PrefixLength + json.Length + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Magic.Length), json.Length);
        json.Span.CopyTo(bytes.AsSpan(PrefixLength));
        SHA256.HashData(bytes.AsSpan(0, PrefixLength + json.Length), bytes.AsSpan(PrefixLength + json.Length));
        return bytes;
    }

    /// <summary>Whether a file begins as an encrypted backup does.</summary>
    public static bool IsAt(ArchiveFile file)
    {
        Span<byte> start = stackalloc byte[8];
        return file.Length >= start.Length && file.TryRead(0, start) && start.SequenceEqual(Magic);
    }

    /// <summary>Reads the envelope of a file.</summary>
    /// <returns>The envelope, and its SHA-256, by which the backup is named and to which each chunk is bound.</returns>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>, also when the file does not end as it should; <c>BackupTooNew</c>.</exception>
    public static (Envelope Envelope, byte[] Hash, int Length) Read(ArchiveFile file)
    {
        var prefix = new byte[PrefixLength];
        var length = file.Length >= PrefixLength && file.TryRead(0, prefix) ? BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(Magic.Length)) : 0;
        var bytes = new byte[PrefixLength + Math.Clamp(length, 0, LongestHeader) + SHA256.HashSizeInBytes];
        if (length is <= 0 or > LongestHeader || file.Length < bytes.Length || !file.TryRead(0, bytes))
        {
            throw Damaged(file);
        }

        var hash = bytes[^SHA256.HashSizeInBytes..];
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - hash.Length)).AsSpan().SequenceEqual(hash))
        {
            throw Damaged(file);
        }

        var json = bytes.AsMemory(PrefixLength, length);
        var format = ManifestJson.ReadFormat(json);
        if (format > BackupHeader.CurrentFormat)
        {
            throw BackupErrors.TooNew(file.Path, format);
        }

        var envelope = ManifestJson.Read<Envelope>(json, Read, Write) ?? throw Damaged(file);
        EndMark.Demand(file);
        return (envelope, hash, bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, Envelope envelope)
    {
        ManifestJson.WriteHeader(json, envelope.Header);
        json.WriteString("cipher", Cipher);
        json.WriteNumber("chunkBytes", envelope.ChunkBytes);
        json.WriteStartObject("key");
        envelope.Key.Write(json);
        json.WriteEndObject();
    }

    private static Envelope Read(JsonElement json)
    {
        var chunk = json.GetProperty("chunkBytes").GetInt32();
        return chunk == OwnChunkBytes && json.GetProperty("cipher").GetString() == Cipher
            ? new Envelope(ManifestJson.ReadHeader(json), chunk, KeyWrap.Read(json.GetProperty("key")))
            : throw new FormatException();
    }

    private static PatientToolsException Damaged(ArchiveFile file) => BackupErrors.Damaged(file.Path, "its header is not as it was written");
}
