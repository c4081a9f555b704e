using PatientTools.Search.Index;

namespace PatientTools.Search.Conditions;

/// <summary>A comparison of a property with values.</summary>
/// <remarks>
/// <para>
/// It means what it means in PowerShell, where a missing value is <c>$null</c>: <c>-eq $null</c> and <c>-ne 'x'</c> hold for
/// it, and <c>-like</c> and <c>-match</c> see the empty text. The one wanted difference: no order comparison ever holds for a
/// missing value. Of several values one has to pass, also for <c>-ne</c>, <c>-notlike</c> and <c>-notin</c>, as when PowerShell
/// filters a list; only <see cref="ComparisonOperator.NotContains"/> wants none to be equal.
/// </para>
/// <para>
/// Dates are intervals of days and compare as FHIR R4 compares them (hl7.org/fhir/R4/search.html#prefix). Moments are told in
/// local time; one that names only its day, its minute or its second means all of it.
/// </para>
/// </remarks>
public sealed record PropertyCondition : PatientCondition
{
    private readonly ValueComparison _comparison;
    private readonly bool _isContrary;

    private PropertyCondition(SearchProperty property, ComparisonOperator comparison, bool caseSensitive, ValueComparison values)
    {
        (Property, Comparison, IsCaseSensitive) = (property, comparison, caseSensitive);
        var isNegative = comparison.Positive != comparison;
        // Of one value at most, not to have one that passes is the same as to have one that does not pass, and quicker told.
        _isContrary = isNegative && (!property.IsMultiple || comparison == ComparisonOperator.NotContains);
        _comparison = isNegative && !_isContrary ? values.Contrary() : values;
    }

    /// <summary>The property.</summary>
    public SearchProperty Property { get; }

    /// <summary>How it is compared.</summary>
    public ComparisonOperator Comparison { get; }

    /// <summary>Whether case matters.</summary>
    public bool IsCaseSensitive { get; }

    /// <summary>What is asked, for a person, without values: <c>FamilyName -like</c>.</summary>
    public string Description => $"{Property.Name} {Comparison.Written(IsCaseSensitive)}";

    /// <summary>Makes a comparison.</summary>
    /// <param name="property">The property.</param>
    /// <param name="comparison">How it is compared.</param>
    /// <param name="operands">
    /// What it is compared with: string, bool, integers, double, decimal, DateTime, DateTimeOffset, DateOnly, PartialDate, Guid, PatientId, null.
    /// One for all but <see cref="ComparisonOperator.In"/> and <see cref="ComparisonOperator.NotIn"/>, which take any number.
    /// </param>
    /// <param name="caseSensitive">Whether case matters.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>FilterValueInvalid</c>: a value does not fit the property. <c>FilterOperatorInvalid</c>: the property cannot be compared so.
    /// <c>FilterPatternInvalid</c>: not a wildcard pattern or regular expression that can be used.
    /// </exception>
    public static PropertyCondition Create(SearchProperty property, ComparisonOperator comparison, IReadOnlyList<object?> operands, bool caseSensitive)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(operands);
        var asked = new AskedComparison(property, comparison, caseSensitive);
        return new(property, comparison, caseSensitive, ValueComparison.Of(asked, operands));
    }

    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Property.ValuesOf(subject) is { Count: > 0 } values
            ? Any(values, _comparison.At(subject.Today)) != _isContrary
            : _comparison.HoldsForMissing != _isContrary;
    }

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today)
    {
        if (Property.Index is not { } index || index.Having(_comparison.At(today), today, Description) is not { } query)
        {
            return new ScanQuery(this, Description);
        }

        if (_comparison.HoldsForMissing)
        {
            var missing = index.Missing(Description);
            query = query is UnionQuery { Queries.Count: 0 } ? missing : new UnionQuery([query, missing]);
        }

        return _isContrary ? new ComplementQuery(query) : query;
    }

    internal override string Shape() => $"{QueryShape.Of(Property)} {Comparison.Written(IsCaseSensitive)}";

    private static bool Any(IReadOnlyList<object> values, ValueComparison comparison)
    {
        // By index: a list behind an interface gives no enumerator without an allocation.
        for (var i = 0; i < values.Count; i++)
        {
            if (comparison.Holds(values[i]))
            {
                return true;
            }
        }

        return false;
    }
}
