namespace PatientTools.Validation.Runs;

/// <summary>Who had an identity first, for any number of patients in little memory. Used by one thread.</summary>
/// <remarks>
/// An identity takes 12 bytes in partitions that are between 0.71 and 0.86 full. They begin with different sizes, so that they
/// never grow together: at any time the mean is about 16 bytes an identity, and what a growth holds twice is a five
/// hundredth of all.
/// </remarks>
internal sealed class IdentityIndex
{
    private const int Partitions = 512;

    /// <summary>Of the first partition; the last one begins a growth larger.</summary>
    private const int Smallest = 16;
    private const int Spread = 4;

    private readonly IdentityPartition[] _partitions = new IdentityPartition[Partitions];

    /// <summary>Makes an empty one.</summary>
    public IdentityIndex()
    {
        for (var i = 0; i < Partitions; i++)
        {
            _partitions[i] = new IdentityPartition(Smallest + (i * Spread / Partitions));
        }
    }

    /// <summary>Finds who has an identity first, or notes who it is.</summary>
    /// <param name="hash">The identity's hash.</param>
    /// <param name="number">The number of the patient who has it now, from 1.</param>
    /// <returns>The number of the patient who has it first; 0 when nobody had it before.</returns>
    public uint FindOrAdd(ulong hash, uint number) => _partitions[hash % Partitions].FindOrAdd(hash, number);

    /// <summary>Has the processor fetch what a search will look at.</summary>
    /// <param name="hash">The identity's hash.</param>
    public void Prefetch(ulong hash) => _partitions[hash % Partitions].Prefetch(hash);
}
