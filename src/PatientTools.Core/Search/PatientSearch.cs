using System.Diagnostics;
using PatientTools.Patients;
using PatientTools.Search.Answers;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
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

    private Action<long, long>? Progress { get; init; }

    /// <summary>The same search, telling how far it is where documents have to be read one by one.</summary>
    /// <param name="progress">Told how many of how many documents were read, on the thread that searches.</param>
    /// <returns>The search.</returns>
    public PatientSearch Reporting(Action<long, long> progress) => new(_store, _time) { Progress = progress };

    /// <summary>Whether a question needs documents to be read one by one, because no index answers it.</summary>
    /// <param name="query">The question.</param>
    /// <returns>Whether it does.</returns>
    public bool ReadsDocuments(PatientQuery query) => Selector(query, QueryRecorder.None, default).ReadsDocuments;

    /// <summary>Answers a question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="window">Which part of the answer, and whether the exact total is wanted.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>
    /// The answer as of one moment: its patients are read while it is enumerated, each as it was at that moment, whatever is
    /// written meanwhile.
    /// </returns>
    public PatientAnswer Find(PatientQuery query, ResultWindow window, CancellationToken cancellation = default)
    {
        var selector = Selector(query, QueryRecorder.None, cancellation);
        if (selector.ReadsDocuments && !window.IncludeTotal && query is { Order.Count: 0, Ranking.Count: 0 })
        {
            // Each patient is handed on when its document is read: nobody waits for the last one.
            var candidates = selector.MatchIndex();
            var streamed = Windowed(ReadAsOf(selector.Verify(candidates), candidates, query, selector.Today, cancellation), window);
            return new PatientAnswer(null, streamed, candidates.Sequence);
        }

        var found = selector.Match();
        var keys = selector.Slice(found, window.Skip, window.First ?? long.MaxValue);
        return new PatientAnswer(window.IncludeTotal ? found.Matches.Count() : null, ReadAsOf(Batches(keys), found, query, selector.Today, cancellation), found.Sequence)
        {
            Keys = keys,
        };
    }

    /// <summary>Reads one page of an answer by its number.</summary>
    /// <param name="query">The question.</param>
    /// <param name="size">How many patients a page has, from 1.</param>
    /// <param name="number">The number of the page, from 1; one behind the last is empty.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The page, with the cursor to go on from it.</returns>
    public PatientPage Page(PatientQuery query, int size, long number, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var selector = Selector(query, QueryRecorder.None, cancellation);
        var found = selector.Match();
        var skip = number - 1 > long.MaxValue / size ? long.MaxValue : (number - 1) * size;
        return Page(query, found, selector.Slice(found, skip, size), size, skip, found.Matches.Count(), selector.Today, cancellation);
    }

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
    public PatientPage PageAfter(PatientQuery query, int size, string after, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var cursor = PatientCursor.Parse(after);
        cursor.CheckStore(_store.Identity);
        var selector = new PatientSelector(_store, query, cursor.Today, QueryRecorder.None, Progress, cancellation);
        var found = selector.Match(cursor.Sequence);
        var left = found.Matches.Count();
        cursor.CheckQuestion(query, left);
        // Nobody knows where the purged stood: rather somebody comes again than not at all.
        var keys = selector.SliceAfter(found, cursor.LastKey, Math.Max(cursor.Skipped - (cursor.Total - left), 0), size);
        return Page(query, found, keys, size, cursor.Skipped, cursor.Total, cursor.Today, cancellation);
    }

    /// <summary>Counts the patients of an answer, without reading one.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The exact total.</returns>
    public long Count(PatientQuery query, CancellationToken cancellation = default) =>
        Selector(query, QueryRecorder.None, cancellation).Match().Matches.Count();

    /// <summary>Tells how a question is answered, by answering it.</summary>
    /// <param name="query">The question.</param>
    /// <param name="window">Which part of the answer.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The steps.</returns>
    public PatientQueryPlan Explain(PatientQuery query, ResultWindow window, CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        var recorder = new QueryRecorder.Plan();
        var selector = Selector(query, recorder, cancellation);
        var found = selector.Match();
        selector.Slice(found, window.Skip, window.First ?? long.MaxValue);
        return new PatientQueryPlan(recorder.Steps, OrderOf(query), selector.ReadsDocuments, found.Matches.Count(), Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Counts the patients of an answer by properties.</summary>
    /// <param name="query">The question; its order does not matter.</param>
    /// <param name="groupBy">What to count by; at least one.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The groups with at least one patient, in the order of their values.</returns>
    public IReadOnlyList<PatientGroup> MeasureGroups(PatientQuery query, IReadOnlyList<GroupProperty> groupBy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(groupBy);
        ArgumentOutOfRangeException.ThrowIfZero(groupBy.Count);
        var selector = Selector(query, QueryRecorder.None, cancellation);
        return selector.Within((reader, patients) => new GroupCounter(reader, patients, selector.Today, cancellation).Count(groupBy));
    }

    /// <summary>Tells figures of the patients of an answer: how many, their ages, what is missing.</summary>
    /// <param name="query">The question; its order does not matter.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The figures.</returns>
    public PatientFigures Measure(PatientQuery query, CancellationToken cancellation = default)
    {
        var selector = Selector(query, QueryRecorder.None, cancellation);
        return selector.Within((reader, patients) => new FigureReader(reader, patients, selector.Today, cancellation).Read());
    }

    /// <summary>The most common values of a property, for completion.</summary>
    /// <param name="property">A property of text that <see cref="SearchProperty.IsGroupable"/>.</param>
    /// <param name="start">What the values begin with, without regard to case; empty for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Stops looking; what was found so far is returned.</param>
    /// <returns>Values, the most common ones first.</returns>
    public IReadOnlyList<string> CommonValues(SearchProperty property, string start, int most, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(property);
        using var reader = _store.BeginRead();
        return new CommonValues(reader, cancellation).Of(property, start, most);
    }

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

    /// <summary>A patient as it was at some moment, with its document and record.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="sequence">The moment.</param>
    /// <returns>The patient; null when it has been purged since.</returns>
    internal PatientSubject? SubjectOf(Patient patient, long sequence)
    {
        using var reader = _store.BeginRead();
        return reader.ReadState(patient.Key, sequence) is { } state ? new PatientSubject(state, () => GetRecord(patient.Key, sequence), patient.Today) : null;
    }

    /// <summary>Reads patients with their records as they were at some moment, in one short transaction.</summary>
    /// <param name="keys">Their keys, in any order.</param>
    /// <param name="sequence">The moment.</param>
    /// <returns>State and record, in the order of the keys, without those that have been purged since.</returns>
    internal IReadOnlyList<(PatientState State, IReadOnlyList<RecordState> Record)> ReadWhole(IReadOnlyList<long> keys, long sequence)
    {
        using var reader = _store.BeginRead();
        var whole = new List<(PatientState, IReadOnlyList<RecordState>)>(keys.Count);
        foreach (var key in keys)
        {
            if (reader.ReadState(key, sequence) is { } state)
            {
                whole.Add((state, reader.ReadRecord(key, sequence)));
            }
        }

        return whole;
    }

    /// <summary>Reads from one snapshot, in a short transaction.</summary>
    /// <param name="read">Reads.</param>
    internal T Within<T>(Func<IStoreReader, T> read)
    {
        using var reader = _store.BeginRead();
        return read(reader);
    }

    private IReadOnlyList<RecordState> GetRecord(long key, long sequence)
    {
        using var reader = _store.BeginRead();
        return reader.ReadRecord(key, sequence);
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

    private static string OrderOf(PatientQuery query) =>
        query.Order.Count > 0 ? string.Join(", ", query.Order.Select(order => $"{order.Property.Name} {(order.Descending ? "descending" : "ascending")}"))
        : query.Ranking.Count > 0 ? "Score descending"
        : "arrival";

    private PatientSelector Selector(PatientQuery query, QueryRecorder recorder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(_store, query, Today(), recorder, Progress, cancellation);
    }

    private PatientPage Page(
        PatientQuery query, PatientMatches found, long[] keys, int size, long skipped, long total, DateOnly today, CancellationToken cancellation)
    {
        var cursor = keys.Length > 0 && skipped + keys.Length < total
            ? new PatientCursor(_store.Identity.Epoch, found.Sequence, today, keys[^1], skipped + keys.Length, total, PatientCursor.MarkOf(query)).ToString()
            : null;
        return new PatientPage([.. ReadAsOf(Batches(keys), found, query, today, cancellation)], total, skipped, size, cursor);
    }

    /// <summary>The first batch is small, so that the first object is there at once; later ones grow.</summary>
    private static IEnumerable<Patient> Windowed(IEnumerable<Patient> patients, ResultWindow window)
    {
        var (skip, left) = (window.Skip, window.First ?? long.MaxValue);
        if (left == 0)
        {
            yield break;
        }

        foreach (var patient in patients)
        {
            if (skip > 0)
            {
                skip--;
                continue;
            }

            yield return patient;
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<long[]> Batches(long[] keys)
    {
        for (int start = 0, size = FirstBatch; start < keys.Length; start += size, size = Math.Min(size * 2, LargestBatch))
        {
            yield return keys[start..Math.Min(start + size, keys.Length)];
        }
    }

    private IEnumerable<Patient> ReadAsOf(IEnumerable<long[]> batches, PatientMatches found, PatientQuery query, DateOnly today, CancellationToken cancellation)
    {
        foreach (var keys in batches)
        {
            foreach (var patient in ReadBatch(keys, found, query, today))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return patient;
            }
        }
    }

    private IReadOnlyList<Patient> ReadBatch(ReadOnlySpan<long> keys, PatientMatches found, PatientQuery query, DateOnly today)
    {
        using var reader = _store.BeginRead();
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

/// <summary>An answer of <see cref="PatientSearch.Find"/>.</summary>
/// <param name="Total">The exact total of the whole answer; null when it was not asked for.</param>
/// <param name="Patients">The wanted part, read while it is enumerated.</param>
/// <param name="Sequence">The moment as of which the answer is.</param>
public sealed record PatientAnswer(long? Total, IEnumerable<Patient> Patients, long Sequence)
{
    /// <summary>The keys of the wanted part; null when they are known only as documents are read.</summary>
    internal IReadOnlyList<long>? Keys { get; init; }
}
