using PatientTools.Search.Index;

namespace PatientTools.Search.Conditions;

/// <summary>A comparison of moments.</summary>
internal sealed class TimeComparison : ValueComparison, IBoundedComparison
{
    private readonly (long From, long To)[] _bounds;
    private readonly TimeRange? _about;

    private TimeComparison((long From, long To)[] bounds, bool orMissing = false, TimeRange? about = null) =>
        (_bounds, HoldsForMissing, _about) = ([.. bounds.Where(bound => bound.From <= bound.To)], orMissing, about);

    /// <inheritdoc/>
    public IReadOnlyList<(long From, long To)> Bounds => _bounds;

    /// <summary>The moment lies in one of some ranges.</summary>
    internal static TimeComparison WithinAny(IEnumerable<TimeRange> ranges, bool orMissing) =>
        new([.. ranges.Select(range => (range.First, range.Last))], orMissing);

    /// <summary>The moment lies before, behind or about a range.</summary>
    internal static TimeComparison InOrder(TimeRange range, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less or ComparisonOperator.EndsBefore => new([(long.MinValue, range.First - 1)]),
        ComparisonOperator.LessOrEqual => new([(long.MinValue, range.Last)]),
        ComparisonOperator.Greater or ComparisonOperator.StartsAfter => new([(range.Last + 1, long.MaxValue)]),
        ComparisonOperator.GreaterOrEqual => new([(range.First, long.MaxValue)]),
        _ => new([(range.First, range.Last)], about: range),
    };

    /// <summary>Within a tenth of the time between then and now, as FHIR recommends; now is the day's beginning.</summary>
    internal override ValueComparison At(DateOnly today)
    {
        if (_about is not { } about)
        {
            return this;
        }

        var now = TimeRange.Of(today).First;
        var tenth = Math.Max(0, Math.Max(about.First - now, now - about.Last)) / 10;
        return new TimeComparison([(about.First - tenth, about.Last + tenth)]);
    }

    internal override bool Holds(object value)
    {
        var moment = PatientColumnNumbers.Milliseconds((DateTime)value);
        foreach (var (from, to) in _bounds)
        {
            if (moment >= from && moment <= to)
            {
                return true;
            }
        }

        return false;
    }
}
