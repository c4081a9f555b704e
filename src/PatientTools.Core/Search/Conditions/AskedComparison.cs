using System.Globalization;
using PatientTools.Patients;
using PatientTools.Search.Text;

namespace PatientTools.Search.Conditions;

/// <summary>A comparison as it was asked for: reads operands as people write them, and says what would fit where one does not.</summary>
/// <param name="Property">The property.</param>
/// <param name="Operator">The operator.</param>
/// <param name="IsCaseSensitive">Whether case matters.</param>
internal sealed record AskedComparison(SearchProperty Property, ComparisonOperator Operator, bool IsCaseSensitive)
{
    /// <summary>Operands are shown in messages, but nobody wants to read a megabyte.</summary>
    private const int LongestShown = 60;

    /// <summary>Property and operator, as in a filter.</summary>
    public override string ToString() => $"{Property} {Operator.Written(IsCaseSensitive)}";

    /// <summary>An operand as text in normal form C.</summary>
    internal string Text(object operand)
    {
        if (Property.IsId)
        {
            return TextOf(operand) is { } id && PatientId.TryParse(id.Trim(), out var parsed)
                ? parsed.ToString()
                : throw ValueInvalid(operand, "an id such as 01935c1e-7b1a-7c3e-9d2f-0123456789ab");
        }

        return PatternText(operand);
    }

    /// <summary>An operand as the text of a pattern.</summary>
    internal string PatternText(object operand) => TextOf(operand) is { } text && (operand is not bool || Property.IsOfAnyType)
        ? UnicodeNormalization.ToNfc(text)
        : throw ValueInvalid(operand, "text in quotes");

    /// <summary>An operand as a number.</summary>
    internal decimal Number(object operand) => TryNumber(operand) ?? throw ValueInvalid(operand, "a number such as 65");

    /// <summary>An operand as a date: ISO's order of year, month and day, as FHIR and DIN ISO 8601 have it.</summary>
    internal PartialDate Date(object operand)
    {
        PartialDate? date = operand switch
        {
            PartialDate partial => partial,
            DateOnly day => day,
            DateTime time => DateOnly.FromDateTime(time.ToLocalIfUniversal()),
            DateTimeOffset time => DateOnly.FromDateTime(time.LocalDateTime),
            string text => PartialDate.TryParse(text.AsSpan().Trim(), out var parsed) ? parsed : null,
            bool => null,
            _ => TryNumber(operand) is { } year and >= 1 and <= 9999 && year == decimal.Truncate(year) ? new PartialDate((int)year) : null,
        };
        return date ?? throw ValueInvalid(operand, $"a date such as 1958, '1958-12' or '1958-12-31'{IsoHint(operand)}");
    }

    /// <summary>An operand as a moment in local time, or all moments of a day, a minute or a second.</summary>
    internal TimeRange Time(object operand) =>
        TimeRange.TryRead(operand) ?? throw ValueInvalid(operand, $"a date or a time such as '2026-11', '2026-11-24' or '2026-11-24 10:30'{IsoHint(operand)}");

    /// <summary>An operand as true or false.</summary>
    internal bool Flag(object operand) => TryFlag(operand) ?? throw ValueInvalid(operand, "$true or $false");

    /// <summary>A number, or text that is one in the invariant culture; null for everything else.</summary>
    internal static decimal? TryNumber(object operand) => operand switch
    {
        string text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var large) ? Saturated(large) : null,
        double number => Saturated(number),
        float number => Saturated(number),
        decimal number => number,
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToDecimal(operand, CultureInfo.InvariantCulture),
        System.Numerics.BigInteger number => Saturated((double)number),
        _ => null,
    };

    /// <summary>A boolean, its word, or the number that stands for it; null for everything else.</summary>
    internal static bool? TryFlag(object operand) => operand switch
    {
        bool flag => flag,
        string text => bool.TryParse(text, out var flag) ? flag : null,
        _ => TryNumber(operand) switch { 0 => false, 1 => true, _ => null },
    };

    /// <summary>A value as it is written; null for one that could be written in several ways.</summary>
    internal static string? TextOf(object value) => value switch
    {
        string text => text,
        char character => character.ToString(),
        bool flag => flag ? "true" : "false",
        PatientId or Guid or PartialDate => value.ToString(),
        DateOnly day => ((PartialDate)day).ToString(),
        DateTime time when time.TimeOfDay == TimeSpan.Zero => ((PartialDate)DateOnly.FromDateTime(time)).ToString(),
        double number => number.ToString(CultureInfo.InvariantCulture),
        float number => number.ToString(CultureInfo.InvariantCulture),
        _ => TryNumber(value)?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The error for an operand that does not fit.</summary>
    internal PatientToolsException ValueInvalid(object operand, string fitting) =>
        Error($"{this} takes {fitting}; '{Shown(operand)}' is none.", operand);

    /// <summary>The error for $null where a value is needed.</summary>
    internal PatientToolsException ValueMissing() => Error($"{this} takes a value, but got $null. Use -eq $null to find where {Property} is missing.", null);

    /// <summary>The error for no operand or several where there has to be one.</summary>
    internal PatientToolsException CountInvalid(int count) => Error($"{this} takes one value, not {count}. Use -in for several.", null);

    /// <summary>The error for an operator that the property does not know.</summary>
    internal PatientToolsException OperatorInvalid()
    {
        var (kind, operators) = Property.Type switch
        {
            SearchPropertyType.Boolean => ("true or false", "-eq, -ne, -in and -notin"),
            SearchPropertyType.Time => ("a time", "-eq, -ne, -lt, -le, -gt, -ge, -in and -notin"),
            _ => ("text", "-eq, -ne, -lt, -le, -gt, -ge, -like, -notlike, -match, -notmatch, -in, -notin, -contains and -notcontains"),
        };
        return new(
            "FilterOperatorInvalid",
            $"{Property} is {kind} and cannot be compared with {Operator.Written(IsCaseSensitive)}. It takes {operators}.",
            ErrorKind.InvalidArgument)
        { Target = Property.Name };
    }

    /// <summary>The error for a pattern that cannot be used.</summary>
    internal PatientToolsException PatternInvalid(string pattern, string reason, Exception? cause = null) =>
        new("FilterPatternInvalid", $"{this} cannot use the pattern '{Shown(pattern)}': {reason}", ErrorKind.InvalidArgument, cause) { Target = pattern };

    private static PatientToolsException Error(string message, object? target) =>
        new("FilterValueInvalid", message, ErrorKind.InvalidArgument) { Target = target };

    private static decimal? Saturated(double number) => number switch
    {
        double.NaN => null,
        >= (double)decimal.MaxValue => decimal.MaxValue,
        <= (double)decimal.MinValue => decimal.MinValue,
        _ => (decimal)number,
    };

    private static string Shown(object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length <= LongestShown ? text : $"{text.AsSpan(0, LongestShown)}…";
    }

    /// <summary>How a day that was written in German order is written here; nothing for anything else.</summary>
    private static string IsoHint(object operand) =>
        operand is string text && DateOnly.TryParseExact(text.Trim(), ["d.M.yyyy", "d.M.yyyy H:mm", "d.M.yyyy H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? $", here '{(PartialDate)day}'"
            : "";
}
