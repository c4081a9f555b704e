using System.Globalization;
using System.Text;

namespace PatientTools.Search.Filter;

/// <summary>Shows a place of a filter: its line, cut around the place, and a line of marks under it.</summary>
internal static class FilterExcerpt
{
    private const int Width = 100;
    private const int Before = 40;
    private const int LongestName = 60;
    private const string Indent = "    ";
    private const char Ellipsis = '…';

    /// <summary>The two lines, each on a line of its own; nothing when the filter is blank.</summary>
    public static string Of(string filter, FilterPlace place)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return "";
        }

        var start = Math.Min(place.Start, filter.Length);
        var lineStart = filter.AsSpan(0, start).LastIndexOfAny('\r', '\n') + 1;
        var lineLength = filter.AsSpan(lineStart).IndexOfAny('\r', '\n');
        var lineEnd = lineLength < 0 ? filter.Length : lineStart + lineLength;
        var from = lineEnd - lineStart <= Width ? lineStart : Math.Max(lineStart, start - Before);
        var to = Math.Min(lineEnd, from + Width);
        var end = Math.Clamp(place.End, start, to);

        var line = new StringBuilder(Indent);
        var marks = new StringBuilder(Indent);
        if (from > lineStart)
        {
            line.Append(Ellipsis);
            marks.Append(' ');
        }

        Append(line, filter.AsSpan(from, start - from));
        marks.Append(' ', Columns(filter.AsSpan(from, start - from)));
        Append(line, filter.AsSpan(start, to - start));
        marks.Append('^', Math.Max(1, Columns(filter.AsSpan(start, end - start))));
        if (to < lineEnd)
        {
            line.Append(Ellipsis);
        }

        return $"\n{line.ToString().TrimEnd()}\n{marks}";
    }

    /// <summary>Text of a filter as it can stand in a message: not endless, and without characters that cannot be shown.</summary>
    public static string Shorten(string text)
    {
        var shown = new StringBuilder();
        Append(shown, text.AsSpan(0, Math.Min(text.Length, LongestName)));
        return text.Length > LongestName ? shown.Append(Ellipsis).ToString() : shown.ToString();
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(rune.Value == '\t' ? " " : Rune.IsControl(rune) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }
    }

    /// <summary>Marks stand on letters: accents that stand behind theirs take no column.</summary>
    private static int Columns(ReadOnlySpan<char> text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns += Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1;
        }

        return columns;
    }
}
