using PatientTools.Interchange;
using PatientTools.Storage;

namespace PatientTools.Validation.Runs;

/// <summary>Patients of a store, read with their records by the worker that checks them, in one short transaction.</summary>
/// <param name="use">The operation for which is read.</param>
/// <param name="place">What to call the store.</param>
/// <param name="keys">Their keys.</param>
/// <param name="sequence">As of when.</param>
internal sealed class StoreBatch(StoreUse use, SourcePlace place, IReadOnlyList<long> keys, long sequence) : CheckBatch((long)keys.Count * PatientBytes)
{
    /// <summary>What a patient with a record of a few resources takes.</summary>
    private const int PatientBytes = 4 << 10;

    /// <inheritdoc/>
    protected override IReadOnlyList<PatientInput> Load(CancellationToken stop)
    {
        using var reader = use.BeginRead();
        var inputs = new List<PatientInput>(keys.Count);
        foreach (var key in keys)
        {
            if (reader.ReadState(key, sequence) is { } state)
            {
                inputs.Add(InputOf(place, state, reader.ReadRecord(key, sequence)));
            }
        }

        return inputs;
    }

    /// <summary>A patient of a store, as it is checked.</summary>
    internal static PatientInput InputOf(SourcePlace place, PatientState state, IReadOnlyList<RecordState> record) => new()
    {
        Place = place,
        Document = state.Document.Utf8,
        Record = record.Count == 0 ? [] : [.. record.Select(resource => resource.Json)],
        Stored = state,
    };
}
