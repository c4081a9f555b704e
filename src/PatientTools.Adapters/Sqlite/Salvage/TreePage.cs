using System.Buffers.Binary;

namespace PatientTools.Adapters.Sqlite.Salvage;

/// <summary>Reads the rows of single pages, whatever tree they belonged to (sqlite.org/fileformat.html#b_tree_pages).</summary>
internal sealed class TreePage(PageFile file)
{
    private const byte InteriorIndex = 0x02;
    private const byte LeafIndex = 0x0A;
    private const byte LeafTable = 0x0D;
    private readonly byte[] _page = new byte[file.PageBytes];
    private readonly byte[] _overflow = new byte[file.PageBytes];
    private int _number;

    private int Start => _number == 1 ? 100 : 0;

    public bool IsTable => _page[Start] == LeafTable;

    public bool IsIndex => _page[Start] is LeafIndex or InteriorIndex;

    /// <summary>How many rows the page says it holds; 0 when it is no page with rows.</summary>
    public int Cells => IsTable || IsIndex ? BinaryPrimitives.ReadUInt16BigEndian(_page.AsSpan(Start + 3)) : 0;

    /// <summary>Goes to a page.</summary>
    public void Load(int number)
    {
        if (_number != number)
        {
            file.Read(number, _page);
            _number = number;
        }
    }

    /// <summary>Decodes a row of the page.</summary>
    /// <returns>The row; null when its bytes, or those it continues in, are damaged.</returns>
    public SalvagedRow? TryRead(int cell)
    {
        var isInterior = _page[Start] == InteriorIndex;
        var pointer = Start + (isInterior ? 12 : 8) + (cell * 2);
        if (pointer + 2 > _page.Length)
        {
            return null;
        }

        var at = BinaryPrimitives.ReadUInt16BigEndian(_page.AsSpan(pointer)) + (isInterior ? 4 : 0);
        var key = 0L;
        return SalvagedRow.TryReadVarint(_page, ref at, out var length)
            && length is >= 2 and <= int.MaxValue
            && (!IsTable || SalvagedRow.TryReadVarint(_page, ref at, out key))
            && TryReadPayload(at, (int)length) is { } payload
            ? SalvagedRow.TryDecode(key, payload)
            : null;
    }

    private byte[]? TryReadPayload(int at, int length)
    {
        var local = LocalBytes(length);
        if (at + local > _page.Length || length > (long)file.PageCount * file.PageBytes)
        {
            return null;
        }

        var payload = new byte[length];
        _page.AsSpan(at, local).CopyTo(payload);
        if (local == length)
        {
            return payload;
        }

        if (at + local + 4 > _page.Length)
        {
            return null;
        }

        var next = BinaryPrimitives.ReadInt32BigEndian(_page.AsSpan(at + local));
        for (var rest = payload.AsSpan(local); !rest.IsEmpty;)
        {
            if (next < 2 || next > file.PageCount)
            {
                return null;
            }

            file.Read(next, _overflow);
            next = BinaryPrimitives.ReadInt32BigEndian(_overflow);
            var part = Math.Min(rest.Length, _overflow.Length - 4);
            _overflow.AsSpan(4, part).CopyTo(rest);
            rest = rest[part..];
        }

        return next == 0 ? payload : null;
    }

    /// <summary>How much of a row's bytes lie in the page itself.</summary>
    private int LocalBytes(int length)
    {
        var usable = file.PageBytes;
        var most = IsTable ? usable - 35 : ((usable - 12) * 64 / 255) - 23;
        if (length <= most)
        {
            return length;
        }

        var least = ((usable - 12) * 32 / 255) - 23;
        var local = least + ((length - least) % (usable - 4));
        return local <= most ? local : least;
    }
}
