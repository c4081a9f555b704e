using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Search;

/// <summary>Finds and reads patients. No transaction stays open while the caller works through an answer.</summary>
public sealed class PatientSearch
{
    private const int FirstBatch = 64;
    private const int LargestBatch = 2048;
    private readonly IPatientStore _store;
    private readonly TimeProvider _time;

    internal PatientSearch(IPatientStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>Answers a question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="window">Which part of the answer, and whether the exact total is wanted.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>
    /// The answer as of one moment: its patients are read while it is enumerated, each as it was at that moment, whatever is
    /// written meanwhile.
    /// </returns>
    public PatientAnswer Find(PatientQuery query, ResultWindow window, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Reads one page of an answer by its number.</summary>
    /// <param name="query">The question.</param>
    /// <param name="size">How many patients a page has, from 1.</param>
    /// <param name="number">The number of the page, from 1; one behind the last is empty.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The page, with the cursor to go on from it.</returns>
    public PatientPage Page(PatientQuery query, int size, long number, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Reads the page behind a cursor, as of the same moment as the page that gave the cursor.</summary>
    /// <param name="query">The same question again.</param>
    /// <param name="size">How many patients a page has, from 1.</param>
    /// <param name="after">The cursor.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The page.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>CursorInvalid</c>: not a cursor. <c>CursorOfOtherSearch</c>: the question is another one. <c>CursorExpired</c>: the store has been
    /// restored or copied since.
    /// </exception>
    public PatientPage PageAfter(PatientQuery query, int size, string after, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Counts the patients of an answer, without reading one.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The exact total.</returns>
    public long Count(PatientQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Tells how a question is answered, by answering it.</summary>
    /// <param name="query">The question.</param>
    /// <param name="window">Which part of the answer.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The steps.</returns>
    public PatientQueryPlan Explain(PatientQuery query, ResultWindow window, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Counts the patients of an answer by properties.</summary>
    /// <param name="query">The question; its order does not matter.</param>
    /// <param name="groupBy">What to count by; at least one.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The groups with at least one patient, in the order of their values.</returns>
    public IReadOnlyList<PatientGroup> MeasureGroups(PatientQuery query, IReadOnlyList<GroupProperty> groupBy, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Tells figures of the patients of an answer: how many, their ages, what is missing.</summary>
    /// <param name="query">The question; its order does not matter.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The figures.</returns>
    public PatientFigures Measure(PatientQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>The most common values of a property, for completion.</summary>
    /// <param name="property">A property of text that <see cref="SearchProperty.IsGroupable"/>.</param>
    /// <param name="start">What the values begin with, without regard to case; empty for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Stops looking; what was found so far is returned.</param>
    /// <returns>Values, the most common ones first.</returns>
    public IReadOnlyList<string> CommonValues(SearchProperty property, string start, int most, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Reads one patient, removed or not.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The patient, or null when the store has none of that id.</returns>
    public Patient? Get(PatientId id)
    {
        using var reader = _store.BeginRead();
        return reader.FindKey(id) is { } key && reader.ReadPatients([key], null, Today()) is [var patient] ? patient : null;
    }

    /// <summary>Reads the whole present state of a patient, removed or not.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The state, or null when the store has none of that id.</returns>
    public PatientState? GetState(PatientId id)
    {
        using var reader = _store.BeginRead();
        return reader.FindKey(id) is { } key ? reader.ReadState(key) : null;
    }

    /// <summary>Reads all versions of a patient, oldest first.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The versions; empty when the store has no patient of that id.</returns>
    public IReadOnlyList<PatientState> GetVersions(PatientId id)
    {
        using var reader = _store.BeginRead();
        return reader.FindKey(id) is { } key ? reader.ReadVersions(key) : [];
    }

    /// <summary>Reads the record of a patient.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>Its present entries in the order they came; empty when the store has no patient of that id.</returns>
    public IReadOnlyList<RecordState> GetRecord(PatientId id)
    {
        using var reader = _store.BeginRead();
        return reader.FindKey(id) is { } key ? [.. reader.ReadRecord(key)] : [];
    }

    /// <summary>Today, for the ages of one call.</summary>
    /// <returns>The day by the local clock.</returns>
    public DateOnly Today() => DateOnly.FromDateTime(_time.GetLocalNow().DateTime);

    /// <summary>Reads whole states in key order, in short transactions, for work over the whole store.</summary>
    /// <param name="includeRemoved">Whether removed patients are read too.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The states.</returns>
    internal IEnumerable<PatientState> ReadAllStates(bool includeRemoved, CancellationToken cancellation)
    {
        var after = 0L;
        while (ReadStates(after) is { Count: > 0 } batch)
        {
            foreach (var state in batch)
            {
                cancellation.ThrowIfCancellationRequested();
                if (includeRemoved || !state.Stamp.IsRemoved)
                {
                    yield return state;
                }
            }

            after = batch[^1].Stamp.Key;
        }
    }

    private IReadOnlyList<PatientState> ReadStates(long after)
    {
        using var reader = _store.BeginRead();
        return reader.ReadStates(after, LargestBatch);
    }

    /// <summary>The first batch is small, so that the first object is there at once; later ones grow.</summary>
    private IEnumerable<Patient> ReadAsOf(IReadOnlyList<long> keys, long sequence, CancellationToken cancellation)
    {
        var today = Today();
        var all = keys as long[] ?? [.. keys];
        for (int start = 0, size = FirstBatch; start < all.Length; start += size, size = Math.Min(size * 2, LargestBatch))
        {
            foreach (var patient in ReadBatch(all.AsSpan(start, Math.Min(size, all.Length - start)), sequence, today))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return patient;
            }
        }
    }

    private IReadOnlyList<Patient> ReadBatch(ReadOnlySpan<long> keys, long sequence, DateOnly today)
    {
        using var reader = _store.BeginRead();
        return reader.ReadPatients(keys, sequence, today);
    }
}

/// <summary>An answer of <see cref="PatientSearch.Find"/>.</summary>
/// <param name="Total">The exact total of the whole answer; null when it was not asked for.</param>
/// <param name="Patients">The wanted part, read while it is enumerated.</param>
public sealed record PatientAnswer(long? Total, IEnumerable<Patient> Patients);
