using PatientTools.Interchange;
using PatientTools.Storage;

namespace PatientTools.Validation.Runs;

/// <summary>Patients of a store, read with their records by the worker that checks them, in one short transaction.</summary>
/// <param name="session">The store.</param>
/// <param name="keys">Their keys.</param>
/// <param name="sequence">As of when.</param>
internal sealed class StoreBatch(PatientStoreSession session, IReadOnlyList<long> keys, long sequence) : CheckBatch((long)keys.Count * PatientBytes)
{
    /// <summary>What a patient with a record of a few resources takes.</summary>
    private const int PatientBytes = 4 << 10;

    /// <inheritdoc/>
    protected override IReadOnlyList<PatientInput> Load(CancellationToken stop)
    {
        var place = new SourcePlace(session.Location);
        var whole = session.Search().ReadWhole(keys, sequence);
        var inputs = new PatientInput[whole.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (state, record) = whole[i];
            inputs[i] = new PatientInput
            {
                Place = place,
                Document = state.Document.Utf8,
                Record = record.Count == 0 ? [] : [.. record.Select(resource => resource.Json)],
                Stored = state,
            };
        }

        return inputs;
    }
}
