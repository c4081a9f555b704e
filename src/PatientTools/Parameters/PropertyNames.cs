using PatientTools.Search;

namespace PatientTools.Parameters;

/// <summary>Finds the properties that were named for sorting, grouping and reading.</summary>
internal static class PropertyNames
{
    /// <summary>The order that was asked for.</summary>
    /// <param name="names">The properties to sort by.</param>
    /// <param name="descending">Whether the last come first.</param>
    /// <param name="otherwise">The order when no property is named.</param>
    /// <exception cref="PatientToolsException"><c>UnknownProperty</c>, <c>PropertyNotSortable</c>, <c>SortByMissing</c>.</exception>
    public static IReadOnlyList<SortOrder> ToOrder(string[] names, bool descending, IReadOnlyList<SortOrder> otherwise) =>
        names.Length > 0 ? [.. names.Select(name => new SortOrder(Sortable(name), descending))]
        : !descending ? otherwise
        : throw new PatientToolsException("SortByMissing", "-Descending turns round the order of -SortBy. Name a property with -SortBy as well.", ErrorKind.InvalidArgument);

    /// <summary>The properties of names and of wildcards over fixed names, each once.</summary>
    /// <exception cref="PatientToolsException"><c>UnknownProperty</c>.</exception>
    public static IReadOnlyList<SearchProperty> Select(string[] names) => [.. names.SelectMany(Matching).DistinctBy(property => property.Name, StringComparer.Ordinal)];

    /// <summary>What to count by.</summary>
    /// <exception cref="PatientToolsException"><c>PropertyNotGroupable</c>.</exception>
    public static IReadOnlyList<GroupProperty> ToGroups(string[] names) => [.. names.Select(Groupable).DistinctBy(property => property.Name, StringComparer.Ordinal)];

    private static IEnumerable<SearchProperty> Matching(string name)
    {
        var pattern = new NamePattern(name);
        if (!pattern.HasWildcards)
        {
            return [Known(name)];
        }

        var matching = SearchProperties.All.Where(property => pattern.Matches(property.Name)).ToList();
        return matching.Count > 0 ? matching : throw new PatientToolsException("UnknownProperty", $"No property matches '{name}'. Press Tab behind -Property to see the names.", ErrorKind.InvalidArgument) { Target = name };
    }

    private static SearchProperty Known(string name) => SearchProperties.Find(name) ?? throw new PatientToolsException(
        "UnknownProperty",
        $"A patient has no property '{name}'. Did you mean {SearchProperties.Nearest(name)}? Document.<path> reads any member of the document.",
        ErrorKind.InvalidArgument)
    { Target = name };

    private static SearchProperty Sortable(string name) => SearchProperties.Find(name) switch
    {
        { IsSortable: true } property => property,
        null => throw new PatientToolsException(
            "UnknownProperty", $"A patient has no property '{name}'. Did you mean {SearchProperties.NearestSortable(name)}?", ErrorKind.InvalidArgument)
        { Target = name },
        _ => throw new PatientToolsException(
            "PropertyNotSortable",
            $"Patients cannot be sorted by {name}. Press Tab behind -SortBy to see by what they can, or pipe them to Sort-Object.",
            ErrorKind.InvalidArgument)
        { Target = name },
    };

    private static GroupProperty Groupable(string name) => GroupProperty.Find(name) ?? throw new PatientToolsException(
        "PropertyNotGroupable",
        $"Patients cannot be counted by '{name}', but by {string.Join(", ", GroupProperty.All)}.",
        ErrorKind.InvalidArgument)
    { Target = name };
}
