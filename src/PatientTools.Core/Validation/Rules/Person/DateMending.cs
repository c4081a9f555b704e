using System.Globalization;
using PatientTools.Patients;

namespace PatientTools.Validation.Rules.Person;

/// <summary>Reads dates as other systems write them.</summary>
internal static class DateMending
{
    private static readonly char[] Separators = ['.', '/', '-'];

    /// <summary>The date as FHIR writes it.</summary>
    /// <param name="text">A date that FHIR does not allow, such as 31.12.1958, 19581231 or 1958-12-00.</param>
    /// <returns>The date; null when the text is none, or may be two (01/02/1958).</returns>
    public static string? Mended(string text)
    {
        text = text.Trim();
        if (text.AsSpan().IndexOfAny('T', ' ') is var time and > 0)
        {
            text = text[..time];
        }

        if (text.Length == 8 && text.All(char.IsAsciiDigit))
        {
            return Date(text[..4], text[4..6], text[6..]);
        }

        var parts = text.Split(Separators);
        if (!parts.All(part => part.Length is > 0 and <= 4 && part.All(char.IsAsciiDigit)))
        {
            return null;
        }

        return parts switch
        {
            [{ Length: 4 } year] => Date(year, "0", "0"),
            [{ Length: 4 } year, { Length: <= 2 } month] => Date(year, month, "0"),
            [{ Length: <= 2 } month, { Length: 4 } year] => Date(year, month, "0"),
            [{ Length: 4 } year, { Length: <= 2 } month, { Length: <= 2 } day] => Date(year, month, day),
            [{ Length: <= 2 } day, { Length: <= 2 } month, { Length: 4 } year] => text.Contains('.', StringComparison.Ordinal) ? Date(year, month, day) : DateOfEitherOrder(year, day, month),
            _ => null,
        };
    }

    /// <summary>Beside dots the day comes first; beside strokes only numbers over 12 tell.</summary>
    private static string? DateOfEitherOrder(string year, string first, string second)
    {
        var (dayFirst, monthFirst) = (Date(year, second, first), Date(year, first, second));
        return dayFirst is null || monthFirst is null || dayFirst == monthFirst ? dayFirst ?? monthFirst : null;
    }

    private static string? Date(string year, string month, string day)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{year}-{month.PadLeft(2, '0')}-{day.PadLeft(2, '0')}");
        return PartialDate.TryParse(text, out var date) ? date.ToString() : null;
    }
}
