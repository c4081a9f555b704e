using CsCheck;
using PatientTools.Patients;

namespace PatientTools.Core.Tests.Patients;

public class PartialDateTests
{
    private static readonly Gen<PartialDate> Dates = Gen.Select(Gen.Int[1, 9999], Gen.Int[0, 12], Gen.Int[0, 31]).Select(
        (year, month, day) => month == 0 ? new PartialDate(year) : new PartialDate(year, month, Math.Min(day, DateTime.DaysInMonth(year, month))));

    [Theory]
    [InlineData("1933", 1933, null, null)]
    [InlineData("1958-12", 1958, 12, null)]
    [InlineData("1958-12-31", 1958, 12, 31)]
    [InlineData("1958-00-00", 1958, null, null)]
    [InlineData("1958-12-00", 1958, 12, null)]
    [InlineData("2015-02-07T13:28:17-05:00", 2015, 2, 7)]
    [InlineData("0001-01-01", 1, 1, 1)]
    [InlineData("9999-12-31", 9999, 12, 31)]
    [InlineData("2000-02-29", 2000, 2, 29)]
    public void Dates_keep_their_precision(string text, int year, int? month, int? day)
    {
        var date = PartialDate.Parse(text);
        Assert.Equal((year, month, day), (date.Year, date.Month, date.Day));
        Assert.Equal(day is null, date.IsPartial);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("T")]
    [InlineData("T1958")]
    [InlineData("0000")]
    [InlineData("58")]
    [InlineData("1958-13")]
    [InlineData("1958-1")]
    [InlineData("1958-12-32")]
    [InlineData("1958-00-05")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("31.12.1958")]
    [InlineData("1958/12/31")]
    [InlineData("1958-12-31 ")]
    [InlineData(" 1958")]
    [InlineData("+958")]
    [InlineData("-958-12-31")]
    [InlineData("١٩٥٨")]
    public void These_are_no_dates(string? text)
    {
        Assert.False(PartialDate.TryParse(text, out var date));
        Assert.Equal(default, date);
    }

    [Fact]
    public void Parsing_what_is_no_date_says_so() =>
        Assert.Equal("InvalidDate", Assert.Throws<PatientToolsException>(() => PartialDate.Parse("31.12.1958")).ErrorId);

    [Fact]
    public void The_calendar_is_kept() => Assert.Throws<ArgumentOutOfRangeException>(() => new PartialDate(2023, 2, 29));

    [Fact]
    public void What_is_written_is_read_again() =>
        Dates.Sample(date => PartialDate.TryParse(date.ToString(), out var read) && read == date && read.GetHashCode() == date.GetHashCode(), iter: 2000);

    [Fact]
    public void A_date_lies_between_the_first_and_the_last_day_it_can_mean() =>
        Dates.Sample(date => date.IsPartial ? date.First < date.Last : date.First == date.Last && date == (PartialDate)date.First, iter: 2000);

    [Fact]
    public void Order_is_that_of_the_first_days_the_less_precise_in_front() =>
        Gen.Select(Dates, Dates).Sample(
            (a, b) =>
            {
                Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
                Assert.Equal(a == b, a.CompareTo(b) == 0);
                Assert.True(a >= b || a.First <= b.First);
                Assert.Equal(a < b, string.CompareOrdinal(a.ToString(), b.ToString()) < 0);
            },
            iter: 2000);

    [Theory]
    [InlineData("1958-12-31", "2026-12-30", 67)]
    [InlineData("1958-12-31", "2026-12-31", 68)]
    [InlineData("2000-02-29", "2023-02-28", 22)]
    [InlineData("2000-02-29", "2023-03-01", 23)]
    [InlineData("1958", "2026-12-30", 67)]
    [InlineData("1958", "2026-12-31", 68)]
    [InlineData("1958-02", "2026-02-27", 67)]
    [InlineData("1958-02", "2026-02-28", 68)]
    [InlineData("2026-12-31", "2026-01-01", 0)]
    public void Age_is_what_is_certainly_reached(string born, string day, int years) =>
        Assert.Equal(years, PartialDate.Parse(born).YearsUntil(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Comparison_takes_what_scripts_compare_with()
    {
        IComparable date = PartialDate.Parse("1958-12-31");
        Assert.True(date.CompareTo("1958-12-30") > 0);
        Assert.True(date.CompareTo(new DateTime(1959, 1, 1)) < 0);
        Assert.Equal(0, date.CompareTo(new DateOnly(1958, 12, 31)));
        Assert.True(date.CompareTo(null) > 0);
        Assert.True(date.Equals("1958-12-31"));
        Assert.False(date.Equals("1958-12"));
        Assert.Throws<ArgumentException>(() => date.CompareTo("yesterday"));
        Assert.Throws<ArgumentException>(() => date.CompareTo(5));
    }
}
