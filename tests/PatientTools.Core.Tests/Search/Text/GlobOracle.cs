using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

/// <summary>SQLite's GLOB as its sources define it (patternCompare), read into C# as plainly as can be, to compare with.</summary>
internal static class GlobOracle
{
    internal static bool Matches(string pattern, string text) => Matches(CodePoints(pattern), CodePoints(text));

    /// <summary>A pattern as GLOB writes it. It has no escape: what is meant literally becomes a set of one.</summary>
    internal static string Of(TextPattern pattern) => pattern.Kind switch
    {
        TextPatternKind.Exact => Escape(pattern.Value),
        TextPatternKind.Prefix => Escape(pattern.Value) + "*",
        _ => pattern.Value,
    };

    private static string Escape(string literal) => literal
        .Replace("[", "[[]", StringComparison.Ordinal)
        .Replace("*", "[*]", StringComparison.Ordinal)
        .Replace("?", "[?]", StringComparison.Ordinal);

    private static int[] CodePoints(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    private static bool Matches(ReadOnlySpan<int> pattern, ReadOnlySpan<int> text)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;

        if (pattern[0] == '*')
            return Matches(pattern[1..], text) || (!text.IsEmpty && Matches(pattern, text[1..]));

        if (text.IsEmpty)
            return false;

        if (pattern[0] == '[')
            return MatchesSet(pattern[1..], text);

        return (pattern[0] == '?' || pattern[0] == text[0]) && Matches(pattern[1..], text[1..]);
    }

    private static bool MatchesSet(ReadOnlySpan<int> pattern, ReadOnlySpan<int> text)
    {
        var i = 0;
        var inverted = pattern[i] == '^';
        if (inverted)
            i++;

        var seen = false;
        var prior = 0;
        if (pattern[i] == ']')
        {
            seen = text[0] == ']';
            i++;
        }

        while (i < pattern.Length && pattern[i] != ']')
        {
            if (pattern[i] == '-' && i + 1 < pattern.Length && pattern[i + 1] != ']' && prior > 0)
            {
                seen |= text[0] >= prior && text[0] <= pattern[i + 1];
                prior = 0;
                i += 2;
            }
            else
            {
                prior = pattern[i++];
                seen |= text[0] == prior;
            }
        }

        return i < pattern.Length && seen != inverted && Matches(pattern[(i + 1)..], text[1..]);
    }
}
