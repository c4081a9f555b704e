using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>Who answers a question, as of one moment.</summary>
/// <param name="Sequence">The moment.</param>
/// <param name="Matches">The keys of all who answer.</param>
/// <param name="Resemblance">How well they fit; null when nobody asked.</param>
internal sealed record PatientMatches(long Sequence, KeySet Matches, Func<long, double>? Resemblance);

/// <summary>Answers questions: who, how many, and in which order.</summary>
/// <param name="use">The operation for which is searched.</param>
/// <param name="query">The question.</param>
/// <param name="today">The day for which ages are told.</param>
/// <param name="recorder">Writes down what is done.</param>
/// <param name="progress">Told how many of how many documents were read, where documents have to be read.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class PatientSelector(
    StoreUse use, PatientQuery query, DateOnly today, QueryRecorder recorder, Action<long, long>? progress, CancellationToken cancellation)
{
    private const int FirstBatch = 64;
    private const int Batch = 512;
    private readonly IndexQuery _indexQuery = query.Where.ToIndexQuery(today);

    /// <summary>The day for which ages are told.</summary>
    public DateOnly Today => today;

    /// <summary>Whether documents have to be read because no index answers.</summary>
    public bool ReadsDocuments => !IndexEvaluator.IsExact(_indexQuery);

    /// <summary>Whether documents would have to be read for a question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="today">The day for which ages are told.</param>
    public static bool WouldReadDocuments(PatientQuery query, DateOnly today) => !IndexEvaluator.IsExact(query.Where.ToIndexQuery(today));

    /// <summary>Who answers now.</summary>
    public PatientMatches Match() => Match(null);

    /// <summary>Who may answer now, as the index has it.</summary>
    public PatientMatches MatchIndex()
    {
        using var reader = use.BeginRead();
        return MatchIndex(reader, reader.Sequence);
    }

    /// <summary>Those who do answer among those who may, in the order of arrival, as documents are read.</summary>
    /// <param name="candidates">Who may answer.</param>
    public IEnumerable<long[]> Verify(PatientMatches candidates) => VerifiedBatches(candidates.Matches, candidates.Sequence);

    /// <summary>Who answered at a moment.</summary>
    /// <param name="asOf">The sequence; null for now.</param>
    public PatientMatches Match(long? asOf)
    {
        PatientMatches found;
        using (var reader = use.BeginRead())
        {
            found = MatchIndex(reader, asOf ?? reader.Sequence);
        }

        return ReadsDocuments ? found with { Matches = Verified(found.Matches, found.Sequence) } : found;
    }

    /// <summary>Does something with those who answer now, in the snapshot in which they do.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">Receives the snapshot and the patients.</param>
    public T Within<T>(Func<IStoreReader, KeySet, T> work)
    {
        using var reader = use.BeginRead();
        var found = MatchIndex(reader, reader.Sequence);
        return work(reader, ReadsDocuments ? Verified(found.Matches, found.Sequence) : found.Matches);
    }

    /// <summary>A part of an answer, in order.</summary>
    /// <param name="found">Who answers.</param>
    /// <param name="skip">How many to leave out in front.</param>
    /// <param name="most">How many at most.</param>
    public long[] Slice(PatientMatches found, long skip, long most)
    {
        if (query.Order.Count > 0)
        {
            return Walk(found, after: null, skip, most);
        }

        return found.Resemblance is { } resemblance ? [.. Ranked(found.Matches, resemblance).Skip((int)Math.Min(skip, int.MaxValue)).Take((int)Math.Min(most, int.MaxValue))]
            : found.Matches.Slice(skip, most);
    }

    /// <summary>The part of an answer that follows upon a patient.</summary>
    /// <param name="found">Who answers.</param>
    /// <param name="lastKey">The patient.</param>
    /// <param name="skipped">How many to leave out in front when the patient is purged and the order does not tell where it stood.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="PatientToolsException"><c>CursorOfOtherSearch</c> when the patient is not in the answer.</exception>
    public long[] SliceAfter(PatientMatches found, long lastKey, long skipped, int most)
    {
        using var reader = use.BeginRead();
        var isByArrival = query.Order.Count == 0 && found.Resemblance is null;
        if (reader.ReadState(lastKey, found.Sequence) is not { } last)
        {
            return Slice(found, isByArrival ? found.Matches.CountUpTo(lastKey) : skipped, most);
        }

        if (!found.Matches.Contains(lastKey))
        {
            throw PatientCursor.OfOtherSearch();
        }

        return isByArrival ? found.Matches.Slice(found.Matches.CountUpTo(lastKey), most)
            : query.Order.Count > 0 ? Walk(reader, found, SortTerms.PositionOf(last, query.Order, today), 0, most)
            : [.. Ranked(found.Matches, found.Resemblance!).SkipWhile(key => key != lastKey).Skip(1).Take(most)];
    }

    private static IEnumerable<long> Ranked(KeySet matches, Func<long, double> resemblance)
    {
        var keys = matches.ToArray();
        var scores = Array.ConvertAll(keys, key => -resemblance(key));
        // Keys ascend already; a stable order keeps those of arrival among equals.
        return keys.Select((key, index) => (Key: key, Score: scores[index])).OrderBy(one => one.Score).Select(one => one.Key);
    }

    /// <summary>Who was written after the moment is asked one by one, for its state at the moment; the index tells the others.</summary>
    private PatientMatches MatchIndex(IStoreReader reader, long asOf)
    {
        var matches = new IndexEvaluator(reader, recorder, cancellation).Answer(_indexQuery, query.IncludeRemoved);
        Resemblance? resemblance = null;
        if (query.Ranking.Count > 0)
        {
            resemblance = Resemblance.Read(reader, query.Ranking, recorder, today, out var alike, cancellation);
            matches.IntersectWith(alike);
        }

        var scores = resemblance is null ? null : new Func<long, double>(key => resemblance[key]);
        if (asOf == reader.Sequence)
        {
            return new(asOf, matches, scores);
        }

        var written = new Dictionary<long, double>();
        foreach (var key in reader.ReadKeysWrittenAfter(asOf))
        {
            cancellation.ThrowIfCancellationRequested();
            var subject = SubjectOf(reader, key, asOf);
            written[key] = subject is null || query.Ranking.Count == 0 ? 0 : Resemblance.ScoreOf(subject, query.Ranking);
            if (subject is not null && Meets(subject) && (query.Ranking.Count == 0 || written[key] > 0))
            {
                matches.Add(key);
            }
            else
            {
                matches.Remove(key);
            }
        }

        return new(asOf, matches, scores is null ? null : key => written.TryGetValue(key, out var score) ? score : scores(key));
    }

    private bool Meets(PatientSubject subject) =>
        (query.IncludeRemoved || !subject.State.Stamp.IsRemoved) && query.Where.IsMetBy(subject);

    private PatientSubject? SubjectOf(IStoreReader reader, long key, long asOf) =>
        reader.ReadState(key, asOf) is { } state ? new PatientSubject(state, () => reader.ReadRecord(key, asOf), today) : null;

    /// <summary>Holds the condition against documents, in short transactions, each document as it was at the moment.</summary>
    private KeySet Verified(KeySet candidates, long asOf)
    {
        var verified = new KeySet();
        foreach (var keys in VerifiedBatches(candidates, asOf))
        {
            Array.ForEach(keys, verified.Add);
        }

        return verified;
    }

    private IEnumerable<long[]> VerifiedBatches(KeySet candidates, long asOf)
    {
        var keys = candidates.ToArray();
        for (int start = 0, size = FirstBatch; start < keys.Length; start += size, size = Batch)
        {
            progress?.Invoke(start, keys.Length);
            yield return VerifiedOf(keys[start..Math.Min(start + size, keys.Length)], asOf);
        }

        progress?.Invoke(keys.Length, keys.Length);
    }

    private long[] VerifiedOf(long[] keys, long asOf)
    {
        var verified = new List<long>();
        using var reader = use.BeginRead();
        foreach (var state in reader.ReadStates(keys))
        {
            cancellation.ThrowIfCancellationRequested();
            var key = state.Stamp.Key;
            var subject = state.Stamp.Sequence <= asOf ? new PatientSubject(state, () => reader.ReadRecord(key, asOf), today) : SubjectOf(reader, key, asOf);
            if (subject is not null && Meets(subject))
            {
                verified.Add(key);
            }
        }

        return [.. verified];
    }

    private long[] Walk(PatientMatches found, SortPosition? after, long skip, long most)
    {
        using var reader = use.BeginRead();
        return Walk(reader, found, after, skip, most);
    }

    private long[] Walk(IStoreReader reader, PatientMatches found, SortPosition? after, long skip, long most)
    {
        var keys = new List<long>((int)Math.Min(most, 1024));
        var unchanged = found.Matches;
        var changed = new List<SortPosition>();
        if (reader.Sequence != found.Sequence)
        {
            unchanged = unchanged.Copy();
            foreach (var key in reader.ReadKeysWrittenAfter(found.Sequence).Where(unchanged.Contains))
            {
                cancellation.ThrowIfCancellationRequested();
                unchanged.Remove(key);
                if (reader.ReadState(key, found.Sequence) is { } state)
                {
                    changed.Add(SortTerms.PositionOf(state, query.Order, today));
                }
            }
        }

        if (most > 0)
        {
            new OrderedWalk(reader, query.Order, today, skip, Take, cancellation).Run(unchanged, changed, after);
        }

        return [.. keys];

        bool Take(long key)
        {
            keys.Add(key);
            return keys.Count < most;
        }
    }
}
