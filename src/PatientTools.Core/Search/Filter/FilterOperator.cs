using PatientTools.Search.Conditions;
using PatientTools.Search.Text;

namespace PatientTools.Search.Filter;

/// <summary>How conditions are joined.</summary>
internal enum LogicalOperator
{
    And,
    Or,
    Xor,
}

/// <summary>An operator of the filter language, and the words for it.</summary>
/// <param name="Name">The word without its dash.</param>
/// <param name="Comparison">What it compares; null for one that joins or negates.</param>
/// <param name="IsCaseSensitive">Whether it is a comparison in which case matters.</param>
/// <param name="Logic">What it joins; null for one that compares or negates.</param>
internal sealed record FilterOperator(string Name, ComparisonOperator? Comparison, bool IsCaseSensitive, LogicalOperator? Logic)
{
    private static readonly (string Name, ComparisonOperator Comparison)[] Words =
    [
        ("eq", ComparisonOperator.Equal), ("ne", ComparisonOperator.NotEqual),
        ("lt", ComparisonOperator.Less), ("le", ComparisonOperator.LessOrEqual),
        ("gt", ComparisonOperator.Greater), ("ge", ComparisonOperator.GreaterOrEqual),
        ("like", ComparisonOperator.Like), ("notlike", ComparisonOperator.NotLike),
        ("in", ComparisonOperator.In), ("notin", ComparisonOperator.NotIn),
        ("contains", ComparisonOperator.Contains), ("notcontains", ComparisonOperator.NotContains),
        ("match", ComparisonOperator.Match), ("notmatch", ComparisonOperator.NotMatch),
    ];

    private static readonly string[] Foreign =
        ["is", "isnot", "as", "replace", "split", "join", "f", "band", "bor", "bxor", "bnot", "shl", "shr"];

    private static readonly FilterOperator[] Joining =
    [
        new("and", null, false, LogicalOperator.And), new("or", null, false, LogicalOperator.Or), new("xor", null, false, LogicalOperator.Xor),
    ];

    private static readonly Dictionary<string, FilterOperator> ByName = Words
        .SelectMany(word => new FilterOperator[]
        {
            new(word.Name, word.Comparison, false, null), new("i" + word.Name, word.Comparison, false, null), new("c" + word.Name, word.Comparison, true, null),
        })
        .Concat(Joining)
        .Append(new("not", null, false, null))
        .ToDictionary(item => item.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The comparisons as they are offered, without their other forms.</summary>
    public static IReadOnlyList<string> Comparisons { get; } = [.. Words.Select(word => "-" + word.Name)];

    /// <summary>The words that join.</summary>
    public static IReadOnlyList<string> Logical { get; } = [.. Joining.Select(item => "-" + item.Name)];

    /// <summary>Whether it negates.</summary>
    public bool IsNegation => Comparison is null && Logic is null;

    /// <summary>Finds an operator by its word without the dash; case does not matter.</summary>
    public static FilterOperator? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether PowerShell has such an operator and filters have not.</summary>
    public static bool IsForeign(string name) =>
        Foreign.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.Length > 1 && name[0] is 'c' or 'C' or 'i' or 'I' && Foreign.Contains(name[1..], StringComparer.OrdinalIgnoreCase));

    /// <summary>The operator somebody probably meant.</summary>
    public static string Nearest(string name) => "-" + NearestName.Of(name, ByName.Keys);
}
