using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace PatientTools.Patients;

/// <summary>
/// A FHIR <c>date</c>: a year, a month or a day (hl7.org/fhir/R4/datatypes.html#date). A partial date stays partial.
/// </summary>
/// <remarks>Years run from 1 to 9999. Older formats write an unknown month or day as <c>00</c>; that is read as partial.</remarks>
public readonly struct PartialDate : IEquatable<PartialDate>, IComparable<PartialDate>, IComparable
{
    private readonly int _encoded;

    /// <summary>Makes a date.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12; 0 when unknown.</param>
    /// <param name="day">1 to the length of the month; 0 when unknown.</param>
    /// <exception cref="ArgumentOutOfRangeException">The calendar has no such date.</exception>
    public PartialDate(int year, int month = 0, int day = 0)
    {
        if (!IsValid(year, month, day))
        {
            throw new ArgumentOutOfRangeException(nameof(year), string.Create(CultureInfo.InvariantCulture, $"The calendar has no date {year}-{month}-{day}."));
        }

        _encoded = (year * 10000) + (month * 100) + day;
    }

    /// <summary>The year.</summary>
    public int Year => _encoded / 10000;

    /// <summary>The month, or null when only the year is known.</summary>
    public int? Month => _encoded / 100 % 100 is var month and > 0 ? month : null;

    /// <summary>The day, or null when only the month or the year is known.</summary>
    public int? Day => _encoded % 100 is var day and > 0 ? day : null;

    /// <summary>Whether the day is unknown.</summary>
    public bool IsPartial => Day is null;

    /// <summary>The first day the date can mean.</summary>
    public DateOnly First => new(Year, Month ?? 1, Day ?? 1);

    /// <summary>The last day the date can mean.</summary>
    public DateOnly Last => new(Year, Month ?? 12, Day ?? DateTime.DaysInMonth(Year, Month ?? 12));

    /// <summary>Makes a full date.</summary>
    /// <param name="date">The day.</param>
    public static implicit operator PartialDate(DateOnly date) => new(date.Year, date.Month, date.Day);

    /// <summary>Whether both are the same date of the same precision.</summary>
    public static bool operator ==(PartialDate left, PartialDate right) => left.Equals(right);

    /// <summary>Whether the dates or their precisions differ.</summary>
    public static bool operator !=(PartialDate left, PartialDate right) => !left.Equals(right);

    /// <summary>Whether the left sorts before the right; see <see cref="CompareTo(PartialDate)"/>.</summary>
    public static bool operator <(PartialDate left, PartialDate right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left sorts after the right; see <see cref="CompareTo(PartialDate)"/>.</summary>
    public static bool operator >(PartialDate left, PartialDate right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left does not sort after the right.</summary>
    public static bool operator <=(PartialDate left, PartialDate right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left does not sort before the right.</summary>
    public static bool operator >=(PartialDate left, PartialDate right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>, with <c>00</c> for unknown parts; a time behind <c>T</c> is cut off.</summary>
    /// <param name="text">The text.</param>
    /// <param name="date">The date, when the text is one.</param>
    /// <returns>Whether the text is a date of the calendar.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PartialDate date) => TryParse(text.AsSpan(), out date);

    /// <inheritdoc cref="TryParse(string?, out PartialDate)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out PartialDate date) => TryRead(MemoryMarshal.Cast<char, ushort>(text), out date);

    /// <inheritdoc cref="TryParse(string?, out PartialDate)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out PartialDate date) => TryRead(text, out date);

    /// <summary>Reads a date as <see cref="TryParse(string?, out PartialDate)"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The date.</returns>
    /// <exception cref="PatientToolsException"><c>InvalidDate</c> when the text is not a date.</exception>
    public static PartialDate Parse(string text) => TryParse(text, out var date)
        ? date
        : throw new PatientToolsException("InvalidDate", $"'{text}' is not a date. Write 1958, 1958-12 or 1958-12-31.", ErrorKind.InvalidArgument) { Target = text };

    /// <summary>The completed years from this date to a day, counted from the last day the date can mean: the age certainly reached.</summary>
    /// <param name="day">The day up to which to count.</param>
    /// <returns>Completed years; 0 when the day lies before.</returns>
    public int YearsUntil(DateOnly day)
    {
        var born = Last;
        var years = day.Year - born.Year;
        // A birthday on 29 February is reached on 1 March in a common year (§ 188 BGB).
        if ((day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0)
        {
            years--;
        }

        return Math.Max(years, 0);
    }

    /// <summary>Sorts by the first day the date can mean; of two that begin together the less precise comes first.</summary>
    /// <param name="other">The other date.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(PartialDate other) => _encoded.CompareTo(other._encoded);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        PartialDate other => CompareTo(other),
        DateOnly day => CompareTo(day),
        DateTime time => CompareTo(DateOnly.FromDateTime(time)),
        string text when TryParse(text, out var parsed) => CompareTo(parsed),
        _ => throw new ArgumentException($"A date cannot be compared with {obj.GetType().Name}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(PartialDate other) => _encoded == other._encoded;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj switch
    {
        PartialDate other => Equals(other),
        string text => TryParse(text, out var parsed) && Equals(parsed),
        _ => false,
    };

    /// <inheritdoc/>
    public override int GetHashCode() => _encoded;

    /// <summary>The date as FHIR writes it.</summary>
    /// <returns><c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</returns>
    public override string ToString() => (Month, Day) switch
    {
        (null, _) => Year.ToString("D4", CultureInfo.InvariantCulture),
        ({ } month, null) => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{month:D2}"),
        ({ } month, { } day) => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{month:D2}-{day:D2}"),
    };

    private static bool IsValid(int year, int month, int day) =>
        year is >= 1 and <= 9999
        && (month == 0 ? day == 0 : month <= 12 && month > 0 && day >= 0 && day <= DateTime.DaysInMonth(year, month));

    /// <summary>Reads units of UTF-16 as well as of UTF-8.</summary>
    private static bool TryRead<T>(ReadOnlySpan<T> text, out PartialDate date)
        where T : unmanaged, IBinaryInteger<T>
    {
        date = default;
        if (text.IndexOf(T.CreateTruncating('T')) is var time and > 0)
        {
            text = text[..time];
        }

        if (text.Length is not (4 or 7 or 10) || !TryDigits(text[..4], out var year))
        {
            return false;
        }

        int month = 0, day = 0;
        var hyphen = T.CreateTruncating('-');
        if (text.Length >= 7 && (text[4] != hyphen || !TryDigits(text[5..7], out month)))
        {
            return false;
        }

        if (text.Length == 10 && (text[7] != hyphen || !TryDigits(text[8..10], out day)))
        {
            return false;
        }

        if (!IsValid(year, month, day))
        {
            return false;
        }

        date = new PartialDate(year, month, day);
        return true;
    }

    private static bool TryDigits<T>(ReadOnlySpan<T> text, out int value)
        where T : unmanaged, IBinaryInteger<T>
    {
        value = 0;
        foreach (var unit in text)
        {
            var digit = int.CreateTruncating(unit) - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
