namespace PatientTools.Search.Index;

/// <summary>Numbers of variable length: seven bits a byte, low bits first, and the high bit where more follow.</summary>
internal static class SevenBitNumber
{
    /// <summary>The most bytes of a number.</summary>
    public const int Longest = 10;

    private const int MoreFollow = 0x80;
    private const int Bits = 0x7F;
    private const int BitsOfByte = 7;

    /// <summary>Writes a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="bytes">Where to; at least <see cref="Longest"/> long.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(ulong value, Span<byte> bytes)
    {
        var length = 0;
        for (; value >= MoreFollow; value >>= BitsOfByte)
        {
            bytes[length++] = (byte)(value | MoreFollow);
        }

        bytes[length++] = (byte)value;
        return length;
    }

    /// <summary>Takes a number from the front of bytes that may be damaged.</summary>
    /// <param name="bytes">The bytes; without the number afterwards.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether there is one that ends.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var length = 0; length < Math.Min(bytes.Length, Longest); length++)
        {
            value |= (ulong)(bytes[length] & Bits) << (BitsOfByte * length);
            if (bytes[length] < MoreFollow)
            {
                bytes = bytes[(length + 1)..];
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a number from the front of bytes that are whole.</summary>
    /// <param name="bytes">The bytes; without the number afterwards.</param>
    /// <returns>The number.</returns>
    public static ulong Read(ref ReadOnlySpan<byte> bytes)
    {
        var at = 1;
        var value = bytes[0] < MoreFollow ? bytes[0] : ReadLong(bytes, ref at);
        bytes = bytes[at..];
        return value;
    }

    /// <summary>Reads the rest of a number of several bytes, of which the first was read already.</summary>
    /// <param name="bytes">Bytes that are whole.</param>
    /// <param name="at">The place behind the first byte; behind the last one afterwards.</param>
    /// <returns>The number.</returns>
    public static ulong ReadLong(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = (ulong)(bytes[at - 1] & Bits);
        for (var shift = BitsOfByte; ; shift += BitsOfByte)
        {
            var next = bytes[at++];
            value |= (ulong)(next & Bits) << shift;
            if (next < MoreFollow)
            {
                return value;
            }
        }
    }
}
