using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Filter;
using PatientTools.Search.Index;

namespace PatientTools.Core.Tests.Search.Filter;

/// <summary>What a filter compares, as it was asked, and whether that is true.</summary>
internal sealed record Asked(SearchProperty Property, ComparisonOperator Comparison, IReadOnlyList<object?> Values, bool CaseSensitive, bool IsTrue) : PatientCondition
{
    public override bool IsMetBy(PatientSubject subject) => IsTrue;

    public override IndexQuery ToIndexQuery(DateOnly today) => throw new NotSupportedException();

    internal override string Shape() => $"{Property} {Comparison}";
}

/// <summary>Reads filters and tells how they were understood, without a patient.</summary>
internal static class FilterDouble
{
    public static string Read(string filter, IFilterVariables? variables = null) => Show(PatientFilter.Parse(filter, variables, Compare));

    public static string Show(PatientCondition condition) => condition switch
    {
        AllOf all => $"({string.Join(" and ", all.Conditions.Select(Show))})",
        AnyOf any => $"({string.Join(" or ", any.Conditions.Select(Show))})",
        ExclusiveOr exclusive => $"({Show(exclusive.Left)} xor {Show(exclusive.Right)})",
        Not not => $"not {Show(not.Condition)}",
        Asked asked => $"{asked.Property.Name} {(asked.CaseSensitive ? "c" : "")}{asked.Comparison} {string.Join(",", asked.Values.Select(Show))}",
        _ => throw new ArgumentException($"{condition} is no condition of a filter.", nameof(condition)),
    };

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        bool flag => flag ? "true" : "false",
        _ => FormattableString.Invariant($"{value}:{value.GetType().Name}"),
    };

    /// <summary>Comparisons that say of themselves whether they are true: <c>Age</c> is 1.</summary>
    public static Asked Compare(SearchProperty property, ComparisonOperator comparison, IReadOnlyList<object?> values, bool caseSensitive) =>
        new(property, comparison, values, caseSensitive, values is [1L] or [true]);
}

/// <summary>Variables with their members joined by dots.</summary>
internal sealed class FixedVariables(Dictionary<string, object?> variables) : IFilterVariables
{
    public bool TryGet(string name, IReadOnlyList<string> members, out object? value) =>
        variables.TryGetValue(string.Join('.', [name, .. members]), out value);
}
