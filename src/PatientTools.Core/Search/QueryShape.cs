using System.Globalization;
using PatientTools.Search.Conditions;

namespace PatientTools.Search;

/// <summary>
/// What the audit trail tells of a question: properties, operators, order, how many were found. Never a value, since values
/// are patients' data as often as not.
/// </summary>
internal static class QueryShape
{
    private const int Longest = 400;

    /// <summary>The shape of a question, such as <c>FamilyName begins, not (City -eq); sorted by FamilyName; 12 found</c>.</summary>
    /// <param name="query">The question.</param>
    /// <param name="found">How many answer it; null when nobody has counted.</param>
    /// <param name="besides">What else is asked, of which no word may be a value.</param>
    public static string Of(PatientQuery query, long? found = null, string? besides = null)
    {
        PatientCondition[] conditions = [.. query.Where is AllOf all ? all.Conditions : [query.Where], .. query.Ranking];
        string?[] parts =
        [
            conditions.Length == 0 ? "everybody" : Together(conditions),
            query.IncludeRemoved ? "with removed ones" : null,
            query.Order.Count == 0 ? null : $"sorted by {string.Join(", ", query.Order.Select(order => Of(order.Property) + (order.Descending ? " descending" : "")))}",
            besides,
            found is null ? null : string.Create(CultureInfo.InvariantCulture, $"{found} found"),
        ];
        return string.Join("; ", parts.OfType<string>());
    }

    /// <summary>The shape of a property: its name, and of one that goes on with something the caller wrote the beginning only.</summary>
    public static string Of(SearchProperty property) =>
        property.Name.IndexOf('.', StringComparison.Ordinal) is var end and > 0 ? $"{property.Name.AsSpan(0, end)}.…" : property.Name;

    /// <summary>What kinds of entries are about.</summary>
    public static string Of(IReadOnlyList<SearchEntryKind> kinds) => string.Join(" or ", kinds.Select(Name).Distinct(StringComparer.Ordinal));

    private static string Together(IReadOnlyList<PatientCondition> conditions)
    {
        var text = string.Join(", ", conditions.Select(condition => condition.Shape()));
        return text.Length <= Longest ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, text.LastIndexOf(' ', Longest))} … ({Count(conditions)} conditions)");
    }

    private static int Count(IEnumerable<PatientCondition> conditions) => conditions.Sum(condition => condition.Parts is { Count: > 0 } parts ? Count(parts) : 1);

    /// <summary>How a property is found - by word, text, sound - is the operator's word, not the name's.</summary>
    private static string Name(SearchEntryKind kind)
    {
        var name = kind.ToString();
        string[] endings = ["Part", "Text", "Sound"];
        return endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.Ordinal)) is { } found ? name[..^found.Length] : name;
    }
}
