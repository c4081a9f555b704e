using PatientTools.Search.Conditions;

namespace PatientTools.Search.Filter;

/// <summary>What the words of a filter mean: the properties there are, and how they are compared.</summary>
/// <param name="Find">Finds a property by name.</param>
/// <param name="Nearest">The property somebody probably meant.</param>
/// <param name="Compare">Makes a comparison, or throws why it cannot be made.</param>
internal sealed record FilterVocabulary(
    Func<string, SearchProperty?> Find,
    Func<string, string> Nearest,
    Func<SearchProperty, ComparisonOperator, IReadOnlyList<object?>, bool, PatientCondition> Compare)
{
    /// <summary>The properties of patients.</summary>
    public static FilterVocabulary OfPatients { get; } = new(SearchProperties.Find, SearchProperties.Nearest, PropertyCondition.Create);
}
