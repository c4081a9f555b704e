using System.Globalization;
using PatientTools.Search.Conditions;

namespace PatientTools.Search.Fhir;

/// <summary>
/// Searches in FHIR's words, as behind the question mark of <c>GET [base]/Patient?</c>:
/// <c>family=Müller&amp;birthdate=ge1980&amp;address-city:exact=Bonn</c> (hl7.org/fhir/R4/search.html).
/// </summary>
/// <remarks>
/// <para>
/// Parameters that are repeated have all to hold, of values with commas between one. Text is compared without case and
/// accents from the start of a word, with <c>:exact</c> as a whole and with case, with <c>:contains</c> anywhere. Dates are
/// intervals, with the prefixes eq, ne, gt, lt, ge, le, sa, eb and ap. <c>:missing</c> goes with every parameter, <c>:not</c>
/// with tokens, where it finds those without a value, too.
/// </para>
/// <para>
/// Handling is strict: what is not understood is an error. <c>_total</c> is taken and changes nothing, because totals are always
/// accurate.
/// </para>
/// </remarks>
public static class FhirQuery
{
    /// <summary>How long a query may be, in characters.</summary>
    public const int LongestText = 65_536;

    private const string Resource = "Patient?";
    private static readonly string[] Controls = ["_sort", "_count", "_total"];

    private static readonly string[] NotIndexed =
    [
        "address-use", "general-practitioner", "language", "link", "organization", "_content", "_text", "_list", "_profile", "_query", "_security", "_source",
        "_tag", "_type", "_filter", "_include", "_revinclude", "_summary", "_elements", "_contained", "_containedType", "_format", "_pretty",
    ];

    /// <summary>Reads a query.</summary>
    /// <param name="text">The parameters; <c>?</c> or <c>Patient?</c> may stand in front.</param>
    /// <returns>The question and the wanted size of a page.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>FhirParameterUnknown</c>, <c>FhirModifierUnknown</c>: there is no such thing, or it cannot be answered. <c>FhirValueInvalid</c>: a
    /// value does not fit, or the query is too long or not encoded as it has to be.
    /// </exception>
    public static FhirSearch Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw FhirErrors.Value("The query", text, string.Create(CultureInfo.InvariantCulture, $"It has {text.Length} characters; it may have {LongestText}."));
        }

        var trimmed = text.Trim();
        trimmed = trimmed.StartsWith(Resource, StringComparison.Ordinal) ? trimmed[Resource.Length..] : trimmed.StartsWith('?') ? trimmed[1..] : trimmed;
        var conditions = new List<PatientCondition>();
        var order = new List<SortOrder>();
        int? count = null;
        foreach (var (name, value) in trimmed.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair))
        {
            switch (name)
            {
                case "_sort":
                    order.AddRange(value.Split(',').SelectMany(Order));
                    break;
                case "_count":
                    count = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw FhirErrors.Value(name, value, "Write a whole number from 0.");
                    break;
                case "_total":
                    CheckTotal(value);
                    break;
                default:
                    conditions.Add(Condition(name, value));
                    break;
            }
        }

        return new(new() { Where = conditions is [var only] ? only : new AllOf(conditions), Order = order }, count);
    }

    private static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = FhirText.Decode(equals < 0 ? text : text[..equals]);
        var value = FhirText.Decode(equals < 0 ? "" : text[(equals + 1)..]);
        return name is null || value is null ? throw FhirErrors.Value(equals < 0 ? text : text[..equals], text[(equals + 1)..], "It is not encoded in UTF-8 with % and two digits. Write a plain % as %25.")
            : name.Length == 0 || value.Length == 0 ? throw FhirErrors.Value(name, value, "Write name=value.")
            : (name, value);
    }

    private static PatientCondition Condition(string text, string value)
    {
        if (FhirParameters.Find(text) is { } whole)
        {
            return whole.Condition(null, value);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        return name switch
        {
            "address-state" => throw FhirErrors.NotIndexed(name, "Ask with a filter: Document.address.state -eq 'NW'."),
            "_has" => throw FhirErrors.NotIndexed("_has", $"Only {FhirParameters.HasCondition} can be asked."),
            _ when NotIndexed.Contains(name, StringComparer.Ordinal) => throw FhirErrors.NotIndexed(name, "Leave it out, or ask with a filter over the document."),
            _ => (FhirParameters.Find(name) ?? throw FhirErrors.Parameter(name, [.. FhirParameters.Names, .. Controls], "search parameter of Patient"))
                .Condition(colon < 0 ? null : text[(colon + 1)..], value),
        };
    }

    private static IEnumerable<SortOrder> Order(string text)
    {
        var isDescending = text.StartsWith('-');
        var name = isDescending ? text[1..] : text;
        return FhirParameters.Find(name) is { SortBy: { Count: > 0 } properties }
            ? properties.Select(property => new SortOrder(SearchProperties.Find(property)!, isDescending))
            : throw FhirErrors.Parameter(name, FhirParameters.SortNames, "parameter by which can be sorted");
    }

    private static void CheckTotal(string value)
    {
        if (value is not ("none" or "estimate" or "accurate"))
        {
            throw FhirErrors.Value("_total", value, "Write none, estimate or accurate; the total is always accurate.");
        }
    }
}
