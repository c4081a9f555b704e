using System.Diagnostics;
using PatientTools.Accounts;
using PatientTools.Patients;
using PatientTools.Search.Answers;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Search;

/// <summary>Finds and reads patients. No transaction stays open while the caller works through an answer.</summary>
public sealed class PatientSearch
{
    private readonly StoreAccess _access;

    internal PatientSearch(StoreAccess access) => _access = access;

    private Action<long, long>? Progress { get; init; }

    /// <summary>For which operation all is done; null when each member is one of its own.</summary>
    private StoreOperation? Operation { get; init; }

    /// <summary>The same search, telling how far it is where documents have to be read one by one.</summary>
    /// <param name="progress">Told how many of how many documents were read, on the thread that searches.</param>
    /// <returns>The search.</returns>
    public PatientSearch Reporting(Action<long, long> progress) => new(_access) { Progress = progress, Operation = Operation };

    /// <summary>Whether a question needs documents to be read one by one, because no index answers it.</summary>
    /// <param name="query">The question.</param>
    /// <returns>Whether it does.</returns>
    public bool ReadsDocuments(PatientQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return PatientSelector.WouldReadDocuments(query, Today());
    }

    /// <summary>Answers a question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="window">Which part of the answer, and whether the exact total is wanted.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>
    /// The answer as of one moment: its patients are read while it is enumerated, each as it was at that moment, whatever is
    /// written meanwhile.
    /// </returns>
    [Requires(StoreOperation.SearchPatients)]
    public PatientAnswer Find(PatientQuery query, ResultWindow window, CancellationToken cancellation = default) => Run(StoreOperation.SearchPatients, use =>
    {
        var selector = Selector(use, query, QueryRecorder.None, cancellation);
        if (selector.ReadsDocuments && !window.IncludeTotal && query is { Order.Count: 0, Ranking.Count: 0 })
        {
            // Each patient is handed on when its document is read: nobody waits for the last one.
            var candidates = selector.MatchIndex();
            return Answer(use, new(null, candidates, QueryShape.Of(query)), query, selector.Today, reading =>
                AnswerReader.Windowed(new PatientSelector(reading, query, selector.Today, QueryRecorder.None, Progress, cancellation).Verify(candidates), window), cancellation);
        }

        var found = selector.Match();
        var keys = selector.Slice(found, window.Skip, window.First ?? long.MaxValue);
        var count = found.Matches.Count();
        return Answer(use, new(window.IncludeTotal ? count : null, found, QueryShape.Of(query, count)), query, selector.Today, _ => AnswerReader.Batches(keys), cancellation);
    });

    /// <summary>Reads one page of an answer by its number.</summary>
    /// <param name="query">The question.</param>
    /// <param name="size">How many patients a page has, from 1.</param>
    /// <param name="number">The number of the page, from 1; one behind the last is empty.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The page, with the cursor to go on from it.</returns>
    [Requires(StoreOperation.SearchPatients)]
    public PatientPage Page(PatientQuery query, int size, long number, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return Run(StoreOperation.SearchPatients, use =>
        {
            var selector = Selector(use, query, QueryRecorder.None, cancellation);
            var found = selector.Match();
            var skip = number - 1 > long.MaxValue / size ? long.MaxValue : (number - 1) * size;
            return Page(use, query, found, selector.Slice(found, skip, size), size, skip, found.Matches.Count(), selector.Today, cancellation);
        });
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
    [Requires(StoreOperation.SearchPatients)]
    public PatientPage PageAfter(PatientQuery query, int size, string after, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Run(StoreOperation.SearchPatients, use =>
        {
            var cursor = PatientCursor.Parse(after);
            cursor.CheckStore(Identity);
            var selector = new PatientSelector(use, query, cursor.Today, QueryRecorder.None, Progress, cancellation);
            var found = selector.Match(cursor.Sequence);
            var left = found.Matches.Count();
            cursor.CheckQuestion(query, left);
            // Nobody knows where the purged stood: rather somebody comes again than not at all.
            var keys = selector.SliceAfter(found, cursor.LastKey, Math.Max(cursor.Skipped - (cursor.Total - left), 0), size);
            return Page(use, query, found, keys, size, cursor.Skipped, cursor.Total, cursor.Today, cancellation);
        });
    }

    /// <summary>Counts the patients of an answer, without reading one.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The exact total.</returns>
    [Requires(StoreOperation.SearchPatients)]
    public long Count(PatientQuery query, CancellationToken cancellation = default) => Run(StoreOperation.SearchPatients, use =>
    {
        var count = Selector(use, query, QueryRecorder.None, cancellation).Match().Matches.Count();
        use.Event.Describe(QueryShape.Of(query, count));
        return count;
    });

    /// <summary>Tells how a question is answered, by answering it.</summary>
    /// <param name="query">The question.</param>
    /// <param name="window">Which part of the answer.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The steps.</returns>
    [Requires(StoreOperation.SearchPatients)]
    public PatientQueryPlan Explain(PatientQuery query, ResultWindow window, CancellationToken cancellation = default) => Run(StoreOperation.SearchPatients, use =>
    {
        var started = Stopwatch.GetTimestamp();
        var recorder = new QueryRecorder.Plan();
        var selector = Selector(use, query, recorder, cancellation);
        var found = selector.Match();
        selector.Slice(found, window.Skip, window.First ?? long.MaxValue);
        var count = found.Matches.Count();
        use.Event.Describe(QueryShape.Of(query, count));
        return new PatientQueryPlan(recorder.Steps, OrderOf(query), selector.ReadsDocuments, count, Stopwatch.GetElapsedTime(started));
    });

    /// <summary>Counts the patients of an answer by properties.</summary>
    /// <param name="query">The question; its order does not matter.</param>
    /// <param name="groupBy">What to count by; at least one.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The groups with at least one patient, in the order of their values.</returns>
    [Requires(StoreOperation.SearchPatients)]
    public IReadOnlyList<PatientGroup> MeasureGroups(PatientQuery query, IReadOnlyList<GroupProperty> groupBy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(groupBy);
        ArgumentOutOfRangeException.ThrowIfZero(groupBy.Count);
        return Run(StoreOperation.SearchPatients, use =>
        {
            var selector = Selector(use, query, QueryRecorder.None, cancellation);
            return selector.Within((reader, patients) =>
            {
                use.Event.Describe(QueryShape.Of(query, patients.Count(), $"grouped by {string.Join(", ", groupBy.Select(property => property.Name))}"));
                return new GroupCounter(reader, patients, selector.Today, cancellation).Count(groupBy);
            });
        });
    }

    /// <summary>Tells figures of the patients of an answer: how many, their ages, what is missing.</summary>
    /// <param name="query">The question; its order does not matter.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The figures.</returns>
    [Requires(StoreOperation.SearchPatients)]
    public PatientFigures Measure(PatientQuery query, CancellationToken cancellation = default) => Run(StoreOperation.SearchPatients, use =>
    {
        var selector = Selector(use, query, QueryRecorder.None, cancellation);
        return selector.Within((reader, patients) =>
        {
            use.Event.Describe(QueryShape.Of(query, patients.Count()));
            return new FigureReader(reader, patients, selector.Today, cancellation).Read();
        });
    });

    /// <summary>The most common values of a property, for completion.</summary>
    /// <param name="property">A property of text that <see cref="SearchProperty.IsGroupable"/>.</param>
    /// <param name="start">What the values begin with, without regard to case; empty for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Stops looking; what was found so far is returned.</param>
    /// <returns>Values, the most common ones first.</returns>
    [Requires(StoreOperation.SearchPatients)]
    public IReadOnlyList<string> CommonValues(SearchProperty property, string start, int most, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(property);
        return Run(StoreOperation.SearchPatients, use =>
        {
            using var reader = use.BeginRead();
            var values = new CommonValues(reader, cancellation).Of(property, start, most);
            use.Event.Describe($"common values of {QueryShape.Of(property)}");
            return values;
        });
    }

    /// <summary>Reads one patient, removed or not.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The patient, or null when the store has none of that id.</returns>
    [Requires(StoreOperation.ReadPatient)]
    public Patient? Get(PatientId id) => Run(StoreOperation.ReadPatient, use => Handed(use, id, Get(use, id)));

    /// <summary>Reads the whole present state of a patient, removed or not.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The state, or null when the store has none of that id.</returns>
    [Requires(StoreOperation.ReadPatient)]
    public PatientState? GetState(PatientId id) => Run(StoreOperation.ReadPatient, use => Handed(use, id, GetState(use, id)));

    /// <summary>Reads all versions of a patient, oldest first.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The versions; empty when the store has no patient of that id.</returns>
    [Requires(StoreOperation.ReadPatient)]
    public IReadOnlyList<PatientState> GetVersions(PatientId id) => Run(StoreOperation.ReadPatient, use => Handed(use, id, GetVersions(use, id)) ?? []);

    /// <summary>Reads the record of a patient.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>Its present entries in the order they came; empty when the store has no patient of that id.</returns>
    [Requires(StoreOperation.ReadPatient)]
    public IReadOnlyList<RecordState> GetRecord(PatientId id) => Run(StoreOperation.ReadPatient, use => Handed(use, id, GetRecord(use, id)) ?? []);

    /// <summary>Today, for the ages of one call.</summary>
    /// <returns>The day by the local clock.</returns>
    public DateOnly Today() => DateOnly.FromDateTime(_access.Session.Options.Time.GetLocalNow().DateTime);

    /// <summary>The same search, as a part of another operation: what is permitted and logged is that one.</summary>
    /// <param name="operation">The operation.</param>
    internal PatientSearch As(StoreOperation operation) => new(_access) { Progress = Progress, Operation = operation };

    /// <summary>Does something for an operation; an exception that leaves it is told in its event.</summary>
    /// <param name="operation">The operation, unless all is part of another one.</param>
    /// <param name="work">What to do.</param>
    internal T Run<T>(StoreOperation operation, Func<StoreUse, T> work) => _access.Run(Operation ?? operation, work);

    /// <summary>Reads one patient; who hands it on tells the event.</summary>
    internal Patient? Get(StoreUse use, PatientId id)
    {
        using var reader = use.BeginRead();
        return reader.FindKey(id) is { } key && reader.ReadPatients([key], null, Today()) is [var patient] ? patient : null;
    }

    /// <summary>Reads the whole present state of a patient; who hands it on tells the event.</summary>
    internal static PatientState? GetState(StoreUse use, PatientId id)
    {
        using var reader = use.BeginRead();
        return reader.FindKey(id) is { } key ? reader.ReadState(key) : null;
    }

    /// <summary>Reads all versions of a patient; who hands them on tells the event.</summary>
    internal static IReadOnlyList<PatientState>? GetVersions(StoreUse use, PatientId id)
    {
        using var reader = use.BeginRead();
        return reader.FindKey(id) is { } key ? reader.ReadVersions(key) : null;
    }

    /// <summary>Reads the record of a patient; who hands it on tells the event.</summary>
    internal static IReadOnlyList<RecordState>? GetRecord(StoreUse use, PatientId id)
    {
        using var reader = use.BeginRead();
        return reader.FindKey(id) is { } key ? [.. reader.ReadRecord(key)] : null;
    }

    /// <summary>Reads who answers a question, while they are enumerated, and tells the event.</summary>
    internal IEnumerable<Patient> ReadAll(StoreUse use, PatientQuery query, CancellationToken cancellation)
    {
        var selector = Selector(use, query, QueryRecorder.None, cancellation);
        var found = selector.Match();
        use.Event.Describe(QueryShape.Of(query, found.Matches.Count()));
        return new AnswerReader(found, query, selector.Today, cancellation).Read(use, AnswerReader.Batches(selector.Slice(found, 0, long.MaxValue)));
    }

    /// <summary>Reads all who answer a question, from one snapshot; who hands them on tells the event.</summary>
    internal IReadOnlyList<Patient> GetAll(StoreUse use, PatientQuery query) =>
        Selector(use, query, QueryRecorder.None, default).Within((reader, patients) => patients.IsEmpty ? [] : reader.ReadPatients(patients.ToArray(), null, Today()));

    /// <summary>A patient as it was at some moment, with its document and record.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="sequence">The moment.</param>
    /// <returns>The patient; null when it has been purged since.</returns>
    internal PatientSubject? SubjectOf(Patient patient, long sequence) => Run(StoreOperation.SearchPatients, use =>
    {
        using var reader = use.BeginRead();
        if (reader.ReadState(patient.Key, sequence) is not { } state)
        {
            return null;
        }

        if (use.IsWholeEvent)
        {
            // In a call the search that found the patient has told of it.
            use.Event.Saw(patient.Id);
        }

        return new PatientSubject(state, () => RecordOf(patient, sequence), patient.Today);
    });

    private IReadOnlyList<RecordState> RecordOf(Patient patient, long sequence) => Run(StoreOperation.SearchPatients, use => use.Read(reader => reader.ReadRecord(patient.Key, sequence)));

    private static T? Handed<T>(StoreUse use, PatientId id, T? found)
        where T : class
    {
        if (found is not null)
        {
            use.Event.Saw(id);
        }

        return found;
    }

    private StoreIdentity Identity => _access.Session.Store.Identity;

    private static string OrderOf(PatientQuery query) =>
        query.Order.Count > 0 ? string.Join(", ", query.Order.Select(order => $"{order.Property.Name} {(order.Descending ? "descending" : "ascending")}"))
        : query.Ranking.Count > 0 ? "Score descending"
        : "arrival";

    private PatientSelector Selector(StoreUse use, PatientQuery query, QueryRecorder recorder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(use, query, Today(), recorder, Progress, cancellation);
    }

    /// <summary>
    /// An answer whose patients are read later: in a call they belong to the event of the search, else each enumeration has
    /// an event of its own, since nobody knows whether there will be one.
    /// </summary>
    private PatientAnswer Answer(
        StoreUse use, FoundPatients found, PatientQuery query, DateOnly today, Func<StoreUse, IEnumerable<long[]>> keys, CancellationToken cancellation)
    {
        use.Event.Describe(found.Shape);
        return new PatientAnswer(found.Total, Patients(), found.Matches.Sequence) { KeysOf = keys, Shape = found.Shape };

        IEnumerable<Patient> Patients()
        {
            using var reading = _access.Begin(Operation ?? StoreOperation.SearchPatients);
            if (reading.IsWholeEvent)
            {
                reading.Event.Describe(found.Shape);
            }

            foreach (var patient in new AnswerReader(found.Matches, query, today, cancellation).Read(reading, keys(reading)))
            {
                yield return patient;
            }
        }
    }

    private PatientPage Page(
        StoreUse use, PatientQuery query, PatientMatches found, long[] keys, int size, long skipped, long total, DateOnly today, CancellationToken cancellation)
    {
        use.Event.Describe(QueryShape.Of(query, total));
        var cursor = keys.Length > 0 && skipped + keys.Length < total
            ? new PatientCursor(Identity.Epoch, found.Sequence, today, keys[^1], skipped + keys.Length, total, PatientCursor.MarkOf(query)).ToString()
            : null;
        return new PatientPage([.. new AnswerReader(found, query, today, cancellation).Read(use, AnswerReader.Batches(keys))], total, skipped, size, cursor);
    }

    /// <summary>What a search found.</summary>
    /// <param name="Total">The total, when it is wanted.</param>
    /// <param name="Matches">Who answers.</param>
    /// <param name="Shape">What the trail tells of it.</param>
    private sealed record FoundPatients(long? Total, PatientMatches Matches, string Shape);
}

/// <summary>An answer of <see cref="PatientSearch.Find"/>.</summary>
/// <param name="Total">The exact total of the whole answer; null when it was not asked for.</param>
/// <param name="Patients">The wanted part, read while it is enumerated.</param>
/// <param name="Sequence">The moment as of which the answer is.</param>
public sealed record PatientAnswer(long? Total, IEnumerable<Patient> Patients, long Sequence)
{
    /// <summary>The keys of the wanted part, for whoever reads the patients itself; they may be found only as documents are read.</summary>
    internal Func<StoreUse, IEnumerable<long[]>>? KeysOf { get; init; }

    /// <summary>What the trail tells of the question.</summary>
    internal string? Shape { get; init; }
}
