using System.Text;

namespace PatientTools.Search.Text;

/// <summary>
/// A set such as <c>[a-z]</c> in a pattern. A person writes it with PowerShell's rules, in which a backtick escapes; it is
/// kept in one form that SQLite's GLOB reads alike: a closing bracket in front, then a hyphen, and no caret before others.
/// </summary>
internal static class WildcardSet
{
    /// <summary>The set in the kept form.</summary>
    /// <param name="members">What stands between the brackets.</param>
    /// <param name="folded">Whether each member is folded, to its first letter.</param>
    /// <returns>The set with its brackets; empty when all its members vanish in folding.</returns>
    internal static string Write(ReadOnlySpan<char> members, bool folded)
    {
        var special = new SortedSet<char>();
        var others = new StringBuilder();
        for (var i = 0; i < members.Length;)
        {
            var first = ReadMember(members, ref i, folded);
            var last = first;
            if (i + 1 < members.Length && members[i] == '-')
            {
                i++;
                last = ReadMember(members, ref i, folded);
            }

            Append(others, special, first ?? last, last ?? first);
        }

        // Alone, a caret would say that everything else is meant; outside of a set it is a character like any other.
        if (others.Length == 0 && special.SetEquals(['^']))
            return "^";

        others.Insert(0, special.Contains('-') ? "-" : "").Insert(0, special.Contains(']') ? "]" : "");
        others.Append(special.Contains('^') ? "^" : "");
        return others.Length == 0 ? "" : $"[{others}]";
    }

    /// <summary>Whether a set in the kept form holds a code point, or one that differs from it in case only.</summary>
    /// <param name="set">What stands between the brackets.</param>
    /// <param name="codePoint">The code point.</param>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    internal static bool Contains(ReadOnlySpan<char> set, int codePoint, bool ignoreCase)
    {
        if (Contains(set, codePoint))
            return true;

        if (!ignoreCase)
            return false;

        var folded = CaseFold.Of(codePoint);
        if (Contains(set, folded))
            return true;

        foreach (var variant in CaseFold.VariantsOf(folded))
        {
            if (Contains(set, variant))
                return true;
        }

        return false;
    }

    /// <summary>Whether a set in the kept form holds a code point.</summary>
    /// <param name="set">What stands between the brackets.</param>
    /// <param name="codePoint">The code point.</param>
    internal static bool Contains(ReadOnlySpan<char> set, int codePoint)
    {
        foreach (var special in "]-")
        {
            if (set.IsEmpty || set[0] != special)
                continue;

            if (codePoint == special)
                return true;

            set = set[1..];
        }

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

    /// <summary>Appends a range, lower end first; ends that mean something else in a set are taken out and noted.</summary>
    private static void Append(StringBuilder others, SortedSet<char> special, int? one, int? other)
    {
        if (one is null || other is null)
            return;

        var (first, last) = one <= other ? (one.Value, other.Value) : (other.Value, one.Value);
        for (; first <= last && IsSpecial(first); first++)
            special.Add((char)first);

        for (; last > first && IsSpecial(last); last--)
            special.Add((char)last);

        if (first > last)
            return;

        Append(others, first);
        if (last > first)
            Append(others.Append('-'), last);
    }

    private static void Append(StringBuilder target, int codePoint)
    {
        Span<char> characters = stackalloc char[2];
        target.Append(characters[..CodePoints.Write(codePoint, characters)]);
    }

    private static bool IsSpecial(int codePoint) => codePoint is ']' or '-' or '^';

    /// <summary>A member; null when it vanishes in folding, a space when it is punctuation.</summary>
    private static int? ReadMember(ReadOnlySpan<char> members, ref int index, bool folded)
    {
        if (members[index] == WildcardSyntax.Escape && index + 1 < members.Length)
            index++;

        var codePoint = CodePoints.Read(members, ref index);
        if (!folded || LetterFolding.Of(codePoint) is not { } letters)
            return codePoint;

        var start = 0;
        return letters.Length == 0 ? null : CodePoints.Read(letters, ref start);
    }
}
