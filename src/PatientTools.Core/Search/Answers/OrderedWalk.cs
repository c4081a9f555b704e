using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>
/// Puts the patients of a set in an order, by walking the index of the first property and sorting by the further ones
/// within equals; it stops as soon as nobody wants more. A set of a few is sorted in memory.
/// </summary>
/// <param name="reader">The snapshot.</param>
/// <param name="order">The order; not empty.</param>
/// <param name="today">The day for which ages are told.</param>
/// <param name="skip">How many to leave out in front.</param>
/// <param name="emit">Receives the keys in order; returns false to stop.</param>
/// <param name="cancellation">Stops the walk.</param>
internal sealed class OrderedWalk(
    IStoreReader reader, IReadOnlyList<SortOrder> order, DateOnly today, long skip, Func<long, bool> emit, CancellationToken cancellation)
{
    /// <summary>Up to so many are looked at one by one, which costs some microseconds each.</summary>
    private const int Few = 300;
    private const int Batch = 2048;

    private readonly byte[][] _terms = new byte[order.Count][];
    private readonly Queue<SortPosition> _elsewhere = [];
    private readonly bool _rowsTell = order.All(level => level.Property is { ReadRow: not null, IsMultiple: false });
    private long _skip = skip;
    private bool _stopped;

    /// <summary>Walks.</summary>
    /// <param name="set">Who is put in order.</param>
    /// <param name="elsewhere">More patients, whose places the index does not tell because they were written meanwhile.</param>
    /// <param name="after">The place behind which to begin; null for the beginning.</param>
    public void Run(KeySet set, IEnumerable<SortPosition> elsewhere, SortPosition? after)
    {
        foreach (var position in Sorted(elsewhere).Where(position => IsBehind(position, after)))
        {
            _elsewhere.Enqueue(position);
        }

        if (set.HasMoreThan(Few))
        {
            Walk(set, 0, after);
        }
        else
        {
            EmitSorted(set.ToArray(), after);
        }

        while (!_stopped && _elsewhere.TryDequeue(out var position))
        {
            EmitNow(position.Key);
        }
    }

    private IOrderedEnumerable<SortPosition> Sorted(IEnumerable<SortPosition> positions) =>
        positions.Order(Comparer<SortPosition>.Create((left, right) => SortPosition.Compare(left, right, order)));

    private bool IsBehind(SortPosition position, SortPosition? after) => after is null || SortPosition.Compare(position, after, order) > 0;

    private void EmitSorted(IReadOnlyList<long> keys, SortPosition? after)
    {
        foreach (var position in Sorted(PositionsOf(keys)))
        {
            if (!IsBehind(position, after))
            {
                continue;
            }

            position.Terms.CopyTo(_terms, 0);
            if (!Emit(position.Key))
            {
                return;
            }
        }
    }

    private IEnumerable<SortPosition> PositionsOf(IReadOnlyList<long> keys) => _rowsTell
        ? reader.ReadPatients([.. keys], null, today).Select(patient => SortTerms.PositionOf(patient, order))
        : reader.ReadStates(keys).Select(state => SortTerms.PositionOf(state, order, today));

    private void Walk(KeySet set, int level, SortPosition? after)
    {
        var property = order[level].Property;
        if (property.Kind is { } kind)
        {
            WalkEntries(kind, set, level, after);
        }
        else if (property.Column is { } column)
        {
            WalkNumbers(column, set, level, after);
        }
        else
        {
            WalkValues(set, level, after);
        }
    }

    private void WalkEntries(SearchEntryKind kind, KeySet set, int level, SortPosition? after)
    {
        var descending = order[level].Descending;
        var isMultiple = order[level].Property.IsMultiple;
        var left = isMultiple ? set.Copy() : set;
        byte[] term = [];
        List<long> keys = [], group = [];
        reader.VisitEntries(kind, RangeBehind(after?.Terms[level], descending), descending, Visit, cancellation);
        Flush();

        bool Visit(ReadOnlySpan<byte> next, long first, ReadOnlySpan<byte> gaps)
        {
            if (!next.SequenceEqual(term))
            {
                Flush();
                term = next.ToArray();
            }

            keys.Clear();
            KeySegment.Read(first, gaps, keys);
            foreach (var key in keys)
            {
                if (left.Contains(key))
                {
                    group.Add(key);
                }
            }

            return !_stopped;
        }

        void Flush()
        {
            if (group.Count == 0)
            {
                return;
            }

            if (isMultiple)
            {
                // Who has several terms stands at the first of them that comes.
                group.ForEach(left.Remove);
                if (after is not null)
                {
                    group.RemoveAll(key => !StandsAt(key, level, term));
                }
            }

            EmitGroup(term, group, level, after);
            group.Clear();
        }
    }

    private void WalkNumbers(PatientColumn column, KeySet set, int level, SortPosition? after)
    {
        var descending = order[level].Descending;
        var bound = after is null ? (long?)null : SortTerms.NumberOf(after.Terms[level]);
        var number = 0L;
        var group = new List<long>();
        reader.VisitNumbers(column, descending ? long.MinValue : bound ?? long.MinValue, descending ? bound ?? long.MaxValue : long.MaxValue, descending, Visit, cancellation);
        Flush();

        bool Visit(long key, long next)
        {
            if (next != number)
            {
                Flush();
                number = next;
            }

            if (set.Contains(key))
            {
                group.Add(key);
            }

            return !_stopped;
        }

        void Flush()
        {
            EmitGroup(SortTerms.Of(number), group, level, after);
            group.Clear();
        }
    }

    /// <summary>No index has this order: everybody's value is read.</summary>
    private void WalkValues(KeySet set, int level, SortPosition? after)
    {
        var (property, descending) = (order[level].Property, order[level].Descending);
        var values = new List<(byte[] Term, long Key)>();
        foreach (var batch in set.ToArray().Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var patient in reader.ReadPatients(batch, null, today))
            {
                _ = property.TryValueOf(patient, out var value);
                values.Add((SortTerms.OfValue(value), patient.Key));
            }
        }

        values.Sort((left, right) => left.Term.AsSpan().SequenceCompareTo(right.Term) is var difference && descending ? -difference : difference);
        for (int start = 0, end; start < values.Count && !_stopped; start = end)
        {
            end = start + 1;
            while (end < values.Count && values[end].Term.AsSpan().SequenceEqual(values[start].Term))
            {
                end++;
            }

            EmitGroup(values[start].Term, values[start..end].ConvertAll(value => value.Key), level, after);
        }
    }

    /// <summary>Emits patients whose terms are the same up to a level.</summary>
    private void EmitGroup(byte[] term, List<long> keys, int level, SortPosition? after)
    {
        if (keys.Count == 0 || _stopped)
        {
            return;
        }

        if (after is not null && term.AsSpan().SequenceCompareTo(after.Terms[level]) is var difference and not 0)
        {
            if (difference < 0 != order[level].Descending)
            {
                return;
            }

            after = null;
        }

        if (after is null && _elsewhere.Count == 0 && keys.Count <= _skip)
        {
            _skip -= keys.Count;
            return;
        }

        _terms[level] = term;
        keys.Sort();
        if (level == order.Count - 1 || (keys.Count == 1 && after is null && _elsewhere.Count == 0))
        {
            foreach (var key in keys)
            {
                if ((after is null || key > after.Key) && !Emit(key))
                {
                    return;
                }
            }
        }
        else if (keys.Count <= Few)
        {
            EmitSorted(keys, after);
        }
        else
        {
            var set = new KeySet();
            keys.ForEach(set.Add);
            Walk(set, level + 1, after);
        }
    }

    /// <summary>Emits a key whose terms are known, and before it those from elsewhere who come first.</summary>
    private bool Emit(long key)
    {
        while (!_stopped && _elsewhere.TryPeek(out var position) && SortPosition.Compare(_terms, key, position, order) > 0)
        {
            _elsewhere.Dequeue();
            EmitNow(position.Key);
        }

        if (!_stopped)
        {
            EmitNow(key);
        }

        return !_stopped;
    }

    private void EmitNow(long key)
    {
        if (_skip > 0)
        {
            _skip--;
            return;
        }

        _stopped = !emit(key);
    }

    private bool StandsAt(long key, int level, byte[] term) =>
        reader.ReadState(key) is { } state && SortTerms.PositionOf(state, order, today).Terms[level].AsSpan().SequenceEqual(term);

    private static TermRange RangeBehind(byte[]? term, bool descending) => (term, descending) switch
    {
        (null, _) => TermRange.All,
        (_, false) => new TermRange(term, null),
        // No term lies between one and the same with a byte 0 behind.
        (_, true) => new TermRange(ReadOnlyMemory<byte>.Empty, (byte[])[.. term, 0]),
    };
}
