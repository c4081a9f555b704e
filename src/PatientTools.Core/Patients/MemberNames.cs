namespace PatientTools.Patients;

/// <summary>
/// The member names seen in each open object. Few objects have more than a dozen, so a row of numbers is quickest; large ones
/// get a set, so that a hostile object costs no more than its length.
/// </summary>
internal sealed class MemberNames
{
    private const int Large = 64;

    private readonly Dictionary<int, HashSet<ulong>> _large = [];
    private ulong[] _names = new ulong[128];
    private int[] _starts = new int[32];
    private int _count;
    private int _depth;

    /// <summary>Begins an object.</summary>
    public void Enter()
    {
        if (_depth == _starts.Length)
        {
            Array.Resize(ref _starts, _depth * 2);
        }

        _starts[_depth++] = _count;
    }

    /// <summary>Ends the object begun last.</summary>
    public void Leave()
    {
        if (_count - _starts[_depth - 1] > Large)
        {
            _large.Remove(_depth);
        }

        _count = _starts[--_depth];
    }

    /// <summary>Adds a name to the object begun last.</summary>
    /// <param name="name">The name in UTF-8, escapes resolved.</param>
    /// <returns>Whether it is new there.</returns>
    public bool Add(ReadOnlySpan<byte> name)
    {
        var number = Hash(name);
        var start = _starts[_depth - 1];
        if (_count - start > Large)
        {
            return SetOf(start).Add(number);
        }

        if (_names.AsSpan(start, _count - start).Contains(number))
        {
            return false;
        }

        if (_count == _names.Length)
        {
            Array.Resize(ref _names, _count * 2);
        }

        _names[_count++] = number;
        return true;
    }

    private HashSet<ulong> SetOf(int start)
    {
        if (!_large.TryGetValue(_depth, out var set))
        {
            _large[_depth] = set = [.. _names.AsSpan(start, _count - start)];
        }

        return set;
    }

    /// <summary>64 bits with a multiplier of good spread: two different names of one object meet once in about 10^17 objects.</summary>
    /// <param name="name">The name in UTF-8, escapes resolved.</param>
    /// <returns>The number, at least 2^63.</returns>
    public static ulong Hash(ReadOnlySpan<byte> name)
    {
        var hash = 0xCBF29CE484222325UL ^ ((ulong)name.Length << 32);
        foreach (var b in name)
        {
            hash = (hash ^ b) * 0x100000001B3UL;
        }

        return hash | (1UL << 63);
    }
}
