namespace PatientTools.Search.Conditions;

/// <summary>A comparison that holds for whole numbers within some bounds.</summary>
internal interface IBoundedComparison
{
    /// <summary>The least and the greatest whole number of each stretch that passes; none where nothing does.</summary>
    IReadOnlyList<(long From, long To)> Bounds { get; }
}

/// <summary>A comparison of numbers.</summary>
internal sealed class NumberComparison : ValueComparison, IBoundedComparison
{
    private readonly HashSet<decimal>? _numbers;
    private readonly decimal? _from;
    private readonly decimal? _to;
    private readonly bool _withoutEnds;

    private NumberComparison(HashSet<decimal> numbers, bool orMissing) => (_numbers, HoldsForMissing) = (numbers, orMissing);

    private NumberComparison(decimal? from, decimal? to, bool withoutEnds) => (_from, _to, _withoutEnds) = (from, to, withoutEnds);

    /// <inheritdoc/>
    public IReadOnlyList<(long From, long To)> Bounds =>
        _numbers is null ? Stretch()
        : [.. _numbers.Where(number => number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
            .Select(number => ((long)number, (long)number))];

    /// <summary>The number is one of some.</summary>
    internal static NumberComparison EqualToAny(IEnumerable<decimal> numbers, bool orMissing) => new([.. numbers], orMissing);

    /// <summary>The number lies before, behind or, as FHIR has it, within a tenth of another.</summary>
    internal static NumberComparison InOrder(decimal number, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less or ComparisonOperator.EndsBefore => new(null, number, withoutEnds: true),
        ComparisonOperator.LessOrEqual => new(null, number, withoutEnds: false),
        ComparisonOperator.Greater or ComparisonOperator.StartsAfter => new(number, null, withoutEnds: true),
        ComparisonOperator.GreaterOrEqual => new(number, null, withoutEnds: false),
        _ => new(Plus(number, -decimal.Abs(number / 10)), Plus(number, decimal.Abs(number / 10)), withoutEnds: false),
    };

    internal override bool Holds(object value)
    {
        var number = value is long whole ? whole : (decimal)value;
        return _numbers?.Contains(number)
            ?? ((_from is not { } from || number > from || (number == from && !_withoutEnds))
                && (_to is not { } to || number < to || (number == to && !_withoutEnds)));
    }

    private (long From, long To)[] Stretch()
    {
        // One more than a long on either side: outside of that, nothing changes by where exactly.
        var from = decimal.Ceiling(Math.Clamp(_from ?? decimal.MinValue, long.MinValue - 1m, long.MaxValue + 1m));
        var to = decimal.Floor(Math.Clamp(_to ?? decimal.MaxValue, long.MinValue - 1m, long.MaxValue + 1m));
        from += _withoutEnds && from == _from ? 1 : 0;
        to -= _withoutEnds && to == _to ? 1 : 0;
        (from, to) = (Math.Max(from, long.MinValue), Math.Min(to, long.MaxValue));
        return from <= to ? [((long)from, (long)to)] : [];
    }

    private static decimal Plus(decimal number, decimal change) =>
        change > 0 ? (number > decimal.MaxValue - change ? decimal.MaxValue : number + change)
        : number < decimal.MinValue - change ? decimal.MinValue : number + change;
}
