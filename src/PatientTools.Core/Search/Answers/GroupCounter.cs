using System.Numerics;
using System.Runtime.InteropServices;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>Counts patients by properties from the index alone.</summary>
/// <param name="reader">The snapshot.</param>
/// <param name="patients">Who is counted.</param>
/// <param name="today">The day for which ages are told.</param>
/// <param name="cancellation">Stops counting.</param>
internal sealed class GroupCounter(IStoreReader reader, KeySet patients, DateOnly today, CancellationToken cancellation)
{
    /// <summary>Up to so many combinations are counted in a plain array.</summary>
    private const int FewCombinations = 1 << 20;

    /// <summary>Counts.</summary>
    /// <param name="groupBy">The properties; at least one.</param>
    public IReadOnlyList<PatientGroup> Count(IReadOnlyList<GroupProperty> groupBy)
    {
        if (groupBy is [var only] && TryCount(only) is { } single)
        {
            return single;
        }

        var columns = groupBy.Select(Read).ToArray();
        var combinations = columns.Aggregate(BigInteger.One, (product, column) => product * column.Base);
        var groups = combinations <= long.MaxValue ? Groups<long>(groupBy, columns, combinations) : Groups<BigInteger>(groupBy, columns, combinations);
        return [.. groups.Order(Comparer<PatientGroup>.Create(Compare))];
    }

    /// <summary>The groups of several properties, in no order.</summary>
    /// <typeparam name="TNumber">Numbers large enough for all combinations: small ones are counted faster.</typeparam>
    private IEnumerable<PatientGroup> Groups<TNumber>(IReadOnlyList<GroupProperty> groupBy, GroupColumn[] columns, BigInteger combinations)
        where TNumber : struct, IBinaryInteger<TNumber> =>
        from pair in Count<TNumber>(columns, combinations)
        select new PatientGroup(pair.Value, [.. columns.Select((column, level) => KeyValuePair.Create(groupBy[level].Name, column.ValueOf(Place(columns, pair.Key, level))))]);

    /// <summary>Combinations are numbered as the digits of a number, each with its column's base.</summary>
    private static int Place<TNumber>(GroupColumn[] columns, TNumber combination, int level)
        where TNumber : struct, IBinaryInteger<TNumber>
    {
        for (var behind = columns.Length - 1; behind > level; behind--)
        {
            combination /= TNumber.CreateChecked(columns[behind].Base);
        }

        return int.CreateChecked(combination % TNumber.CreateChecked(columns[level].Base));
    }

    private static int Compare(PatientGroup left, PatientGroup right)
    {
        for (var level = 0; level < left.Values.Count; level++)
        {
            if (GroupProperty.Compare(left.Values[level].Value, right.Values[level].Value) is var difference and not 0)
            {
                return difference;
            }
        }

        return 0;
    }

    /// <summary>
    /// Counts by one property segment by segment, without asking to which group each patient belongs. That cannot be done
    /// where patients with several values may have two that stand for one group.
    /// </summary>
    private List<PatientGroup>? TryCount(GroupProperty property)
    {
        if (property.IsMultiple && property.Parts.Any(part => !part.IsOneToOne))
        {
            return null;
        }

        var counts = new Dictionary<object, long>();
        var seen = new KeySet();
        foreach (var part in property.Parts)
        {
            var counted = CountedBy(part);
            var grouped = new KeySet();
            Visit(part, (value, first, gaps) =>
            {
                if (value is not null && KeySegment.CountIn(first, gaps, counted) is var count and > 0)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _) += count;
                    KeySegment.AddTo(first, gaps, grouped);
                }
            });
            grouped.IntersectWith(counted);
            seen.UnionWith(grouped);
        }

        var missing = patients.Copy();
        missing.ExceptWith(seen);
        var groups = counts.Select(pair => GroupOf(property, pair.Value, pair.Key));
        return [.. (missing.IsEmpty ? groups : groups.Prepend(GroupOf(property, missing.Count(), null))).Order(Comparer<PatientGroup>.Create(Compare))];
    }

    private static PatientGroup GroupOf(GroupProperty property, long count, object? value) => new(count, [KeyValuePair.Create(property.Name, value)]);

    /// <summary>Whom a part counts: the dead only, those who are not dead only, or everybody.</summary>
    private KeySet CountedBy(GroupPart part)
    {
        if (part.Deceased is not { } isDeceased)
        {
            return patients;
        }

        var set = patients.Copy();
        var deceased = new IndexEvaluator(reader, QueryRecorder.None, cancellation).Read(SearchEntryKind.Deceased, "true");
        if (isDeceased)
        {
            set.IntersectWith(deceased);
        }
        else
        {
            set.ExceptWith(deceased);
        }

        return set;
    }

    private IEnumerable<KeyValuePair<TNumber, long>> Count<TNumber>(GroupColumn[] columns, BigInteger combinations)
        where TNumber : struct, IBinaryInteger<TNumber>
    {
        var few = combinations <= FewCombinations ? new long[(int)combinations] : null;
        var many = new Dictionary<TNumber, long>();
        var bases = Array.ConvertAll(columns, column => TNumber.CreateChecked(column.Base));
        foreach (var key in patients.ToArray())
        {
            Add(key, 0, TNumber.Zero);
        }

        return few is null ? many : few.Select((count, combination) => KeyValuePair.Create(TNumber.CreateChecked(combination), count)).Where(pair => pair.Value > 0);

        void Add(long key, int level, TNumber combination)
        {
            if (level == columns.Length)
            {
                if (few is not null)
                {
                    few[int.CreateTruncating(combination)]++;
                }
                else
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(many, combination, out _)++;
                }

                return;
            }

            var column = columns[level];
            Add(key, level + 1, (combination * bases[level]) + TNumber.CreateTruncating(column.First(key)));
            foreach (var further in column.Further(key))
            {
                Add(key, level + 1, (combination * bases[level]) + TNumber.CreateTruncating(further));
            }
        }
    }

    private GroupColumn Read(GroupProperty property)
    {
        var column = new GroupColumn();
        var keys = new List<long>();
        foreach (var part in property.Parts)
        {
            var counted = CountedBy(part);
            Visit(part, (value, first, gaps) =>
            {
                var place = column.PlaceOf(value);
                keys.Clear();
                KeySegment.Read(first, gaps, keys);
                foreach (var key in keys)
                {
                    if (counted.Contains(key))
                    {
                        column.Add(key, place);
                    }
                }
            });
        }

        return column;
    }

    /// <summary>Visits the segments of a part with the value of each; neighbours share the work of telling it.</summary>
    private void Visit(GroupPart part, ValueVisitor visit)
    {
        byte[] last = [];
        object? value = null;
        var known = false;
        reader.VisitEntries(part.Kind, TermRange.All, descending: false, VisitTerm, cancellation);

        bool VisitTerm(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps)
        {
            if (!known || !term.SequenceEqual(last))
            {
                (last, known) = (term.ToArray(), true);
                value = part.ValueOf(term, today);
            }

            visit(value, first, gaps);
            return true;
        }
    }

    /// <summary>Receives a part of those with a value.</summary>
    private delegate void ValueVisitor(object? value, long first, ReadOnlySpan<byte> gaps);
}
