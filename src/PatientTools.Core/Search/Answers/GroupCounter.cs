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
        var columns = groupBy.Select(Read).ToArray();
        var counts = Count(columns);
        return
        [
            .. counts
                .Select(pair => new PatientGroup(pair.Value, [.. columns.Select((column, level) => KeyValuePair.Create(groupBy[level].Name, column.ValueOf(Place(columns, pair.Key, level))))]))
                .Order(Comparer<PatientGroup>.Create((left, right) => Compare(left, right))),
        ];
    }

    /// <summary>Combinations are numbered as the digits of a number, each with its column's base.</summary>
    private static int Place(GroupColumn[] columns, long combination, int level)
    {
        for (var behind = columns.Length - 1; behind > level; behind--)
        {
            combination /= columns[behind].Base;
        }

        return (int)(combination % columns[level].Base);
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

    private IEnumerable<KeyValuePair<long, long>> Count(GroupColumn[] columns)
    {
        var combinations = columns.Aggregate(1L, (product, column) => checked(product * column.Base));
        var few = combinations <= FewCombinations ? new long[combinations] : null;
        var many = new Dictionary<long, long>();
        foreach (var key in patients.ToArray())
        {
            Add(key, 0, 0);
        }

        return few is null ? many : few.Select((count, combination) => KeyValuePair.Create((long)combination, count)).Where(pair => pair.Value > 0);

        void Add(long key, int level, long combination)
        {
            if (level == columns.Length)
            {
                if (few is not null)
                {
                    few[combination]++;
                }
                else
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(many, combination, out _)++;
                }

                return;
            }

            var column = columns[level];
            Add(key, level + 1, (combination * column.Base) + column.First(key));
            foreach (var further in column.Further(key))
            {
                Add(key, level + 1, (combination * column.Base) + further);
            }
        }
    }

    private GroupColumn Read(GroupProperty property)
    {
        var column = new GroupColumn();
        var deceased = property.Parts.Any(part => part.Deceased is not null)
            ? new IndexEvaluator(reader, QueryRecorder.None, cancellation).Read(SearchEntryKind.Deceased, "true")
            : null;
        var keys = new List<long>();
        foreach (var part in property.Parts)
        {
            byte[] last = [];
            var place = 0;
            var known = false;
            reader.VisitEntries(part.Kind, TermRange.All, descending: false, Visit, cancellation);

            bool Visit(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps)
            {
                if (!known || !term.SequenceEqual(last))
                {
                    (last, known) = (term.ToArray(), true);
                    place = column.PlaceOf(part.ValueOf(term, today));
                }

                keys.Clear();
                KeySegment.Read(first, gaps, keys);
                foreach (var key in keys)
                {
                    if (patients.Contains(key) && (part.Deceased is not { } isDeceased || deceased!.Contains(key) == isDeceased))
                    {
                        column.Add(key, place);
                    }
                }

                return true;
            }
        }

        return column;
    }
}
