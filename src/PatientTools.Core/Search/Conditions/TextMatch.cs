using System.Text.RegularExpressions;

namespace PatientTools.Search.Conditions;

/// <summary>Some part of the text fits a regular expression that never backtracks: time grows with the text's length alone.</summary>
internal sealed class TextMatch : TextComparison
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex _expression;

    private TextMatch(Regex expression)
    {
        _expression = expression;
        HoldsForMissing = Holds(ReadOnlySpan<char>.Empty);
    }

    internal override bool Holds(ReadOnlySpan<char> text) => _expression.IsMatch(text);

    /// <summary>Takes a regular expression.</summary>
    /// <exception cref="PatientToolsException"><c>FilterPatternInvalid</c>: none, or one that needs backtracking.</exception>
    internal static TextMatch Of(AskedComparison asked, string pattern)
    {
        try
        {
            return new(asked.IsCaseSensitive ? new Regex(pattern, Options) : new Regex(pattern, Options | RegexOptions.IgnoreCase));
        }
        catch (RegexParseException e)
        {
            throw asked.PatternInvalid(pattern, $"it is no regular expression (character {e.Offset}).", e);
        }
        catch (NotSupportedException e)
        {
            throw asked.PatternInvalid(
                pattern,
                "expressions that look ahead or behind, refer back, or repeat long parts many times are not taken, because they can take forever. Write it without (?=…), (?<=…), (?>…) and \\1.",
                e);
        }
    }
}
