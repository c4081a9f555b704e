namespace PatientTools.Storage;

/// <summary>How much a store holds.</summary>
/// <param name="Patients">Patients that are not removed.</param>
/// <param name="RemovedPatients">Patients that are removed and can be restored.</param>
/// <param name="Records">Entries of records, removed ones included.</param>
/// <param name="Versions">Kept older states of patients and of entries of records.</param>
public sealed record StoreTotals(long Patients, long RemovedPatients, long Records, long Versions);
