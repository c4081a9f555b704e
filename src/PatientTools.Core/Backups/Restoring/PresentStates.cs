namespace PatientTools.Backups.Restoring;

/// <summary>Which keys have their present state already: a bit each, in blocks, so that a key out of all bounds costs one block.</summary>
internal sealed class PresentStates
{
    private const int BlockBits = 12;
    private const int Words = 1 << (BlockBits - 6);
    private readonly Dictionary<long, ulong[]> _blocks = [];
    private Dictionary<long, long>? _doubtful;

    /// <summary>Whether a key has its present state.</summary>
    public bool Contains(long key) => _blocks.TryGetValue(key >> BlockBits, out var words) && (words[WordOf(key)] & BitOf(key)) != 0;

    /// <summary>Remembers that a key has its present state.</summary>
    /// <param name="key">The key.</param>
    /// <param name="version">The state's version.</param>
    public void Add(long key, long version)
    {
        if (!_blocks.TryGetValue(key >> BlockBits, out var words))
        {
            _blocks.Add(key >> BlockBits, words = new ulong[Words]);
        }

        words[WordOf(key)] |= BitOf(key);
        _doubtful?.Add(key, version);
    }

    /// <summary>Newer states were lost: what comes from now on may not be the present one, so that its version is remembered.</summary>
    public void Doubt() => _doubtful ??= [];

    /// <summary>Whether a version is not older than the state that has been taken for the present one.</summary>
    public bool IsOutrun(long key, long version) => _doubtful is not null && _doubtful.TryGetValue(key, out var present) && version >= present;

    private static int WordOf(long key) => (int)(key >> 6) & (Words - 1);

    private static ulong BitOf(long key) => 1UL << (int)(key & 63);
}
