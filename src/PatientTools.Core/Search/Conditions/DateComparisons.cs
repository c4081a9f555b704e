using PatientTools.Patients;

namespace PatientTools.Search.Conditions;

/// <summary>The date lies within one of some: it is known to be that day, or a day of that month or year.</summary>
internal sealed class DateEquality : ValueComparison
{
    internal DateEquality(IEnumerable<PartialDate> dates, bool orMissing)
    {
        Dates = dates.ToHashSet();
        HoldsForMissing = orMissing;
    }

    /// <summary>The dates.</summary>
    internal IReadOnlySet<PartialDate> Dates { get; }

    internal override bool Holds(object value)
    {
        // Years hold months and months days, so what holds a date is itself or what it becomes with less known.
        var date = (PartialDate)value;
        return Dates.Contains(date)
            || (date is { Day: not null, Month: { } month } && Dates.Contains(new(date.Year, month)))
            || (date.Month is not null && Dates.Contains(new(date.Year)));
    }
}

/// <summary>A stretch of days, counted as <see cref="DateOnly.DayNumber"/>, and how a date has to lie to it.</summary>
/// <param name="First">The first day; may lie before the calendar.</param>
/// <param name="Last">The last day; may lie behind the calendar, or before the first.</param>
/// <param name="IsWhole">Whether the whole date has to lie within, or only some day that it can mean.</param>
internal readonly record struct DateStretch(long First, long Last, bool IsWhole)
{
    internal bool Holds(PartialDate date) => IsWhole
        ? date.First.DayNumber >= First && date.Last.DayNumber <= Last
        : date.Last.DayNumber >= First && date.First.DayNumber <= Last;
}

/// <summary>The date lies before, behind or about another, as FHIR R4 compares intervals.</summary>
internal sealed class DateOrder : ValueComparison
{
    private readonly (long First, long Last)? _about;

    private DateOrder(params DateStretch[] stretches) => Stretches = [.. stretches.Where(stretch => stretch.First <= stretch.Last)];

    private DateOrder((long First, long Last) about)
        : this() => _about = about;

    /// <summary>The stretches, in one of which a date has to lie.</summary>
    internal IReadOnlyList<DateStretch> Stretches { get; }

    /// <summary>Makes the comparison.</summary>
    /// <param name="date">The date to compare with.</param>
    /// <param name="comparison">An order comparison, or one that only FHIR has.</param>
    internal static DateOrder Of(PartialDate date, ComparisonOperator comparison)
    {
        long first = date.First.DayNumber, last = date.Last.DayNumber, never = DateOnly.MaxValue.DayNumber;
        DateStretch within = new(first, last, IsWhole: true);
        return comparison switch
        {
            ComparisonOperator.Less => new(new DateStretch(0, first - 1, IsWhole: false)),
            ComparisonOperator.LessOrEqual => new(new DateStretch(0, first - 1, IsWhole: false), within),
            ComparisonOperator.Greater => new(new DateStretch(last + 1, never, IsWhole: false)),
            ComparisonOperator.GreaterOrEqual => new(within, new DateStretch(last + 1, never, IsWhole: false)),
            ComparisonOperator.StartsAfter => new(new DateStretch(last + 1, never, IsWhole: true)),
            ComparisonOperator.EndsBefore => new(new DateStretch(0, first - 1, IsWhole: true)),
            _ => new((first, last)),
        };
    }

    /// <summary>Within a tenth of the time between then and now, as FHIR recommends.</summary>
    internal override ValueComparison At(DateOnly today)
    {
        if (_about is not { } about)
        {
            return this;
        }

        var tenth = Math.Max(0, Math.Max(about.First - today.DayNumber, today.DayNumber - about.Last)) / 10;
        return new DateOrder(new DateStretch(about.First - tenth, about.Last + tenth, IsWhole: false));
    }

    internal override bool Holds(object value)
    {
        var date = (PartialDate)value;
        foreach (var stretch in Stretches)
        {
            if (stretch.Holds(date))
            {
                return true;
            }
        }

        return false;
    }
}
