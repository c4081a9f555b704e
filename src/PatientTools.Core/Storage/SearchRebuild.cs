namespace PatientTools.Storage;

/// <summary>What making search entries anew did.</summary>
/// <param name="Location">The store.</param>
/// <param name="Patients">How many patients have new entries, removed ones included.</param>
/// <param name="Duration">How long it took.</param>
public sealed record SearchRebuild(string Location, long Patients, TimeSpan Duration);
