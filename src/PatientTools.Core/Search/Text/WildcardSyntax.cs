using System.Text;

namespace PatientTools.Search.Text;

/// <summary>PowerShell's wildcards: how they are written, and how a folded pattern is compared with folded text.</summary>
internal static class WildcardSyntax
{
    internal const char Escape = '`';

    /// <summary>Whether a text has a wildcard, one that no backtick makes literal.</summary>
    internal static bool HasWildcards(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '*' or '?' || (text[i] == '[' && EndOfSet(text, i) > 0))
                return true;

            if (text[i] == Escape)
                i++;
        }

        return false;
    }

    /// <summary>Folds a pattern into a writer.</summary>
    internal static void Fold(ReadOnlySpan<char> pattern, ref FoldedTextWriter writer)
    {
        var literal = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == Escape)
            {
                // Folded, the backtick vanishes and what it escapes is text: nothing more to do than to step over it.
                i++;
                continue;
            }

            var end = pattern[i] switch
            {
                '*' or '?' => i + 1,
                '[' => EndOfSet(pattern, i),
                _ => 0,
            };
            if (end == 0)
                continue;

            writer.Append(pattern[literal..i]);
            ReadOnlySpan<char> wildcard = pattern[i] == '['
                ? WildcardSet.Write(pattern[(i + 1)..(end - 1)], folded: true)
                : pattern[i..end];
            if (!wildcard.IsEmpty)
                writer.AppendWildcard(wildcard);

            literal = end;
            i = end - 1;
        }

        writer.Append(pattern[literal..]);
    }

    /// <summary>The pattern without backticks: a wildcard character that is meant literally becomes a set of its own.</summary>
    internal static string Unescape(ReadOnlySpan<char> pattern)
    {
        var text = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '[' && EndOfSet(pattern, i) is var end and > 0)
            {
                text.Append(WildcardSet.Write(pattern[(i + 1)..(end - 1)], folded: false));
                i = end - 1;
                continue;
            }

            var escaped = pattern[i] == Escape && i + 1 < pattern.Length;
            var literal = escaped ? pattern[++i] : pattern[i];
            if (literal == '[' || (escaped && literal is '*' or '?'))
                text.Append('[').Append(literal).Append(']');
            else
                text.Append(literal);
        }

        return text.ToString();
    }

    /// <summary>The pattern in normal form C, but for its sets: the members of a set stand side by side without being one character.</summary>
    internal static string ToNfc(string pattern)
    {
        var composed = new StringBuilder(pattern.Length);
        for (var rest = pattern.AsSpan(); !rest.IsEmpty;)
        {
            var set = rest.IndexOf('[');
            composed.Append(UnicodeNormalization.ToNfc((set < 0 ? rest : rest[..set]).ToString()));
            rest = set < 0 ? [] : rest[set..];
            // No set is empty, so a bracket in front is a member.
            var end = rest.IsEmpty ? 0 : rest[2..].IndexOf(']') + 3;
            composed.Append(rest[..end]);
            rest = rest[end..];
        }

        return composed.ToString();
    }

    /// <summary>Compares a whole text with a pattern that is folded or unescaped, without recursion: at worst their lengths multiplied.</summary>
    internal static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase = false)
    {
        int p = 0, t = 0, afterStar = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                afterStar = ++p;
                resume = t;
            }
            else if (p < pattern.Length && TryStep(pattern, ref p, text, ref t, ignoreCase))
            {
                continue;
            }
            else if (afterStar >= 0)
            {
                // Only the last star has to take more: what an earlier one could give is among what it may take.
                p = afterStar;
                CodePoints.Read(text, ref resume);
                t = resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool TryStep(ReadOnlySpan<char> pattern, ref int p, ReadOnlySpan<char> text, ref int t, bool ignoreCase)
    {
        var codePoint = CodePoints.Read(text, ref t);
        if (pattern[p] == '[')
        {
            // No set is empty, so a bracket in front is a member.
            var end = p + 2 + pattern[(p + 2)..].IndexOf(']');
            var found = WildcardSet.Contains(pattern[(p + 1)..end], codePoint, ignoreCase);
            p = end + 1;
            return found;
        }

        var expected = CodePoints.Read(pattern, ref p);
        return expected == '?' || expected == codePoint || (ignoreCase && CaseFold.Of(expected) == CaseFold.Of(codePoint));
    }

    /// <summary>The index behind the bracket that closes a set, or 0 when none does. The first member may be a bracket.</summary>
    private static int EndOfSet(ReadOnlySpan<char> pattern, int start)
    {
        for (var i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == Escape)
                i++;
            else if (pattern[i] == ']' && i > start + 1)
                return i + 1;
        }

        return 0;
    }
}
