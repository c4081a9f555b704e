using System.Globalization;
using System.Text;

namespace PatientTools.Search.Filter;

/// <summary>Quoted text, as PowerShell reads it.</summary>
internal static class FilterText
{
    /// <summary>Reads text in which variables are expanded where its quotes are double ones.</summary>
    /// <param name="quoted">The text with its quotes.</param>
    /// <param name="variable">Gives the text of a variable that stands at a place of the text; null leaves variables as they are.</param>
    /// <param name="invalid">The place of what cannot be read.</param>
    /// <returns>The text; null when an escape cannot be read.</returns>
    public static string? Read(string quoted, Func<string, FilterPlace, string>? variable, out FilterPlace invalid)
    {
        invalid = default;
        return FilterCharacters.IsSingleQuote(quoted[0]) ? Single(quoted) : Expand(quoted, variable, out invalid);
    }

    private static string Single(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            text.Append(quoted[i]);
            if (FilterCharacters.IsSingleQuote(quoted[i]))
            {
                i++;
            }
        }

        return text.ToString();
    }

    private static string? Expand(string quoted, Func<string, FilterPlace, string>? variable, out FilterPlace invalid)
    {
        invalid = default;
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1;)
        {
            var start = i;
            var character = quoted[i++];
            if (character == '`')
            {
                if (!TryEscape(quoted, ref i, text))
                {
                    invalid = new(start, Math.Min(i, quoted.Length - 1));
                    return null;
                }
            }
            else if (character == '$' && variable is not null && VariableAt(quoted, ref i) is { } name)
            {
                text.Append(variable(name, new(start, i)));
            }
            else
            {
                text.Append(character);
                if (FilterCharacters.IsDoubleQuote(character))
                {
                    i++;
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The variable's name behind <c>$</c>; null where none begins: then the sign is text. As in PowerShell, a dot behind is text, too.</summary>
    private static string? VariableAt(string quoted, ref int at)
    {
        if (quoted[at] == '{')
        {
            var end = quoted.IndexOf('}', at);
            if (end < 0)
            {
                return null;
            }

            var name = quoted[(at + 1)..end];
            at = end + 1;
            return name;
        }

        return FilterCharacters.ContinuesName(quoted[at]) ? FilterLexer.VariableName(quoted, ref at) : null;
    }

    private static bool TryEscape(string quoted, ref int at, StringBuilder text)
    {
        var escaped = quoted[at++];
        if (escaped != 'u')
        {
            text.Append(escaped switch
            {
                '0' => '\0',
                'a' => '\a',
                'b' => '\b',
                'e' => '\u001B',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                _ => escaped,
            });
            return true;
        }

        var end = at < quoted.Length && quoted[at] == '{' ? quoted.IndexOf('}', at) : -1;
        if (end < 0)
        {
            return false;
        }

        var digits = quoted.AsSpan(at + 1, end - at - 1);
        at = end + 1;
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var codePoint) || !Rune.IsValid(codePoint))
        {
            return false;
        }

        text.Append(new Rune(codePoint).ToString());
        return true;
    }
}
