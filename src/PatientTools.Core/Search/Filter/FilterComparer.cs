using PatientTools.Search.Conditions;

namespace PatientTools.Search.Filter;

/// <summary>Makes a comparison, or throws why it cannot be made.</summary>
internal delegate PatientCondition ComparisonMaker(SearchProperty property, ComparisonOperator comparison, IReadOnlyList<object?> operands, bool caseSensitive);

/// <summary>Makes conditions of operands: comparisons, turned round where the value stands first, and properties that stand alone.</summary>
internal sealed class FilterComparer(string filter, ComparisonMaker compare)
{
    /// <summary>An operand as a condition.</summary>
    /// <param name="operand">The operand.</param>
    /// <returns>An operand that has one.</returns>
    public FilterOperand Condition(FilterOperand operand)
    {
        if (operand.Condition is not null)
        {
            return operand;
        }

        if (operand.Property is not { } property)
        {
            throw Error("FilterSyntax", "A value alone asks nothing. Compare a property with it, such as City -eq 'Bonn'.", operand.Place);
        }

        return property.Type == SearchPropertyType.Boolean
            ? operand with { Property = null, Condition = Make(property, ComparisonOperator.Equal, [true], false, operand.Place, operand.Place) }
            : throw Error("FilterSyntax", $"{property.Name} alone is neither true nor false. Write {property.Name} -ne $null to ask whether it has a value.", operand.Place);
    }

    /// <summary>Compares two operands.</summary>
    /// <param name="left">The left one.</param>
    /// <param name="token">The operator.</param>
    /// <param name="right">The right one.</param>
    /// <returns>An operand that has the condition.</returns>
    public FilterOperand Compare(FilterOperand left, FilterToken token, FilterOperand right)
    {
        var comparison = token.Operator!.Comparison!.Value;
        if (right.Condition is not null)
        {
            throw Error("FilterSyntax", $"A value has to stand behind -{token.Operator.Name}, not a condition.", right.Place);
        }

        var condition = (left, right) switch
        {
            ({ Property: { } property }, { Values: { } values }) => Straight(property, comparison, values, right, token),
            ({ Values: { } values }, { Property: { } property }) => Turned(property, comparison, values, left, token),
            ({ Property: not null }, _) => throw Error("FilterSyntax", "Two properties cannot be compared with each other. Write texts in quotes.", right.Place),
            _ => throw Error("FilterSyntax", "One side of a comparison has to be a property.", left.Place.To(right.Place)),
        };
        return new(left.Place.To(right.Place)) { Condition = condition };
    }

    private PatientCondition Straight(SearchProperty property, ComparisonOperator comparison, IReadOnlyList<object?> values, FilterOperand operand, FilterToken token)
    {
        if (operand.IsList && comparison is not (ComparisonOperator.In or ComparisonOperator.NotIn))
        {
            throw Error("FilterValueInvalid", $"-{token.Operator!.Name} takes one value. For several there are -in and -notin.", operand.Place);
        }

        return Make(property, comparison, values, token.Operator!.IsCaseSensitive, operand.Place, token.Place);
    }

    /// <summary>A value on the left and a property on the right mean the same the other way round, for most operators.</summary>
    private PatientCondition Turned(SearchProperty property, ComparisonOperator comparison, IReadOnlyList<object?> values, FilterOperand operand, FilterToken token)
    {
        ComparisonOperator? turned = comparison switch
        {
            ComparisonOperator.Contains => ComparisonOperator.In,
            ComparisonOperator.NotContains => ComparisonOperator.NotIn,
            _ when operand.IsList => null,
            ComparisonOperator.In => ComparisonOperator.Contains,
            ComparisonOperator.NotIn => ComparisonOperator.NotContains,
            // PowerShell would compare one value with the whole collection.
            _ when property.IsMultiple && values[0] is not null => null,
            ComparisonOperator.Equal or ComparisonOperator.NotEqual => comparison,
            ComparisonOperator.Less => ComparisonOperator.Greater,
            ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
            ComparisonOperator.Greater => ComparisonOperator.Less,
            ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
            _ => null,
        };
        return turned is { } straight
            ? Make(property, straight, values, token.Operator!.IsCaseSensitive, operand.Place, token.Place)
            : throw Error("FilterSyntax", $"With -{token.Operator!.Name} the property has to stand on the left: {property.Name} -{token.Operator.Name} …", token.Place);
    }

    private PatientCondition Make(
        SearchProperty property, ComparisonOperator comparison, IReadOnlyList<object?> values, bool caseSensitive, FilterPlace value, FilterPlace operation)
    {
        try
        {
            return compare(property, comparison, values, caseSensitive);
        }
        catch (PatientToolsException problem)
        {
            throw new FilterException(problem.ErrorId, problem.Message, filter, problem.ErrorId == "FilterOperatorInvalid" ? operation : value, problem);
        }
    }

    private FilterException Error(string id, string problem, FilterPlace place) => new(id, problem, filter, place);
}
