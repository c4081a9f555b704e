using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>Reads the patients of an answer in short transactions, each patient as it was at the answer's moment.</summary>
/// <param name="found">Who answers.</param>
/// <param name="query">The question.</param>
/// <param name="today">The day for which ages are told.</param>
/// <param name="cancellation">Stops reading.</param>
internal sealed class AnswerReader(PatientMatches found, PatientQuery query, DateOnly today, CancellationToken cancellation)
{
    private const int FirstBatch = 64;
    private const int LargestBatch = 2048;

    /// <summary>The first batch is small, so that the first object is there at once; later ones grow.</summary>
    /// <param name="keys">The keys of the wanted part.</param>
    public static IEnumerable<long[]> Batches(long[] keys)
    {
        for (int start = 0, size = FirstBatch; start < keys.Length; start += size, size = Math.Min(size * 2, LargestBatch))
        {
            yield return keys[start..Math.Min(start + size, keys.Length)];
        }
    }

    /// <summary>A part of keys that come in batches.</summary>
    /// <param name="batches">The keys.</param>
    /// <param name="window">Which part.</param>
    public static IEnumerable<long[]> Windowed(IEnumerable<long[]> batches, ResultWindow window)
    {
        var (skip, left) = (window.Skip, window.First ?? long.MaxValue);
        if (left == 0)
        {
            yield break;
        }

        foreach (var keys in batches)
        {
            var start = (int)Math.Min(skip, keys.Length);
            var count = (int)Math.Min(left, keys.Length - start);
            (skip, left) = (skip - start, left - count);
            yield return keys[start..(start + count)];
            if (left == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Reads patients and tells the event of each that is handed on.</summary>
    /// <param name="use">The operation for which is read.</param>
    /// <param name="batches">Their keys.</param>
    /// <returns>The patients, read while they are enumerated.</returns>
    public IEnumerable<Patient> Read(StoreUse use, IEnumerable<long[]> batches)
    {
        foreach (var patients in use.Watch(batches.Select(keys => ReadBatch(use, keys))))
        {
            foreach (var patient in patients)
            {
                if (cancellation.IsCancellationRequested)
                {
                    use.Tell(new OperationCanceledException(cancellation));
                    cancellation.ThrowIfCancellationRequested();
                }

                use.Event.Saw(patient.Id);
                yield return patient;
            }
        }
    }

    private IReadOnlyList<Patient> ReadBatch(StoreUse use, long[] keys)
    {
        using var reader = use.BeginRead();
        var patients = reader.ReadPatients(keys, found.Sequence, today);
        if (found.Resemblance is { } resemblance)
        {
            foreach (var patient in patients)
            {
                patient.Score = resemblance(patient.Key);
                patient.Matched = reader.ReadState(patient.Key, found.Sequence) is { } state
                    ? Resemblance.MatchesOf(new PatientSubject(state, () => [], today), query.Ranking)
                    : null;
            }
        }

        return patients;
    }
}
