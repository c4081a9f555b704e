using System.Globalization;
using System.Text;
using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;

namespace PatientTools.Search;

/// <summary>An index of dates. Where there is one of years, it answers for whole years, and the dates are read in border years only.</summary>
internal sealed class DateIndex(SearchEntryKind kind, SearchEntryKind? yearKind) : PropertyIndex
{
    /// <summary>From here on to read every date once is quicker than to look each up.</summary>
    private const int MostLookUps = 500;

    private static readonly TermRange AllDates = TermRange.Between("0", null);

    /// <inheritdoc/>
    internal override IndexQuery Having(ValueComparison comparison, DateOnly today, string description)
    {
        var query = ByDate(comparison, description);
        return kind == SearchEntryKind.BirthDate ? new BirthQuery(query, YearsOf(comparison), TestOf(comparison.Holds), description) : query;
    }

    /// <summary>Years in which all dates lie that can pass a comparison.</summary>
    private static TermRange YearsOf(ValueComparison comparison) => comparison switch
    {
        DateEquality { Dates.Count: > 0 } equality => Years(equality.Dates.Min(date => date.Year), equality.Dates.Max(date => date.Year)),
        DateOrder { Stretches.Count: > 0 } order => Years(Day(order.Stretches.Min(stretch => stretch.First)).Year, Day(order.Stretches.Max(stretch => stretch.Last)).Year),
        _ => AllDates,
    };

    private static DateOnly Day(long number) => DateOnly.FromDayNumber((int)Math.Clamp(number, 0, DateOnly.MaxValue.DayNumber));

    private IndexQuery ByDate(ValueComparison comparison, string description) => comparison switch
    {
        DateEquality { Dates.Count: <= MostLookUps } equality =>
            AnyOf([.. equality.Dates.Order().Select(date => Of(date, description))]),
        DateOrder order => AnyOf([.. order.Stretches.SelectMany(stretch => Of(stretch, description))]),
        _ => Entries(kind, AllDates, TestOf(comparison.Holds), description),
    };

    /// <inheritdoc/>
    internal override IndexQuery Missing(string description) => Entries(kind, TermRange.Exactly(""), null, description);

    /// <summary>Tests the dates of terms.</summary>
    internal static TermTest TestOf(Func<object, bool> test) => term => DateOf(term) is { } date && test(date);

    /// <summary>The date of a term; null for the empty one.</summary>
    internal static PartialDate? DateOf(ReadOnlySpan<byte> term)
    {
        Span<char> text = stackalloc char[16];
        return Encoding.UTF8.TryGetChars(term, text, out var length) && PartialDate.TryParse(text[..length], out var date) ? date : null;
    }

    /// <summary>The terms of some years, or of all dates in them.</summary>
    internal static TermRange Years(int first, int last) => TermRange.Between(YearText(first), last < 9999 ? YearText(last + 1) : null);

    private static string YearText(int year) => year.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>A date holds the terms that begin with it: its own, and those of its months and days.</summary>
    private EntryQuery Of(PartialDate date, string description) => date.Month is null && yearKind is { } years
        ? Entries(years, TermRange.Exactly(date.ToString()), null, description)
        : Entries(kind, TermRange.StartingWith(date.ToString()), null, description);

    private IEnumerable<EntryQuery> Of(DateStretch stretch, string description)
    {
        var (first, last) = (Day(stretch.First), Day(stretch.Last));
        if (yearKind is not { } years)
        {
            yield return Entries(kind, Years(first.Year, last.Year), TestOf(date => stretch.Holds((PartialDate)date)), description);
            yield break;
        }

        var (from, to) = (first.DayOfYear == 1 ? first.Year : first.Year + 1, last is { Month: 12, Day: 31 } ? last.Year : last.Year - 1);
        if (from <= to)
        {
            yield return Entries(years, Years(from, to), null, description);
        }

        foreach (var border in new[] { first.Year, last.Year }.Distinct().Where(year => year < from || year > to))
        {
            yield return Entries(kind, Years(border, border), TestOf(date => stretch.Holds((PartialDate)date)), description);
        }
    }
}

/// <summary>The index of years of birth.</summary>
internal sealed class BirthYearIndex : PropertyIndex
{
    /// <inheritdoc/>
    internal override IndexQuery Having(ValueComparison comparison, DateOnly today, string description)
    {
        var test = DateIndex.TestOf(date => comparison.Holds((long)((PartialDate)date).Year));
        return new BirthQuery(Entries(SearchEntryKind.BirthYear, DateIndex.Years(1, 9999), test, description), DateIndex.Years(1, 9999), test, description);
    }

    /// <inheritdoc/>
    internal override IndexQuery Missing(string description) => Entries(SearchEntryKind.BirthYear, TermRange.Exactly(""), null, description);
}

/// <summary>
/// Ages, told by birth dates of the living and by ages at death. Within a year of birth there are two ages at most: where
/// both pass, the year is read as a whole, where one does, its dates are.
/// </summary>
internal sealed class AgeIndex : PropertyIndex
{
    private static readonly TermRange AllAges = TermRange.Between("0", null);

    /// <inheritdoc/>
    internal override IndexQuery Having(ValueComparison comparison, DateOnly today, string description)
    {
        var births = new List<IndexQuery>();
        int? firstOfRun = null;
        for (var year = 1; year <= Math.Min(today.Year + 1, DateOnly.MaxValue.Year); year++)
        {
            // Who is born next year or later has the age 0, so that year stands for all behind it.
            bool youngest = comparison.Holds(AgeOn(today, new(year, 12, 31))), oldest = comparison.Holds(AgeOn(today, new(year, 1, 1)));
            if (youngest && oldest)
            {
                firstOfRun ??= year;
                continue;
            }

            EndRun(year - 1);
            if (youngest || oldest)
            {
                births.Add(Entries(
                    SearchEntryKind.BirthDate, DateIndex.Years(year, year), DateIndex.TestOf(date => comparison.Holds(AgeOn(today, (PartialDate)date))), description));
            }
        }

        EndRun(DateOnly.MaxValue.Year);
        var dead = Entries(SearchEntryKind.AgeAtDeath, AllAges, term => AgeAtDeath(term) is { } age && comparison.Holds(age), description);
        return births.Count == 0 ? dead : new UnionQuery([OfTheLiving(AnyOf(births), description), dead]);

        void EndRun(int last)
        {
            if (firstOfRun is { } first)
            {
                births.Add(Entries(SearchEntryKind.BirthYear, DateIndex.Years(first, last), null, description));
                firstOfRun = null;
            }
        }
    }

    /// <inheritdoc/>
    internal override IndexQuery Missing(string description) => new ComplementQuery(new UnionQuery(
    [
        OfTheLiving(Entries(SearchEntryKind.BirthYear, DateIndex.Years(1, 9999), null, description), description),
        Entries(SearchEntryKind.AgeAtDeath, AllAges, null, description),
    ]));

    /// <summary>The age of a term of <see cref="SearchEntryKind.AgeAtDeath"/>; null for the empty one.</summary>
    internal static long? AgeAtDeath(ReadOnlySpan<byte> term) =>
        long.TryParse(term, NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : null;

    private static long AgeOn(DateOnly today, PartialDate born) => born.YearsUntil(today);

    private static IntersectionQuery OfTheLiving(IndexQuery births, string description) =>
        new([births, new ComplementQuery(Entries(SearchEntryKind.Deceased, TermRange.Exactly("true"), null, description))]);
}
