namespace PatientTools.Validation.Runs;

/// <summary>Patients that are in memory.</summary>
/// <param name="patients">The patients; not to be changed any more.</param>
/// <param name="weight">The memory they hold, in bytes.</param>
internal sealed class InputBatch(IReadOnlyList<PatientInput> patients, long weight) : CheckBatch(weight)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<PatientInput> Load(CancellationToken stop) => patients;
}
