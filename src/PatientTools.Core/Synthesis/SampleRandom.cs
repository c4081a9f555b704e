namespace PatientTools.Synthesis;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014). Our own, because the sequence of <see cref="Random"/> is not promised to stay
/// the same from one version of .NET to the next.
/// </summary>
internal struct SampleRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>Starts the sequence that belongs to one purpose of one sample, independent of every other.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="number">The number of the sample.</param>
    /// <param name="stream">The purpose.</param>
    public SampleRandom(int seed, long number, SampleStream stream) =>
        _state = Mix(Mix(Mix((uint)seed + Step) ^ (ulong)number) + ((ulong)stream * Step));

    public ulong Next() => Mix(_state += Step);

    /// <summary>A whole number below the limit.</summary>
    /// <param name="limit">Above 0.</param>
    /// <returns>0 to limit − 1.</returns>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <inheritdoc cref="Below(int)"/>
    public long Below(long limit) => (long)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>A whole number of a range, both ends included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>A fraction from 0 to below 1, with 53 bits.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Whether something happens that happens so often in a thousand.</summary>
    public bool PerMille(int share) => Below(1000) < share;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What a sequence of random numbers is for: one purpose never shifts another's numbers.</summary>
internal enum SampleStream
{
    Fate = 1,
    Person,
    Record,
    Defect,
    Duplicate,
    KvnrScramble,
    Pool,
}
