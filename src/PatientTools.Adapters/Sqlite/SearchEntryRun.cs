using Microsoft.Win32.SafeHandles;

namespace PatientTools.Adapters.Sqlite;

/// <summary>A run of <see cref="SearchEntryRuns"/> while it is read.</summary>
/// <param name="file">The file of all runs.</param>
/// <param name="number">Which run it is.</param>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class SearchEntryRun(SafeFileHandle file, int number, long start, long end)
{
    private readonly byte[] _buffer = new byte[1 << 15];
    private byte[] _term = new byte[256];
    private long _next = start;
    private int _at;
    private int _filled;
    private int _length;

    /// <summary>By the term at which they stand; the older run first.</summary>
    public static IComparer<SearchEntryRun> Order { get; } = Comparer<SearchEntryRun>.Create(static (left, right) => left.CompareTo(right));

    public int Kind { get; private set; }

    public ReadOnlySpan<byte> Term => _term.AsSpan(0, _length);

    /// <summary>Goes to the next term, whose keys have to be read then.</summary>
    public bool MoveNext()
    {
        if (_at == _filled && _next == end)
        {
            return false;
        }

        Kind = (int)ReadNumber();
        _length = (int)ReadNumber();
        if (_length > _term.Length)
        {
            _term = new byte[_length * 2];
        }

        for (var i = 0; i < _length; i++)
        {
            _term[i] = ReadByte();
        }

        return true;
    }

    /// <summary>Adds the keys of the term.</summary>
    public void ReadKeys(List<long> keys)
    {
        var key = 0L;
        for (var left = ReadNumber(); left > 0; left--)
        {
            key += ReadNumber();
            keys.Add(key);
        }
    }

    private int CompareTo(SearchEntryRun other) =>
        Kind != other.Kind ? Kind.CompareTo(other.Kind)
        : Term.SequenceCompareTo(other.Term) is not 0 and var order ? order
        : Number.CompareTo(other.Number);

    private int Number => number;

    private long ReadNumber()
    {
        var (value, shift) = (0L, 0);
        while (true)
        {
            var next = ReadByte();
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }

            shift += 7;
        }
    }

    private byte ReadByte()
    {
        if (_at == _filled)
        {
            _filled = RandomAccess.Read(file, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - _next)), _next);
            _at = _filled > 0 ? 0 : throw new EndOfStreamException();
            _next += _filled;
        }

        return _buffer[_at++];
    }
}
