using PatientTools.Patients;

namespace PatientTools.Storage;

/// <summary>What stays of a purged patient: the random id alone, so that no backup brings the person back unasked.</summary>
/// <param name="Id">The id the patient had.</param>
/// <param name="Sequence">The sequence of the purge.</param>
/// <param name="Time">When (UTC, milliseconds).</param>
public sealed record PurgeMark(PatientId Id, long Sequence, DateTime Time);
