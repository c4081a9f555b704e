namespace PatientTools.Search.Filter;

/// <summary>How far a filter has come: what may stand next behind the parts that were passed.</summary>
internal sealed class FilterCourse
{
    private enum Next
    {
        Operand,
        OperatorOfProperty,
        OperatorOfValue,
        Value,
        PropertyOfValue,
        Logic,
        Unknown,
    }

    private Next _next = Next.Operand;
    private SearchProperty? _property;

    /// <summary>Goes on behind a part.</summary>
    public void Pass(FilterToken token) => _next = (_next, token.Kind) switch
    {
        (Next.Operand, FilterTokenKind.Open) => Next.Operand,
        (Next.Operand, FilterTokenKind.OpenList) => Next.OperatorOfValue,
        (Next.Operand, FilterTokenKind.Operator) when token.Operator is { IsNegation: true } => Next.Operand,
        (Next.Operand, FilterTokenKind.Word) => PassProperty(token, Next.OperatorOfProperty),
        (Next.Operand, FilterTokenKind.Text or FilterTokenKind.Number or FilterTokenKind.Variable) => Next.OperatorOfValue,
        (Next.OperatorOfProperty or Next.OperatorOfValue, FilterTokenKind.Close) => _next,
        (Next.OperatorOfValue, FilterTokenKind.Comma or FilterTokenKind.Text or FilterTokenKind.Number or FilterTokenKind.Variable) => Next.OperatorOfValue,
        (Next.OperatorOfProperty, FilterTokenKind.Operator) when token.Operator is { Comparison: not null } => Next.Value,
        (Next.OperatorOfValue, FilterTokenKind.Operator) when token.Operator is { Comparison: not null } => Next.PropertyOfValue,
        (Next.OperatorOfProperty or Next.Logic, FilterTokenKind.Operator) when token.Operator is { Logic: not null } => PassLogic(),
        (Next.PropertyOfValue, FilterTokenKind.Word) => PassProperty(token, Next.Logic),
        (Next.Value, FilterTokenKind.Open or FilterTokenKind.OpenList) => Next.Value,
        (Next.Value, FilterTokenKind.Text or FilterTokenKind.Number or FilterTokenKind.Variable or FilterTokenKind.Word) => Next.Logic,
        (Next.Value or Next.Logic, FilterTokenKind.Close) => Next.Logic,
        (Next.Logic, FilterTokenKind.Comma) => Next.Value,
        _ => Next.Unknown,
    };

    /// <summary>Says of what is typed what it may become here.</summary>
    /// <param name="typing">What is typed, as it looks by itself; of no kind when nothing is typed yet.</param>
    /// <returns>The completion.</returns>
    public FilterCompletion Complete(FilterCompletion typing)
    {
        var isText = typing.Quote is not null;
        return _next switch
        {
            Next.Operand when !isText => typing with { Kind = FilterCompletionKind.Property, Operators = ["-not"] },
            Next.PropertyOfValue when !isText => typing with { Kind = FilterCompletionKind.Property },
            Next.OperatorOfProperty when !isText => typing with
            {
                Kind = FilterCompletionKind.Operator,
                Property = _property,
                Operators = _property is { Type: SearchPropertyType.Boolean } ? [.. FilterOperator.Comparisons, .. FilterOperator.Logical] : FilterOperator.Comparisons,
            },
            Next.OperatorOfValue when !isText => typing with { Kind = FilterCompletionKind.Operator, Operators = FilterOperator.Comparisons },
            Next.Logic when !isText => typing with { Kind = FilterCompletionKind.Operator, Operators = FilterOperator.Logical },
            Next.Value when typing.Kind != FilterCompletionKind.Operator => typing with { Kind = FilterCompletionKind.Value, Property = _property },
            _ => typing with { Kind = FilterCompletionKind.None },
        };
    }

    private Next PassProperty(FilterToken token, Next next)
    {
        _property = SearchProperties.Find(token.Name!);
        return next;
    }

    private Next PassLogic()
    {
        _property = null;
        return Next.Operand;
    }
}
