namespace PatientTools.Storage;

/// <summary>What is at a place.</summary>
public enum StorePlaceKind
{
    /// <summary>A folder with backups of the store.</summary>
    Backups = 1,

    /// <summary>The file of a store that was kept aside when a backup was restored over it.</summary>
    KeptAside,
}

/// <summary>Where copies of a store are known to be. Kept in the store, so that a purge can tell where the person still is.</summary>
/// <param name="Kind">What is there.</param>
/// <param name="Path">The full path, as the machine had it on which the copy was made.</param>
/// <param name="Epoch">The epoch of the last copy; all zeros while the first one is being made, so that a killed one is not unknown.</param>
/// <param name="Sequence">The sequence of the last copy.</param>
/// <param name="Time">When the last copy was made (UTC, milliseconds).</param>
public sealed record StorePlace(StorePlaceKind Kind, string Path, Guid Epoch, long Sequence, DateTime Time);
