using System.Text;

namespace PatientTools.Search.Text;

/// <summary>PowerShell's wildcards: how they are written, and how a folded pattern is compared with folded text.</summary>
internal static class WildcardSyntax
{
    private const char Escape = '`';

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
            if (pattern[i] == '[')
                AppendSet(pattern[(i + 1)..(end - 1)], ref writer);
            else
                writer.AppendWildcard(pattern[i..end]);

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
                text.Append(pattern[i..end]);
                i = end - 1;
                continue;
            }

            var escaped = pattern[i] == Escape && i + 1 < pattern.Length;
            var literal = escaped ? pattern[++i] : pattern[i];
            _ = literal is '[' || (escaped && literal is '*' or '?') ? text.Append('[').Append(literal).Append(']') : text.Append(literal);
        }

        return text.ToString();
    }

    /// <summary>Compares a whole text with a folded pattern, without recursion: at worst their lengths multiplied.</summary>
    internal static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, afterStar = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                afterStar = ++p;
                resume = t;
            }
            else if (p < pattern.Length && TryStep(pattern, ref p, text, ref t))
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

    private static bool TryStep(ReadOnlySpan<char> pattern, ref int p, ReadOnlySpan<char> text, ref int t)
    {
        var codePoint = CodePoints.Read(text, ref t);
        if (pattern[p] == '[')
        {
            var end = p + pattern[p..].IndexOf(']');
            var found = IsMember(pattern[(p + 1)..end], codePoint);
            p = end + 1;
            return found;
        }

        var expected = CodePoints.Read(pattern, ref p);
        return expected == '?' || expected == codePoint;
    }

    /// <summary>Whether a folded set holds a code point; a hyphen in it is always a range, since none survives folding.</summary>
    private static bool IsMember(ReadOnlySpan<char> set, int codePoint)
    {
        for (var i = 0; i < set.Length;)
        {
            var first = CodePoints.Read(set, ref i);
            var last = first;
            if (i < set.Length && set[i] == '-')
            {
                i++;
                last = CodePoints.Read(set, ref i);
            }

            if (codePoint >= first && codePoint <= last)
                return true;
        }

        return false;
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

    private static void AppendSet(ReadOnlySpan<char> members, ref FoldedTextWriter writer)
    {
        var set = new StringBuilder("[");
        for (var i = 0; i < members.Length;)
        {
            var first = ReadMember(members, ref i);
            if (i + 1 < members.Length && members[i] == '-')
            {
                i++;
                AppendRange(set, first, ReadMember(members, ref i));
            }
            else
            {
                set.Append(first);
            }
        }

        if (set.Length > 1)
            writer.AppendWildcard(set.Append(']').ToString());
    }

    /// <summary>Appends a range from the lower end to the higher; an end that vanishes in folding leaves the other alone.</summary>
    private static void AppendRange(StringBuilder set, string first, string last)
    {
        if (first.Length == 0 || last.Length == 0)
            set.Append(first).Append(last);
        else if (char.ConvertToUtf32(first, 0) <= char.ConvertToUtf32(last, 0))
            set.Append(first).Append('-').Append(last);
        else
            set.Append(last).Append('-').Append(first);
    }

    /// <summary>The folded first code point of a member: a space for punctuation, empty for what vanishes.</summary>
    private static string ReadMember(ReadOnlySpan<char> members, ref int index)
    {
        if (members[index] == Escape && index + 1 < members.Length)
            index++;

        var codePoint = CodePoints.Read(members, ref index);
        if (LetterFolding.Of(codePoint) is not { } folded)
            return char.ConvertFromUtf32(codePoint);

        var end = 0;
        if (folded.Length > 0)
            CodePoints.Read(folded, ref end);

        return folded[..end];
    }
}
