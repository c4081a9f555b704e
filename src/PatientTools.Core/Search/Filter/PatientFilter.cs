using PatientTools.Search.Conditions;

namespace PatientTools.Search.Filter;

/// <summary>
/// The filter language: PowerShell's operators over the properties of a patient, such as
/// <c>Age -ge 65 -and City -eq 'Bonn' -and -not Deceased</c>. A filter is read, never run.
/// </summary>
/// <remarks>
/// <para>
/// A property is written bare or as <c>$_.City</c>. As in PowerShell, <c>-and</c>, <c>-or</c> and <c>-xor</c> have equal
/// precedence and are read from the left, and comparisons bind tighter. <c>-not</c> binds tighter still, so what PowerShell
/// would read as <c>(-not City) -eq 'Bonn'</c> is refused: almost nobody means it. A property that stands alone has to be true
/// or false; PowerShell's truth of other values is refused, because it takes an age of 0 for none.
/// </para>
/// <para>
/// Values are quoted texts, numbers, <c>$true</c>, <c>$false</c>, <c>$null</c> and variables with their members. Calls, casts,
/// subexpressions, indexes, assignments, arithmetic, pipelines and script blocks are errors.
/// </para>
/// </remarks>
public static class PatientFilter
{
    /// <summary>How long a filter may be, in characters.</summary>
    public const int LongestText = 65_536;

    /// <summary>How many values a list may have.</summary>
    public const int LongestList = 10_000;

    /// <summary>How many characters a wildcard pattern or a regular expression may have: each value takes time that grows with it.</summary>
    public const int LongestPattern = 4_096;

    /// <summary>How deep a filter may be nested: parentheses, negations, and changes between <c>-and</c> and <c>-or</c>.</summary>
    public const int DeepestNesting = 100;

    /// <summary>How deep <c>-xor</c> may be nested, a row of them too: the index answers each by asking both of its sides twice.</summary>
    public const int DeepestExclusive = 8;

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter, without the braces of a script block.</param>
    /// <param name="variables">Tells the variables of the caller; null where there are none.</param>
    /// <returns>The condition it states.</returns>
    /// <exception cref="FilterException">
    /// The filter cannot be used. <c>FilterSyntax</c>: it is not written as it has to be. <c>FilterUnknownProperty</c>,
    /// <c>FilterUnknownVariable</c>: there is no such thing. <c>FilterNotAllowed</c>: something would have to be run.
    /// <c>FilterTooLong</c>, <c>FilterTooDeep</c>: it breaks a limit. <c>FilterValueInvalid</c>, <c>FilterOperatorInvalid</c>,
    /// <c>FilterPatternInvalid</c>: a value, operator or pattern does not fit the property.
    /// </exception>
    public static PatientCondition Parse(string text, IFilterVariables? variables = null) => Parse(text, variables, PropertyCondition.Create);

    internal static PatientCondition Parse(string text, IFilterVariables? variables, ComparisonMaker compare)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FilterParser(text, variables, compare).Parse();
    }
}
