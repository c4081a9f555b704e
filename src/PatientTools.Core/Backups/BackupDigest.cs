using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PatientTools.Backups;

/// <summary>
/// What lines say, whatever their order: the sum, modulo 2^256, of their SHA-256, and how many they are. Two ways to the same
/// lines give the same digest, and a single bit that differs gives another one.
/// </summary>
/// <param name="High">The upper half of the sum.</param>
/// <param name="Low">The lower half of the sum.</param>
/// <param name="Lines">How many lines.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BackupDigest(UInt128 High, UInt128 Low, long Lines)
{
    /// <summary>The digest of one line.</summary>
    /// <param name="line">The line, without its end.</param>
    public static BackupDigest Of(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        return new BackupDigest(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]), 1);
    }

    /// <summary>The digest of both.</summary>
    public static BackupDigest operator +(BackupDigest left, BackupDigest right)
    {
        var low = unchecked(left.Low + right.Low);
        var carry = low < left.Low ? UInt128.One : UInt128.Zero;
        return new BackupDigest(unchecked(left.High + right.High + carry), low, left.Lines + right.Lines);
    }
}

/// <summary>The digest of each kind of lines.</summary>
internal sealed class BackupDigests
{
    private readonly BackupDigest[] _digests = new BackupDigest[Enum.GetValues<BackupMemberKind>().Length + 1];

    /// <summary>The digest of a kind.</summary>
    public BackupDigest this[BackupMemberKind kind] => _digests[(int)kind];

    /// <summary>Adds lines.</summary>
    public void Add(BackupMemberKind kind, BackupDigest digest) => _digests[(int)kind] += digest;
}
