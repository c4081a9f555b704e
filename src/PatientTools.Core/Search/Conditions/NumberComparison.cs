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
    private readonly decimal _from = decimal.MinValue;
    private readonly decimal _to = decimal.MaxValue;
    private readonly bool _withoutEnds;

    private NumberComparison(HashSet<decimal> numbers, bool orMissing) => (_numbers, HoldsForMissing) = (numbers, orMissing);

    private NumberComparison(decimal from, decimal to, bool withoutEnds) => (_from, _to, _withoutEnds) = (from, to, withoutEnds);

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
        ComparisonOperator.Less or ComparisonOperator.EndsBefore => new(decimal.MinValue, number, withoutEnds: true),
        ComparisonOperator.LessOrEqual => new(decimal.MinValue, number, withoutEnds: false),
        ComparisonOperator.Greater or ComparisonOperator.StartsAfter => new(number, decimal.MaxValue, withoutEnds: true),
        ComparisonOperator.GreaterOrEqual => new(number, decimal.MaxValue, withoutEnds: false),
        _ => new(Plus(number, -decimal.Abs(number / 10)), Plus(number, decimal.Abs(number / 10)), withoutEnds: false),
    };

    internal override bool Holds(object value)
    {
        var number = value is long whole ? whole : (decimal)value;
        return _numbers?.Contains(number) ?? (_withoutEnds ? number > _from && number < _to : number >= _from && number <= _to);
    }

    private (long From, long To)[] Stretch()
    {
        var from = decimal.Ceiling(decimal.Clamp(_from, long.MinValue, long.MaxValue));
        var to = decimal.Floor(decimal.Clamp(_to, long.MinValue, long.MaxValue));
        from += _withoutEnds && from == _from ? 1 : 0;
        to -= _withoutEnds && to == _to ? 1 : 0;
        return from <= to && from <= long.MaxValue && to >= long.MinValue ? [((long)from, (long)to)] : [];
    }

    private static decimal Plus(decimal number, decimal change) =>
        change > 0 ? (number > decimal.MaxValue - change ? decimal.MaxValue : number + change)
        : number < decimal.MinValue - change ? decimal.MinValue : number + change;
}
