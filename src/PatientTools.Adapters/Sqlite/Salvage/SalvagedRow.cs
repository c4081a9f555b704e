using System.Text;

namespace PatientTools.Adapters.Sqlite.Salvage;

/// <summary>A row decoded from its bytes (sqlite.org/fileformat.html#record_format). Every read is checked: the bytes may be anything.</summary>
internal sealed class SalvagedRow
{
    private const int MostColumns = 64;
    private readonly byte[] _payload;
    private readonly (long Type, int Start, int Length)[] _columns;

    private SalvagedRow(long key, byte[] payload, (long, int, int)[] columns)
    {
        Key = key;
        _payload = payload;
        _columns = columns;
    }

    /// <summary>The row's key; 0 in an index.</summary>
    public long Key { get; }

    public int Count => _columns.Length;

    /// <summary>Decodes a row.</summary>
    /// <returns>The row; null when the bytes are none.</returns>
    public static SalvagedRow? TryDecode(long key, byte[] payload)
    {
        var at = 0;
        if (!TryReadVarint(payload, ref at, out var headerBytes) || headerBytes > payload.Length || headerBytes < at)
        {
            return null;
        }

        var columns = new List<(long, int, int)>();
        var start = headerBytes;
        while (at < headerBytes)
        {
            if (!TryReadVarint(payload, ref at, out var type) || LengthOf(type) is not { } length || start + length > payload.Length || columns.Count == MostColumns)
            {
                return null;
            }

            columns.Add((type, (int)start, (int)length));
            start += length;
        }

        return at == headerBytes && start == payload.Length ? new SalvagedRow(key, payload, [.. columns]) : null;
    }

    /// <summary>Reads SQLite's variable-length integer.</summary>
    public static bool TryReadVarint(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (var i = 0; i < 9; i++)
        {
            if (at >= bytes.Length)
            {
                return false;
            }

            var b = bytes[at++];
            if (i == 8)
            {
                value = (value << 8) | b;
                return true;
            }

            value = (value << 7) | (byte)(b & 0x7F);
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsNull(int column) => _columns[column].Type == 0;

    public bool IsInteger(int column) => _columns[column].Type is (>= 1 and <= 6) or 8 or 9;

    public bool IsText(int column) => _columns[column].Type is >= 13 and var type && (type & 1) == 1;

    public bool IsBlob(int column) => _columns[column].Type is >= 12 and var type && (type & 1) == 0;

    public ReadOnlySpan<byte> Bytes(int column) => _payload.AsSpan(_columns[column].Start, _columns[column].Length);

    public string? Text(int column) => IsText(column) ? Encoding.UTF8.GetString(Bytes(column)) : null;

    public long Int64(int column)
    {
        var (type, _, length) = _columns[column];
        if (type is 8 or 9)
        {
            return type - 8;
        }

        if (!IsInteger(column))
        {
            return 0;
        }

        var bytes = Bytes(column);
        var value = (long)(sbyte)bytes[0];
        for (var i = 1; i < length; i++)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }

    private static long? LengthOf(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= 12 => (type - 12) / 2,
        _ => null,
    };
}
