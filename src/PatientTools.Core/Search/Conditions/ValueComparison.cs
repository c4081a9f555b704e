using System.Globalization;
using PatientTools.Search.Filter;

namespace PatientTools.Search.Conditions;

/// <summary>What one value of a property has to pass: operator and operands, converted once.</summary>
internal abstract class ValueComparison
{
    /// <summary>Whether a missing value passes.</summary>
    internal bool HoldsForMissing { get; private protected init; }

    /// <summary>Whether a value passes.</summary>
    /// <param name="value">The value, as <see cref="SearchProperty.ValuesOf"/> gives it.</param>
    internal abstract bool Holds(object value);

    /// <summary>The comparison on a day; another one where the day matters.</summary>
    internal virtual ValueComparison At(DateOnly today) => this;

    /// <summary>The comparison that whatever does not pass this one passes.</summary>
    internal virtual ValueComparison Contrary() => new ContraryComparison(this);

    /// <summary>Makes the comparison that was asked for, or its positive where that is negative.</summary>
    /// <exception cref="PatientToolsException">As <see cref="PropertyCondition.Create"/>.</exception>
    internal static ValueComparison Of(AskedComparison asked, IReadOnlyList<object?> operands)
    {
        var isList = asked.Operator.Positive == ComparisonOperator.In;
        if (!isList && operands.Count != 1)
        {
            throw asked.CountInvalid(operands.Count);
        }

        if (asked.Operator.Positive.IsEquality)
        {
            var values = operands.Where(operand => operand is not null).Select(operand => operand!).ToList();
            return Equality(asked, values, values.Count < operands.Count);
        }

        var value = operands[0] ?? throw asked.ValueMissing();
        return asked.Operator.Positive is ComparisonOperator.Like or ComparisonOperator.Match ? Pattern(asked, value) : Order(asked, value);
    }

    private static ValueComparison Equality(AskedComparison asked, List<object> values, bool orMissing) => asked.Property switch
    {
        { IsOfAnyType: true } => new AnyTypeComparison(
            new TextEquality(values.ConvertAll(asked.Text), !asked.IsCaseSensitive, orMissing),
            NumberComparison.EqualToAny(values.Select(AskedComparison.TryNumber).OfType<decimal>(), orMissing),
            FlagComparison.EqualToAny(values.Select(AskedComparison.TryFlag).OfType<bool>(), orMissing)),
        { Type: SearchPropertyType.Text } => new TextEquality(values.ConvertAll(asked.Text), !asked.IsCaseSensitive, orMissing),
        { Type: SearchPropertyType.Number } => NumberComparison.EqualToAny(values.Select(asked.Number), orMissing),
        { Type: SearchPropertyType.Date } => new DateEquality(values.Select(asked.Date), orMissing),
        { Type: SearchPropertyType.Time } => TimeComparison.WithinAny(values.Select(asked.Time), orMissing),
        _ => FlagComparison.EqualToAny(values.Select(asked.Flag), orMissing),
    };

    private static ValueComparison Pattern(AskedComparison asked, object value)
    {
        var text = asked.Property.Type is SearchPropertyType.Time or SearchPropertyType.Boolean
            ? throw asked.OperatorInvalid()
            : value switch
            {
                // A number may be meant as the start of a year, a date as one; both are written as their properties are.
                _ when asked.Property.Type == SearchPropertyType.Text => asked.PatternText(value),
                _ => AskedComparison.TextOf(value) ?? throw asked.ValueInvalid(value, "a pattern in quotes"),
            };
        if (text.Length > PatientFilter.LongestPattern)
        {
            throw asked.PatternInvalid(text, string.Create(CultureInfo.InvariantCulture, $"it has {text.Length} characters; it may have {PatientFilter.LongestPattern}. To look for one of many values there is -in."));
        }

        TextComparison pattern = asked.Operator.Positive == ComparisonOperator.Like
            ? new TextLike(text, !asked.IsCaseSensitive)
            : TextMatch.Of(asked, text);
        return asked.Property is { Type: SearchPropertyType.Text, IsOfAnyType: false } ? pattern : new WrittenComparison(pattern);
    }

    private static ValueComparison Order(AskedComparison asked, object value) => asked.Property switch
    {
        { IsOfAnyType: true } when asked.Operator.IsOrder => new AnyTypeComparison(
            new TextOrder(asked.Text(value), asked.Operator, !asked.IsCaseSensitive),
            AskedComparison.TryNumber(value) is { } number ? NumberComparison.InOrder(number, asked.Operator) : null,
            null),
        { IsOfAnyType: false, Type: SearchPropertyType.Text } when asked.Operator.IsOrder =>
            new TextOrder(asked.Text(value), asked.Operator, !asked.IsCaseSensitive),
        { Type: SearchPropertyType.Number } => NumberComparison.InOrder(asked.Number(value), asked.Operator),
        { Type: SearchPropertyType.Date } => DateOrder.Of(asked.Date(value), asked.Operator),
        { Type: SearchPropertyType.Time } => TimeComparison.InOrder(asked.Time(value), asked.Operator),
        _ => throw asked.OperatorInvalid(),
    };

    private sealed class ContraryComparison : ValueComparison
    {
        private readonly ValueComparison _comparison;

        internal ContraryComparison(ValueComparison comparison)
        {
            _comparison = comparison;
            HoldsForMissing = !comparison.HoldsForMissing;
        }

        internal override bool Holds(object value) => !_comparison.Holds(value);

        internal override ValueComparison Contrary() => _comparison;
    }
}
