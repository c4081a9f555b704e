using PatientTools.Backups;
using PatientTools.Patients;

namespace PatientTools.Output;

/// <summary>A patient that was purged from a store.</summary>
/// <param name="Id">Who it was.</param>
/// <param name="HeldBy">Backups and stores kept aside that still hold the patient, or may.</param>
public sealed record PatientPurge(PatientId Id, IReadOnlyList<BackupHolding> HeldBy);
