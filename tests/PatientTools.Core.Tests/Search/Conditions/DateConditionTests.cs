using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using static PatientTools.Search.Conditions.ComparisonOperator;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>
/// Dates are intervals and compare as FHIR R4 says (hl7.org/fhir/R4/search.html#prefix): eq when the asked range contains the
/// value's, gt and lt when the range above or below it overlaps the value's, ge and le that or eq, sa and eb wholly above or
/// below, ap when the ranges, widened by a tenth of the time to now, overlap.
/// </summary>
public sealed class DateConditionTests
{
    private static readonly string[] Prefixes = ["eq", "ne", "lt", "le", "gt", "ge", "sa", "eb"];
    private static readonly ComparisonOperator[] Operators = [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, StartsAfter, EndsBefore];

    [Theory]
    [InlineData("1958-12-15", "1958-12-15", "eq le ge")]
    [InlineData("1958-12-15", "1958-12-16", "ne lt le eb")]
    [InlineData("1958-12-15", "1958-12-14", "ne gt ge sa")]
    [InlineData("1958-12-15", "1958-12", "eq le ge")]
    [InlineData("1958-12-15", "1958-11", "ne gt ge sa")]
    [InlineData("1958-12-15", "1959-01", "ne lt le eb")]
    [InlineData("1958-12-15", "1958", "eq le ge")]
    [InlineData("1958-12-15", "1957", "ne gt ge sa")]
    [InlineData("1958-12-15", "1959", "ne lt le eb")]
    [InlineData("1958-12", "1958-12-15", "ne lt le gt ge")]
    [InlineData("1958-12", "1958-12-01", "ne gt ge")]
    [InlineData("1958-12", "1958-12-31", "ne lt le")]
    [InlineData("1958-12", "1959-01-01", "ne lt le eb")]
    [InlineData("1958-12", "1958-11-30", "ne gt ge sa")]
    [InlineData("1958-12", "1958-12", "eq le ge")]
    [InlineData("1958-12", "1958-11", "ne gt ge sa")]
    [InlineData("1958-12", "1958", "eq le ge")]
    [InlineData("1958-12", "1959", "ne lt le eb")]
    [InlineData("1958", "1958-06-15", "ne lt le gt ge")]
    [InlineData("1958", "1958-01-01", "ne gt ge")]
    [InlineData("1958", "1958-12-31", "ne lt le")]
    [InlineData("1958", "1957-12-31", "ne gt ge sa")]
    [InlineData("1958", "1958-06", "ne lt le gt ge")]
    [InlineData("1958", "1958-01", "ne gt ge")]
    [InlineData("1958", "1958-12", "ne lt le")]
    [InlineData("1958", "1958", "eq le ge")]
    [InlineData("1958", "1957", "ne gt ge sa")]
    [InlineData("1958", "1959", "ne lt le eb")]
    [InlineData("0001", "9999", "ne lt le eb")]
    [InlineData("9999-12-31", "0001-01-01", "ne gt ge sa")]
    [InlineData("9999", "9999", "eq le ge")]
    [InlineData("0001", "0001-01-01", "ne gt ge")]
    public void Dates_compare_as_FHIR_compares_intervals(string born, string asked, string holding)
    {
        var subject = Subjects.Of($"\"birthDate\":\"{born}\",\"deceasedDateTime\":\"{born}\"");
        for (var i = 0; i < Prefixes.Length; i++)
        {
            Assert.True(holding.Split(' ').Contains(Prefixes[i]) == subject.Meets("BirthDate", Operators[i], asked), $"{Prefixes[i]}{asked} of {born}");
            Assert.True(holding.Split(' ').Contains(Prefixes[i]) == subject.Meets("DeceasedDate", Operators[i], asked), $"{Prefixes[i]}{asked} of {born}, died");
        }
    }

    [Theory]
    [InlineData("2020-01-01", "2006-07-01", false)]
    [InlineData("2008-01-01", "2006-07-01", true)]
    [InlineData("2004-08-01", "2006-07-01", true)]
    [InlineData("2004-06-01", "2006-07-01", false)]
    [InlineData("2004", "2006-07-01", true)]
    [InlineData("2026-07-01", "2026", true)]
    [InlineData("2027-01-01", "2026", false)]
    public void About_is_within_a_tenth_of_the_time_to_now(string born, string asked, bool expected) =>
        Assert.Equal(expected, Subjects.Of($"\"birthDate\":\"{born}\"").Meets("BirthDate", Approximately, asked));

    [Fact]
    public void A_missing_date_passes_nothing_but_the_negatives()
    {
        var nobody = Subjects.Of("\"birthDate\":\"unknown\"");
        Assert.All(Operators.Append(Approximately), comparison => Assert.Equal(comparison == NotEqual, nobody.Meets("BirthDate", comparison, "1958")));
        Assert.True(nobody.Meets("BirthDate", Equal, null));
        Assert.False(nobody.Meets("BirthDate", NotEqual, null));
        Assert.True(nobody.Meets("BirthDate", NotIn, "1958", 1959));
        Assert.False(nobody.Meets("BirthDate", NotIn, "1958", null));
    }

    [Fact]
    public void Operands_are_taken_as_people_and_variables_give_them()
    {
        var subject = Subjects.Of("\"birthDate\":\"1958-12-31\"");
        Assert.All<object>(
            ["1958-12-31", " 1958-12-31 ", "1958-12", "1958-12-00", "1958", 1958, 1958L, 1958.0, new DateOnly(1958, 12, 31), new DateTime(1958, 12, 31, 23, 0, 0), new PartialDate(1958), new DateTimeOffset(new DateTime(1958, 12, 31, 12, 0, 0, DateTimeKind.Local))],
            operand => Assert.True(subject.Meets("BirthDate", Equal, operand), operand.ToString()));
        Assert.True(subject.Meets("BirthDate", In, "1950", "1958-12"));
        Assert.False(subject.Meets("BirthDate", NotIn, "1950", "1958-12"));
        Assert.True(subject.Meets("BirthDate", In, [.. Enumerable.Range(0, 1000).Select(day => (object)new DateOnly(1957, 6, 1).AddDays(day))]));
        Assert.True(subject.Meets("BirthDate", Like, "1958-1?-*"));
        Assert.True(subject.Meets("BirthDate", Match, "-31$"));
    }

    [Fact]
    public void Whole_years_are_read_as_years_and_border_years_by_their_dates()
    {
        var union = Assert.IsType<UnionQuery>(Assert.IsType<BirthQuery>(Subjects.Condition("BirthDate", GreaterOrEqual, false, "1980-05-01").ToIndexQuery(Subjects.Today)).ByDate);
        Assert.All(union.Queries.Cast<EntryQuery>(), query => Assert.False(query.Range.Contains("1979-12-31"u8)));
        Assert.Single(union.Queries.Cast<EntryQuery>(), query => query.Kinds[0] == PatientTools.Search.SearchEntryKind.BirthYear && query.Test is null && query.Range.Contains("1981"u8) && !query.Range.Contains("1980"u8));
        var year = Assert.IsType<EntryQuery>(Assert.IsType<BirthQuery>(Subjects.Condition("BirthDate", Equal, false, 1980).ToIndexQuery(Subjects.Today)).ByDate);
        Assert.Equal(PatientTools.Search.SearchEntryKind.BirthYear, year.Kinds[0]);
    }

    [Theory]
    [InlineData("1961-07-01", "2026-07-01", 65)]
    [InlineData("1961-07-02", "2026-07-01", 64)]
    [InlineData("1961-06-30", "2026-07-01", 65)]
    [InlineData("1961-07", "2026-07-01", 64)]
    [InlineData("1961-06", "2026-07-01", 65)]
    [InlineData("1961", "2026-07-01", 64)]
    [InlineData("1960-02-29", "2025-02-28", 64)]
    [InlineData("1960-02-29", "2025-03-01", 65)]
    [InlineData("1960-02-29", "2024-02-29", 64)]
    [InlineData("2030-01-01", "2026-07-01", 0)]
    public void Ages_are_the_completed_years_certainly_reached(string born, string today, int age)
    {
        var subject = Subjects.Of($"\"birthDate\":\"{born}\"", DateOnly.Parse(today, null));
        Assert.True(subject.Meets("Age", Equal, age));
        Assert.False(subject.Meets("Age", NotEqual, age));
        Assert.True(subject.Meets("Age", GreaterOrEqual, age));
        Assert.True(subject.Meets("Age", LessOrEqual, age));
        Assert.False(subject.Meets("Age", Greater, age));
        Assert.False(subject.Meets("Age", Less, age));
        Assert.True(subject.Meets("Age", Less, age + 0.5));
        Assert.True(subject.Meets("Age", Greater, age - 0.5));
        Assert.False(subject.Meets("Age", Equal, age + 0.5));
        Assert.True(subject.Meets("Age", In, age, 200));
        Assert.True(subject.Meets("Age", Like, $"{age}"));
    }

    [Fact]
    public void The_dead_have_the_age_at_which_they_died()
    {
        var dead = Subjects.Of("\"birthDate\":\"1950-06-15\",\"deceasedDateTime\":\"2020-06-14\"");
        Assert.True(dead.Meets("Age", Equal, 69));
        Assert.False(dead.Meets("Age", Greater, 69));
        Assert.True(Subjects.Of("\"birthDate\":\"1950-06-15\",\"deceasedDateTime\":\"2020\"").Meets("Age", Equal, 69));
        var unknown = Subjects.Of("\"birthDate\":\"1950-06-15\",\"deceasedBoolean\":true");
        Assert.True(unknown.Meets("Age", Equal, null));
        Assert.False(unknown.Meets("Age", GreaterOrEqual, 0));
        Assert.True(unknown.Meets("Age", NotEqual, 76));
        Assert.True(unknown.Meets("Age", NotIn, 76, 77));
        Assert.True(Subjects.Of("").Meets("Age", Equal, null));
    }
}
