namespace PatientTools.Validation.Fhir;

/// <summary>The syntax of dates and times (hl7.org/fhir/R4/datatypes.html#dateTime). What stands there has to be in the calendar, too.</summary>
internal static class FhirDateSyntax
{
    /// <summary>How many bytes a whole date has.</summary>
    private const int WholeDate = 10;

    /// <summary>How many bytes a time of day has, without a fraction.</summary>
    private const int WholeTime = 8;

    /// <summary>A year, a month or a day.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it is such a date.</returns>
    public static bool IsDate(ReadOnlySpan<byte> text)
    {
        if (text.Length is not (4 or 7 or WholeDate) || !IsNumber(text, 0, 4, out var year) || year == 0)
        {
            return false;
        }

        if (text.Length == 4)
        {
            return true;
        }

        if (text[4] != '-' || !IsNumber(text, 5, 2, out var month) || month is 0 or > 12)
        {
            return false;
        }

        return text.Length == 7 || (text[7] == '-' && IsNumber(text, 8, 2, out var day) && day > 0 && day <= DateTime.DaysInMonth(year, month));
    }

    /// <summary>Whether a text begins with a day in FHIR's form that no calendar has, such as <c>2026-02-30</c>.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsImpossibleDay(ReadOnlySpan<byte> text) =>
        text.Length >= WholeDate && text[4] == '-' && text[7] == '-' && (text.Length == WholeDate || text[WholeDate] == 'T')
        && IsNumber(text, 0, 4, out _) && IsNumber(text, 5, 2, out _) && IsNumber(text, 8, 2, out _) && !IsDate(text[..WholeDate]);

    /// <summary>A date, or a date with a time to the second and a zone.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it is such a time.</returns>
    public static bool IsDateTime(ReadOnlySpan<byte> text) => text.Length <= WholeDate ? IsDate(text) : IsInstant(text);

    /// <summary>A date with a time to the second and a zone.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it is such a time.</returns>
    public static bool IsInstant(ReadOnlySpan<byte> text)
    {
        if (text.Length <= WholeDate + 1 + WholeTime || text[WholeDate] != 'T' || !IsDate(text[..WholeDate]))
        {
            return false;
        }

        var rest = text[(WholeDate + 1)..];
        return IsTimeOfDay(rest, out var length) && IsZone(rest[length..]);
    }

    /// <summary>A time of day to the second, without a zone.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it is such a time.</returns>
    public static bool IsTime(ReadOnlySpan<byte> text) => IsTimeOfDay(text, out var length) && length == text.Length;

    /// <summary>Hours to 23, minutes to 59, seconds to 60 for leap seconds, and a fraction of any length.</summary>
    private static bool IsTimeOfDay(ReadOnlySpan<byte> text, out int length)
    {
        length = WholeTime;
        if (text.Length < WholeTime || text[2] != ':' || text[5] != ':'
            || !IsNumber(text, 0, 2, out var hour) || !IsNumber(text, 3, 2, out var minute) || !IsNumber(text, 6, 2, out var second)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        if (text.Length == WholeTime || text[WholeTime] != '.')
        {
            return true;
        }

        length++;
        while (length < text.Length && char.IsAsciiDigit((char)text[length]))
        {
            length++;
        }

        return length > WholeTime + 1;
    }

    /// <summary><c>Z</c>, or hours and minutes east or west, to 14:00.</summary>
    private static bool IsZone(ReadOnlySpan<byte> text) =>
        text is [(byte)'Z']
        || (text is [(byte)'+' or (byte)'-', _, _, (byte)':', _, _] && IsNumber(text, 1, 2, out var hours) && IsNumber(text, 4, 2, out var minutes)
            && minutes <= 59 && (hours < 14 || (hours == 14 && minutes == 0)));

    private static bool IsNumber(ReadOnlySpan<byte> text, int at, int digits, out int number)
    {
        number = 0;
        for (var i = at; i < at + digits; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return true;
    }
}
