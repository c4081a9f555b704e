using System.Text;

namespace PatientTools.Search.Filter;

/// <summary>
/// Cuts a filter into its parts, and refuses what filters have not. What is only unfinished (a quote without its partner, a
/// dash without a word) comes as a part, so that it can be completed.
/// </summary>
internal sealed class FilterLexer(string filter)
{
    private const string Identifier = "Identifier";
    private int _at;

    /// <summary>The next part; at the end always <see cref="FilterTokenKind.End"/>.</summary>
    public FilterToken Next()
    {
        SkipBlanks();
        var start = _at;
        return Peek() switch
        {
            '\0' => new(FilterTokenKind.End, new(start, start)),
            '(' => Sign(FilterTokenKind.Open, 1),
            ')' => Close(),
            ',' => Sign(FilterTokenKind.Comma, 1),
            '@' when Peek(1) == '(' => Sign(FilterTokenKind.OpenList, 2),
            '!' when Peek(1) != '=' => Sign(FilterTokenKind.Operator, 1) with { Operator = FilterOperator.Find("not") },
            '$' => Variable(),
            var quote when FilterCharacters.IsQuote(quote) => Text(),
            var sign when StartsNumber(sign) => Number(),
            var dash when FilterCharacters.IsDash(dash) => Operator(),
            var letter when FilterCharacters.StartsName(letter) => Word(start),
            var other => throw Refused(other),
        };
    }

    private char Peek(int ahead = 0) => _at + ahead < filter.Length ? filter[_at + ahead] : '\0';

    private void SkipBlanks()
    {
        while (true)
        {
            if (FilterCharacters.IsBlank(Peek()))
            {
                _at++;
            }
            else if (Peek() == '`' && Peek(1) is '\r' or '\n')
            {
                _at += 2;
            }
            else if (Peek() == '#')
            {
                var length = filter.AsSpan(_at).IndexOfAny('\r', '\n');
                _at = length < 0 ? filter.Length : _at + length;
            }
            else if (Peek() == '<' && Peek(1) == '#')
            {
                var end = filter.IndexOf("#>", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? throw Error("FilterSyntax", "The comment is not closed with #>.", _at, _at + 2) : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private FilterToken Sign(FilterTokenKind kind, int length)
    {
        var start = _at;
        _at += length;
        return new(kind, new(start, _at));
    }

    private FilterToken Close()
    {
        var token = Sign(FilterTokenKind.Close, 1);
        RefuseUse(token.Place.Start, isValue: true);
        return token;
    }

    private FilterToken Operator()
    {
        var start = _at++;
        var name = Run(char.IsLetter);
        return new(FilterTokenKind.Operator, new(start, _at)) { Name = name, Operator = FilterOperator.Find(name) };
    }

    private FilterToken Text()
    {
        var start = _at;
        if (SkipText())
        {
            RefuseUse(start, isValue: true);
            return new(FilterTokenKind.Text, new(start, _at));
        }

        return new(FilterTokenKind.Text, new(start, _at)) { IsUnfinished = true };
    }

    /// <summary>Steps over quoted text, and tells whether it is closed.</summary>
    private bool SkipText()
    {
        Func<char, bool> closes = FilterCharacters.IsSingleQuote(Peek()) ? FilterCharacters.IsSingleQuote : FilterCharacters.IsDoubleQuote;
        var expands = FilterCharacters.IsDoubleQuote(Peek());
        for (_at++; _at < filter.Length; _at++)
        {
            if (expands && Peek() == '`')
            {
                _at++;
            }
            else if (expands && Peek() == '$' && Peek(1) == '(')
            {
                throw Error("FilterNotAllowed", "A subexpression would have to be run. Put its result into a variable first.", _at, _at + 2);
            }
            else if (closes(Peek()))
            {
                if (!closes(Peek(1)))
                {
                    _at++;
                    return true;
                }

                _at++;
            }
        }

        _at = filter.Length;
        return false;
    }

    private FilterToken Variable()
    {
        var start = _at++;
        string name;
        if (Peek() == '(')
        {
            throw Error("FilterNotAllowed", "A subexpression would have to be run. Put its result into a variable first.", start, _at + 1);
        }
        else if (Peek() == '{')
        {
            var end = filter.IndexOf('}', _at);
            if (end < 0)
            {
                throw Error("FilterSyntax", "The brace of the variable's name is not closed.", start, _at + 1);
            }

            name = filter[(_at + 1)..end];
            _at = end + 1;
        }
        else
        {
            name = VariableName(filter, ref _at);
        }

        if (name.Length == 0)
        {
            throw Error("FilterSyntax", "The name of a variable is missing behind $.", start, _at);
        }

        if (IsPatient(name))
        {
            if (Peek() != '.')
            {
                return new(FilterTokenKind.Word, new(start, _at)) { Name = "", NameStart = _at };
            }

            _at++;
            return Word(start);
        }

        var members = new List<string>();
        while (Peek() == '.' && (FilterCharacters.StartsName(Peek(1)) || FilterCharacters.IsQuote(Peek(1))))
        {
            _at++;
            members.Add(Segment());
        }

        RefuseUse(start, isValue: true);
        return new(FilterTokenKind.Variable, new(start, _at)) { Name = name, Members = members };
    }

    /// <summary>Whether a variable is the patient that is looked at: <c>$_</c> or <c>$PSItem</c>.</summary>
    public static bool IsPatient(string variable) => variable == "_" || variable.Equals("PSItem", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the name of a variable, with its scope, behind <c>$</c>.</summary>
    public static string VariableName(string text, ref int at)
    {
        var start = at;
        SkipName(text, ref at);
        if (at > start && at + 1 < text.Length && text[at] == ':' && FilterCharacters.ContinuesVariable(text[at + 1]))
        {
            at++;
            SkipName(text, ref at);
        }

        return text[start..at];

        static void SkipName(string text, ref int at)
        {
            while (at < text.Length && FilterCharacters.ContinuesVariable(text[at]))
            {
                at++;
            }
        }
    }

    private FilterToken Word(int start)
    {
        var nameStart = _at;
        var name = new StringBuilder(Segment());
        while (Peek() == '.')
        {
            _at++;
            var isSystem = name.Length == Identifier.Length && name.ToString().Equals(Identifier, StringComparison.OrdinalIgnoreCase);
            name.Append('.').Append(isSystem && !FilterCharacters.IsQuote(Peek()) ? Run(ContinuesSystem) : Segment());
        }

        RefuseCommand(start);
        RefuseUse(start, isValue: false);
        return new(FilterTokenKind.Word, new(start, _at)) { Name = name.ToString(), NameStart = nameStart };
    }

    /// <summary>A part of a path between dots: bare or quoted.</summary>
    private string Segment()
    {
        if (!FilterCharacters.IsQuote(Peek()))
        {
            return Run(FilterCharacters.ContinuesName);
        }

        var start = _at;
        if (!SkipText())
        {
            throw Error("FilterSyntax", "The quote is not closed.", start, start + 1);
        }

        return FilterText.Read(filter[start.._at], null, out _) ?? throw Error("FilterSyntax", "The name has an escape that cannot be read.", start, _at);
    }

    private static bool ContinuesSystem(char character) =>
        !FilterCharacters.IsBlank(character) && !FilterCharacters.IsQuote(character) && character is not ('(' or ')' or ',' or ';' or '|' or '{' or '}' or '`');

    private bool StartsNumber(char character) =>
        char.IsAsciiDigit(character)
        || (character == '.' && char.IsAsciiDigit(Peek(1)))
        || ((FilterCharacters.IsDash(character) || character == '+') && (char.IsAsciiDigit(Peek(1)) || (Peek(1) == '.' && char.IsAsciiDigit(Peek(2)))));

    private FilterToken Number()
    {
        var start = _at++;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '.' || IsSignOfExponent(start))
        {
            if (Peek() == '.' && Peek(1) == '.')
            {
                throw Error("FilterNotAllowed", "Filters have no ranges. Write two comparisons, such as Age -ge 18 -and Age -le 65.", start, _at + 2);
            }

            _at++;
        }

        var isNumber = FilterNumber.TryParse(filter.AsSpan(start, _at - start), out var number);
        if (isNumber && !(Peek() is '/' or ':' or '_' || (FilterCharacters.IsDash(Peek()) && char.IsAsciiDigit(Peek(1)))))
        {
            return new(FilterTokenKind.Number, new(start, _at)) { Number = number };
        }

        Run(character => char.IsAsciiLetterOrDigit(character) || character is '/' or ':' or '_' or '.' || FilterCharacters.IsDash(character));
        var text = FilterExcerpt.Shorten(filter[start.._at]);
        throw Error("FilterSyntax", $"{text} is not a number that can be used. Dates and other texts are written in quotes: '{text}'.", start, _at);
    }

    private bool IsSignOfExponent(int start) =>
        (FilterCharacters.IsDash(Peek()) || Peek() == '+') && filter[_at - 1] is 'e' or 'E' && char.IsAsciiDigit(Peek(1))
        && _at - start >= 2 && char.IsAsciiDigit(filter[_at - 2]) && !filter.AsSpan(start, _at - start).Contains('x');

    private string Run(Func<char, bool> continues)
    {
        var start = _at;
        while (_at < filter.Length && continues(filter[_at]))
        {
            _at++;
        }

        return filter[start.._at];
    }

    /// <summary>A verb, a dash and a noun are a command; <c>City-eq</c> is a property and an operator.</summary>
    private void RefuseCommand(int start)
    {
        if (FilterCharacters.IsDash(Peek()) && char.IsLetter(Peek(1)))
        {
            var end = _at++;
            var noun = Run(char.IsLetter);
            if (FilterOperator.Find(noun) is null && !FilterOperator.IsForeign(noun))
            {
                Run(character => FilterCharacters.ContinuesName(character) || FilterCharacters.IsDash(character));
                var command = FilterExcerpt.Shorten(filter[start.._at]);
                throw Error("FilterNotAllowed", $"{command} reads like a command, and a filter never runs anything. Put its result into a variable first.", start, _at);
            }

            _at = end;
        }
    }

    private void RefuseUse(int start, bool isValue)
    {
        var problem = Peek() switch
        {
            '(' when filter[_at - 1] != ')' => "A method would have to be run, which filters never do. Compare the property with an operator, such as -like 'B*'.",
            '[' => "Filters have no indexes. Put the value into a variable first.",
            ':' when Peek(1) == ':' => "Filters have no static members. Put the value into a variable first.",
            '.' when isValue && (FilterCharacters.StartsName(Peek(1)) || FilterCharacters.IsQuote(Peek(1))) => "Only variables have members. Put the value into a variable first.",
            _ => null,
        };
        if (problem is not null)
        {
            throw Error("FilterNotAllowed", problem, start, _at + 1);
        }
    }

    private FilterException Refused(char first)
    {
        var pair = $"{first}{Peek(1)}";
        var (id, problem, length) = (first, pair) switch
        {
            (_, "!=") => ("FilterSyntax", "Write -ne instead of !=.", 2),
            (_, "==") => ("FilterNotAllowed", "Write -eq instead of ==.", 2),
            ('=', _) => ("FilterNotAllowed", "A filter assigns nothing. Write -eq to compare.", 1),
            (_, ">=") => ("FilterNotAllowed", "Write -ge instead of >=.", 2),
            (_, "<=") => ("FilterNotAllowed", "Write -le instead of <=.", 2),
            (_, "<>") => ("FilterNotAllowed", "Write -ne instead of <>.", 2),
            ('>', _) => ("FilterNotAllowed", "A filter redirects nothing. Write -gt to compare.", 1),
            ('<', _) => ("FilterNotAllowed", "A filter redirects nothing. Write -lt to compare.", 1),
            (_, "&&") => ("FilterNotAllowed", "Write -and instead of &&.", 2),
            (_, "||") => ("FilterNotAllowed", "Write -or instead of ||.", 2),
            ('|' or '&' or ';', _) => ("FilterNotAllowed", "A filter is one condition: it has no pipelines and runs no commands.", 1),
            ('{' or '}', _) => ("FilterNotAllowed", "A filter holds no script blocks. Leave the braces out.", 1),
            ('[', _) => ("FilterNotAllowed", "Filters have no casts. Write dates and other texts in quotes, as '2026-01-31'.", 1),
            (_, "@{") => ("FilterNotAllowed", "Filters have no hashtables.", 2),
            ('@', { } at) when FilterCharacters.IsQuote(at[1]) => ("FilterNotAllowed", "Filters have no here-strings. Write the text in plain quotes.", 2),
            ('@', { } at) when FilterCharacters.StartsName(at[1]) => ("FilterNotAllowed", "Filters have no splatting. Write a variable with $.", 2),
            ('+' or '*' or '/' or '%', _) => ("FilterNotAllowed", "Filters do not calculate. Write texts in quotes, those with * too.", 1),
            _ => ("FilterSyntax", $"The character '{FilterExcerpt.Shorten(char.IsSurrogate(first) ? pair : first.ToString())}' cannot stand here. Write texts in quotes.", char.IsSurrogate(first) ? 2 : 1),
        };
        return Error(id, problem, _at, _at + length);
    }

    private FilterException Error(string id, string problem, int start, int end) => new(id, problem, filter, new(start, end));
}
