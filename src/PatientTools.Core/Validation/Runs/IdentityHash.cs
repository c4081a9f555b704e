using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PatientTools.Validation.Runs;

/// <summary>
/// 64 bits over an identity. Seeded anew in each process, so that nobody can make identities that meet; two different ones
/// among ten million patients meet about once in forty thousand batches.
/// </summary>
internal static class IdentityHash
{
    /// <summary>Odd numbers with as many ones as zeros and no pattern (from wyhash, public domain).</summary>
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;

    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Hashes.</summary>
    /// <param name="kind">What it identifies.</param>
    /// <param name="system">The system; empty when there is none.</param>
    /// <param name="value">The value.</param>
    /// <returns>The hash.</returns>
    public static ulong Of(IdentityKeyKind kind, ReadOnlySpan<byte> system, ReadOnlySpan<byte> value)
    {
        // The lengths keep a system and a value apart whose bytes would run into each other.
        var hash = Mix(Seed ^ (((ulong)kind + 1) << 56) ^ ((ulong)system.Length << 28) ^ (ulong)value.Length, First);
        return Mix(Take(Take(hash, system), value), Second);
    }

    private static ulong Take(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = Mix(hash ^ word, First);
        }

        var rest = bytes[(bytes.Length & ~7)..];
        if (rest.IsEmpty)
        {
            return hash;
        }

        var last = 0UL;
        foreach (var b in rest)
        {
            last = (last << 8) | b;
        }

        return Mix(hash ^ last, Second);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        // Added rather than multiplied away, since a product with 0 forgets the other factor.
        var high = Math.BigMul(a ^ Second, b, out var low);
        return (high ^ low) + a;
    }
}
