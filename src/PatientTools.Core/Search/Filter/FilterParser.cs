using System.Globalization;
using PatientTools.Search.Conditions;

namespace PatientTools.Search.Filter;

/// <summary>
/// Reads a filter by recursive descent: logic over comparisons over lists over negations over operands. An operand is only
/// told to be a condition, a property or a value where an operator asks for one.
/// </summary>
internal sealed class FilterParser
{
    private readonly string _filter;
    private readonly FilterLexer _lexer;
    private readonly FilterValues _values;
    private readonly FilterComparer _comparer;
    private FilterToken _token;
    private FilterPlace _last;
    private int _nesting;

    public FilterParser(string filter, IFilterVariables? variables, ComparisonMaker compare)
    {
        _filter = filter;
        _lexer = new FilterLexer(filter);
        _values = new FilterValues(filter, variables);
        _comparer = new FilterComparer(filter, compare);
    }

    public PatientCondition Parse()
    {
        CheckText();
        Advance();
        if (_token.Kind == FilterTokenKind.End)
        {
            throw Error("FilterSyntax", "The filter is empty. Write a condition, such as Age -ge 65.", _token.Place);
        }

        var operand = ParseLogic();
        return _token.Kind switch
        {
            FilterTokenKind.End => _comparer.Condition(operand).Condition!,
            FilterTokenKind.Close => throw Error("FilterSyntax", "Nothing is open that this parenthesis could close.", _token.Place),
            _ => throw Unjoined(),
        };
    }

    private FilterOperand ParseLogic()
    {
        var left = ParseComparison();
        while (_token.Operator?.Logic is { } logic)
        {
            left = ParseRun(_comparer.Condition(left), logic);
        }

        return left;
    }

    /// <summary>Reads as many conditions as are joined by the same word: they are one level, however many there are.</summary>
    private FilterOperand ParseRun(FilterOperand first, LogicalOperator logic)
    {
        List<FilterOperand> parts = [first];
        do
        {
            var word = _token;
            Advance();
            RequireOperand($"A condition is missing behind {_filter[word.Place.Start..word.Place.End]}.");
            parts.Add(_comparer.Condition(ParseComparison()));
        }
        while (_token.Operator?.Logic == logic && logic != LogicalOperator.Xor);

        List<PatientCondition> conditions = [.. parts.Select(part => part.Condition!)];
        return Nest(new(first.Place.To(_last))
        {
            Condition = logic switch
            {
                LogicalOperator.And => new AllOf(conditions),
                LogicalOperator.Or => new AnyOf(conditions),
                _ => new ExclusiveOr(conditions[0], conditions[1]),
            },
            Height = parts.Max(part => part.Height),
            Exclusive = parts.Max(part => part.Exclusive) + (logic == LogicalOperator.Xor ? 1 : 0),
        });
    }

    private FilterOperand ParseComparison()
    {
        var left = ParseList(null);
        if (_token is not { Operator: { Comparison: not null } operation } token)
        {
            return left;
        }

        if (left.Condition is not null)
        {
            throw Error("FilterSyntax", $"A comparison cannot be compared with -{operation.Name} again. Join comparisons with -and or -or.", token.Place);
        }

        Advance();
        RequireOperand($"A value is missing behind -{operation.Name}.");
        var right = ParseList(left.Property);
        return _token.Operator is { Comparison: not null }
            ? throw Error("FilterSyntax", "Two comparisons follow each other. Join them with -and or -or.", _token.Place)
            : _comparer.Compare(left, token, right);
    }

    /// <summary>Reads an operand, or several with commas between.</summary>
    /// <param name="compared">The property that stands on the left, where values are expected.</param>
    private FilterOperand ParseList(SearchProperty? compared)
    {
        var first = ParseOperand(compared);
        if (_token.Kind != FilterTokenKind.Comma)
        {
            return first;
        }

        var values = new List<object?>();
        AddValues(values, first);
        while (_token.Kind == FilterTokenKind.Comma)
        {
            Advance();
            RequireOperand("A value is missing behind the comma.");
            AddValues(values, ParseOperand(compared));
        }

        return new(first.Place.To(_last)) { Values = values, IsList = true };
    }

    private void AddValues(List<object?> values, FilterOperand operand)
    {
        values.AddRange(operand.Values ?? throw Error("FilterSyntax", "A list holds values only.", operand.Place));
        if (values.Count > PatientFilter.LongestList)
        {
            throw _values.TooMany(operand.Place);
        }
    }

    private FilterOperand ParseOperand(SearchProperty? compared)
    {
        var token = _token;
        switch (token.Kind)
        {
            case FilterTokenKind.Word:
                return Take(new(token.Place) { Property = Property(token, compared) });
            case FilterTokenKind.Variable:
                return Take(_values.Variable(token));
            case FilterTokenKind.Text:
                return Take(new(token.Place) { Values = [_values.Text(token)] });
            case FilterTokenKind.Number:
                return Take(new(token.Place) { Values = [token.Number] });
            case FilterTokenKind.Operator when token.Operator is { IsNegation: true }:
                return ParseNegation();
            case FilterTokenKind.Open:
            case FilterTokenKind.OpenList:
                return ParseParentheses(compared);
            case FilterTokenKind.Operator when token.Operator is null:
                throw UnknownOperator(token);
            default:
                throw Error("FilterSyntax", "A property or a value has to stand here, such as Age -ge 65.", token.Place);
        }
    }

    private FilterOperand ParseNegation()
    {
        var start = _token.Place;
        Enter();
        Advance();
        RequireOperand("A condition is missing behind -not.");
        var operand = ParseOperand(null);
        if (_token is { Operator: { Comparison: not null } operation })
        {
            throw Error("FilterSyntax", $"-not binds tighter than -{operation.Name}, as in PowerShell. Put the comparison into parentheses: -not (City -eq 'Bonn').", _token.Place);
        }

        operand = _comparer.Condition(operand);
        _nesting--;
        return Nest(new(start.To(_last)) { Condition = new Not(operand.Condition!), Height = operand.Height, Exclusive = operand.Exclusive });
    }

    private FilterOperand ParseParentheses(SearchProperty? compared)
    {
        var open = _token;
        Enter();
        Advance();
        FilterOperand inner;
        if (open.Kind == FilterTokenKind.OpenList)
        {
            inner = _token.Kind == FilterTokenKind.Close ? new(open.Place) { Values = [] } : ParseList(compared);
            inner = inner.Values is null ? throw Error("FilterSyntax", "A list holds values only.", inner.Place) : inner with { IsList = true };
        }
        else
        {
            inner = compared is null ? ParseLogic() : ParseList(compared);
        }

        if (_token.Kind != FilterTokenKind.Close)
        {
            throw _token.Kind == FilterTokenKind.End
                ? Error("FilterSyntax", "The parenthesis is not closed.", open.Place)
                : Unjoined();
        }

        Advance();
        _nesting--;
        return inner with { Place = open.Place.To(_last) };
    }

    private SearchProperty Property(FilterToken token, SearchProperty? compared)
    {
        var name = token.Name!;
        var shown = FilterExcerpt.Shorten(name);
        var place = token.Place with { Start = token.NameStart };
        if (name.Length == 0)
        {
            throw Error("FilterSyntax", "A filter asks for a property of the patient, such as $_.City.", token.Place);
        }

        if (SearchProperties.Find(name) is { } property)
        {
            return property;
        }

        throw compared is not null && token.NameStart == token.Place.Start
            ? Error(
                "FilterSyntax",
                name.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL"
                    ? $"Write ${shown} with a dollar sign."
                    : $"{shown} is neither a value nor a variable. Write text in quotes: '{shown}'.",
                place)
            : Error("FilterUnknownProperty", $"{shown} is not a property of a patient. The nearest is {SearchProperties.Nearest(shown)}.", place);
    }

    private void CheckText()
    {
        if (_filter.Length > PatientFilter.LongestText)
        {
            throw Error(
                "FilterTooLong",
                string.Create(CultureInfo.InvariantCulture, $"The filter has {_filter.Length} characters; it may have {PatientFilter.LongestText}. Put long lists into a variable: Kvnr -in $list."),
                new(PatientFilter.LongestText, _filter.Length));
        }

        var lone = FilterValues.IndexOfLoneSurrogate(_filter);
        if (lone >= 0)
        {
            throw Error("FilterSyntax", "Half a character stands here (a surrogate without its partner).", new(lone, lone + 1));
        }

        for (var i = 0; i < _filter.Length; i++)
        {
            if (char.IsControl(_filter[i]) && _filter[i] is not ('\t' or '\r' or '\n'))
            {
                throw Error("FilterSyntax", string.Create(CultureInfo.InvariantCulture, $"The control character U+{(int)_filter[i]:X4} cannot stand in a filter."), new(i, i + 1));
            }
        }
    }

    private FilterOperand Take(FilterOperand operand)
    {
        Advance();
        return operand;
    }

    private void Advance()
    {
        _last = _token.Place;
        _token = _lexer.Next();
    }

    private void RequireOperand(string problem)
    {
        if (_token.Kind is FilterTokenKind.End or FilterTokenKind.Close or FilterTokenKind.Comma || _token.Operator is { IsNegation: false })
        {
            throw Error("FilterSyntax", problem, _token.Place);
        }
    }

    /// <summary>One more level of recursion.</summary>
    private void Enter()
    {
        if (++_nesting > PatientFilter.DeepestNesting)
        {
            throw TooDeep(_token.Place);
        }
    }

    /// <summary>One more level of the condition.</summary>
    private FilterOperand Nest(FilterOperand operand) => operand switch
    {
        { Height: >= PatientFilter.DeepestNesting } => throw TooDeep(operand.Place),
        { Exclusive: > PatientFilter.DeepestExclusive } => throw Error(
            "FilterTooDeep", string.Create(CultureInfo.InvariantCulture, $"-xor may be nested {PatientFilter.DeepestExclusive} times. Join some of the conditions in another way."), operand.Place),
        _ => operand with { Height = operand.Height + 1 },
    };

    /// <summary>Says what is wrong where a condition is over and something else follows.</summary>
    private FilterException Unjoined()
    {
        if (_token is { Kind: FilterTokenKind.Operator, Operator: null })
        {
            return UnknownOperator(_token);
        }

        var shown = FilterExcerpt.Shorten(_token.Name ?? "");
        return Error(
            "FilterSyntax",
            _token.Kind == FilterTokenKind.Word && FilterOperator.Find(shown) is not null
                ? $"Operators have a dash: -{shown}."
                : "An operator is missing before this. Join conditions with -and or -or, and write texts in quotes.",
            _token.Place);
    }

    private FilterException UnknownOperator(FilterToken token)
    {
        var name = FilterExcerpt.Shorten(token.Name ?? "");
        return name.Length == 0 ? Error("FilterSyntax", "The word of an operator is missing behind the dash.", token.Place)
            : FilterOperator.IsForeign(name) ? Error("FilterNotAllowed", $"Filters have no operator -{name}.", token.Place)
            : Error("FilterSyntax", $"There is no operator -{name}. The nearest is {FilterOperator.Nearest(name)}.", token.Place);
    }

    private FilterException TooDeep(FilterPlace place) => Error(
        "FilterTooDeep", string.Create(CultureInfo.InvariantCulture, $"The filter is nested deeper than {PatientFilter.DeepestNesting} levels. Put alternatives of one property into a list: City -in 'Bonn', 'Köln'."), place);

    private FilterException Error(string id, string problem, FilterPlace place) => new(id, problem, _filter, place);
}
