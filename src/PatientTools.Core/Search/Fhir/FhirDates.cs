using System.Text.RegularExpressions;
using PatientTools.Search.Conditions;

namespace PatientTools.Search.Fhir;

/// <summary>Date parameters with their prefixes (hl7.org/fhir/R4/search.html#date).</summary>
internal static partial class FhirDates
{
    private static readonly Dictionary<string, ComparisonOperator> Prefixes = new(StringComparer.Ordinal)
    {
        ["eq"] = ComparisonOperator.Equal,
        ["ne"] = ComparisonOperator.NotEqual,
        ["gt"] = ComparisonOperator.Greater,
        ["lt"] = ComparisonOperator.Less,
        ["ge"] = ComparisonOperator.GreaterOrEqual,
        ["le"] = ComparisonOperator.LessOrEqual,
        ["sa"] = ComparisonOperator.StartsAfter,
        ["eb"] = ComparisonOperator.EndsBefore,
        ["ap"] = ComparisonOperator.Approximately,
    };

    /// <summary>A parameter that is a date.</summary>
    public static FhirParameter Date(string name, string property) => Make(name, property, DateForm(), "a date such as 1980, 1980-05 or ge1980-05-17");

    /// <summary>A parameter that is a moment.</summary>
    public static FhirParameter Time(string name, string property) => Make(name, property, TimeForm(), "a date or a time such as 2026-05, ge2026-05-17 or lt2026-05-17T10:30:00Z");

    private static FhirParameter Make(string name, string property, Regex form, string fitting) =>
        new(name, [], FhirParameters.HasValue(property), (value, _) => Condition(name, property, form, fitting, value)) { SortBy = [property] };

    private static PatientCondition Condition(string name, string property, Regex form, string fitting, string value)
    {
        var hasPrefix = value.Length > 2 && char.IsAsciiLetter(value[0]);
        if (!Prefixes.TryGetValue(hasPrefix ? value[..2] : "eq", out var comparison))
        {
            throw FhirErrors.Value(name, value, $"There are the prefixes {string.Join(", ", Prefixes.Keys)}.");
        }

        // The plus of an offset became a blank when the query was decoded.
        var date = (hasPrefix ? value[2..] : value).Replace(' ', '+');
        if (!form.IsMatch(date))
        {
            throw FhirErrors.Value(name, value, $"Write {fitting}.");
        }

        try
        {
            var condition = FhirParameters.Compare(property, comparison, date);
            // What is missing differs from nothing in FHIR.
            return comparison == ComparisonOperator.NotEqual ? new AllOf([FhirParameters.HasValue(property), condition]) : condition;
        }
        catch (PatientToolsException problem)
        {
            throw FhirErrors.Value(name, value, $"Write {fitting}.", problem);
        }
    }

    [GeneratedRegex(@"\A[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DateForm();

    [GeneratedRegex(@"\A[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TimeForm();
}
