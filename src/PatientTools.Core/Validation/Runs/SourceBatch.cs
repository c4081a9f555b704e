using PatientTools.Interchange;

namespace PatientTools.Validation.Runs;

/// <summary>A chunk of a file.</summary>
/// <param name="chunk">The chunk.</param>
/// <param name="keepsInput">Whether results keep the memory of the chunk.</param>
internal sealed class SourceBatch(ImportChunk chunk, bool keepsInput) : CheckBatch(chunk.Weight)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<PatientInput> Load(CancellationToken stop) => chunk.ReadInputs();

    /// <inheritdoc/>
    protected override void GiveBack()
    {
        if (!keepsInput)
        {
            chunk.GiveBack();
        }
    }
}
