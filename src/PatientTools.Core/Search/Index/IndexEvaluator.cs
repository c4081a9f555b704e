using PatientTools.Storage;

namespace PatientTools.Search.Index;

/// <summary>
/// Answers questions to the index from one snapshot. Each leaf is read into a set of keys, and the sets are combined here:
/// that is quicker than what a database does with temporary trees, and the same on every database.
/// </summary>
internal sealed class IndexEvaluator(IStoreReader reader, QueryRecorder recorder, CancellationToken cancellation)
{
    /// <summary>Whether the index alone answers a question.</summary>
    public static bool IsExact(IndexQuery query) => query switch
    {
        ScanQuery => false,
        IntersectionQuery intersection => intersection.Queries.All(IsExact),
        UnionQuery union => union.Queries.All(IsExact),
        ComplementQuery complement => IsExact(complement.Query),
        BirthQuery birth => IsExact(birth.ByDate),
        _ => true,
    };

    /// <summary>Those who answer a question, removed ones only if asked for.</summary>
    /// <param name="query">The question. Of what no index answers it finds everybody who might.</param>
    /// <param name="includeRemoved">Whether removed patients count.</param>
    public KeySet Answer(IndexQuery query, bool includeRemoved)
    {
        var answer = Evaluate(query, mayExceed: true, depth: 0);
        if (answer is null)
        {
            return includeRemoved ? Everybody() : Living();
        }

        if (!includeRemoved && !answer.IsEmpty)
        {
            answer.ExceptWith(Read(SearchEntryKind.State, StateTerms.Removed));
        }

        return answer;
    }

    /// <summary>The keys of all entries of a kind with one term.</summary>
    public KeySet Read(SearchEntryKind kind, string term)
    {
        var set = new KeySet();
        Collect(kind, TermRange.Exactly(term), null, set);
        return set;
    }

    private KeySet Living() => Read(SearchEntryKind.State, StateTerms.Living);

    private KeySet Everybody()
    {
        var set = new KeySet();
        Collect(SearchEntryKind.State, TermRange.All, null, set);
        return set;
    }

    /// <summary>Null stands for everybody, so that nobody reads who they all are before it matters.</summary>
    /// <param name="query">The question.</param>
    /// <param name="mayExceed">What a scan stands for: everybody, or nobody inside a complement.</param>
    /// <param name="depth">How deep the question is nested, for the plan.</param>
    private KeySet? Evaluate(IndexQuery query, bool mayExceed, int depth)
    {
        cancellation.ThrowIfCancellationRequested();
        var step = recorder.Begin(query, depth);
        var set = query switch
        {
            IntersectionQuery intersection => Intersect(intersection.Queries, mayExceed, depth + 1),
            UnionQuery union => Unite(union.Queries, mayExceed, depth + 1),
            ComplementQuery complement => Evaluate(complement.Query, !mayExceed, depth + 1) is { } excluded ? Without(excluded) : new KeySet(),
            BirthQuery birth => Evaluate(birth.ByDate, mayExceed, depth),
            ScanQuery => mayExceed ? null : new KeySet(),
            EntryQuery entries => Collect(entries),
            NumberQuery numbers => Collect(numbers),
            IdScanQuery ids => Collect(ids),
            IdQuery ids => Collect(ids),
            _ => throw new ArgumentException($"No index answers a question of type {query.GetType().Name}.", nameof(query)),
        };
        recorder.End(step, set);
        return set;
    }

    private KeySet Without(KeySet excluded)
    {
        var set = Everybody();
        set.ExceptWith(excluded);
        return set;
    }

    /// <summary>What finds few is read first; complements are taken away from what was found, without asking who is everybody.</summary>
    private KeySet? Intersect(IReadOnlyList<IndexQuery> queries, bool mayExceed, int depth)
    {
        KeySet? found = null;
        foreach (var query in NameAndBirth.Combine(queries).OrderBy(Breadth))
        {
            if (found is { IsEmpty: true })
            {
                break;
            }

            if (query is ComplementQuery complement && found is not null)
            {
                var step = recorder.Begin(complement, depth);
                found = Evaluate(complement.Query, !mayExceed, depth + 1) is { } excluded ? Minus(found, excluded) : new KeySet();
                recorder.End(step, found);
            }
            else if (Evaluate(query, mayExceed, depth) is { } set)
            {
                found = found is null ? set : Both(found, set);
            }
        }

        return found;
    }

    private static KeySet Minus(KeySet set, KeySet excluded)
    {
        set.ExceptWith(excluded);
        return set;
    }

    private static KeySet Both(KeySet set, KeySet other)
    {
        set.IntersectWith(other);
        return set;
    }

    private KeySet? Unite(IReadOnlyList<IndexQuery> queries, bool mayExceed, int depth)
    {
        var found = new KeySet();
        foreach (var query in queries)
        {
            if (Evaluate(query, mayExceed, depth) is not { } set)
            {
                return null;
            }

            found.UnionWith(set);
        }

        return found;
    }

    /// <summary>Guesses how much has to be read: it only decides what is asked first.</summary>
    private static int Breadth(IndexQuery query) => query switch
    {
        IdQuery => 0,
        EntryQuery { Kinds: [SearchEntryKind.Kvnr or SearchEntryKind.Mrn or SearchEntryKind.Identifier], Range: { To: not null } } => 1,
        EntryQuery { Range: { To: not null } range } => 100 - Math.Min(range.From.Length, 90),
        NumberQuery => 200,
        EntryQuery => 300,
        IdScanQuery => 400,
        UnionQuery union => union.Queries.Select(Breadth).DefaultIfEmpty(0).Max(),
        IntersectionQuery intersection => intersection.Queries.Select(Breadth).DefaultIfEmpty(1000).Min(),
        BirthQuery birth => 150 + Breadth(birth.ByDate),
        ComplementQuery complement => 500 + Breadth(complement.Query),
        _ => 1000,
    };

    private KeySet Collect(EntryQuery query)
    {
        var set = new KeySet();
        foreach (var kind in query.Kinds)
        {
            Collect(kind, query.Range, query.Test, set);
        }

        return set;
    }

    private void Collect(SearchEntryKind kind, TermRange range, TermTest? test, KeySet set)
    {
        var rows = 0L;
        reader.VisitEntries(
            kind,
            range,
            descending: false,
            (term, first, gaps) =>
            {
                rows++;
                if (test is null || test(term))
                {
                    KeySegment.AddTo(first, gaps, set);
                }

                return true;
            },
            cancellation);
        recorder.Count(rows);
    }

    private KeySet Collect(NumberQuery query)
    {
        var set = new KeySet();
        var rows = 0L;
        reader.VisitNumbers(
            query.Column,
            query.From,
            query.To,
            descending: false,
            (key, _) =>
            {
                rows++;
                set.Add(key);
                return true;
            },
            cancellation);
        recorder.Count(rows);
        return set;
    }

    private KeySet Collect(IdScanQuery query)
    {
        var set = new KeySet();
        var rows = 0L;
        reader.VisitIds(
            query.Column,
            (key, id) =>
            {
                rows++;
                if (query.Test(id))
                {
                    set.Add(key);
                }

                return true;
            },
            cancellation);
        recorder.Count(rows);
        return set;
    }

    private KeySet Collect(IdQuery query)
    {
        var set = new KeySet();
        foreach (var id in query.Ids)
        {
            if (reader.FindKey(id) is { } key)
            {
                set.Add(key);
            }
        }

        recorder.Count(query.Ids.Count);
        return set;
    }
}
