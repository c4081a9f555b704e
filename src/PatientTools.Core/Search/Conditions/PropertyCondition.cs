using PatientTools.Search.Index;

namespace PatientTools.Search.Conditions;

/// <summary>How a property is compared.</summary>
public enum ComparisonOperator
{
    /// <summary><c>-eq</c>.</summary>
    Equal,

    /// <summary><c>-ne</c>.</summary>
    NotEqual,

    /// <summary><c>-lt</c>.</summary>
    Less,

    /// <summary><c>-le</c>.</summary>
    LessOrEqual,

    /// <summary><c>-gt</c>.</summary>
    Greater,

    /// <summary><c>-ge</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>-like</c>, with PowerShell's wildcards.</summary>
    Like,

    /// <summary><c>-notlike</c>.</summary>
    NotLike,

    /// <summary><c>-match</c>, a regular expression that never backtracks.</summary>
    Match,

    /// <summary><c>-notmatch</c>.</summary>
    NotMatch,

    /// <summary><c>-in</c>.</summary>
    In,

    /// <summary><c>-notin</c>.</summary>
    NotIn,

    /// <summary><c>-contains</c>: one of the values equals.</summary>
    Contains,

    /// <summary><c>-notcontains</c>: none of the values equals.</summary>
    NotContains,

    /// <summary>FHIR's <c>sa</c>: the whole value lies after.</summary>
    StartsAfter,

    /// <summary>FHIR's <c>eb</c>: the whole value lies before.</summary>
    EndsBefore,

    /// <summary>FHIR's <c>ap</c>: within a tenth of the distance from now.</summary>
    Approximately,
}

/// <summary>A comparison of a property with values.</summary>
public sealed record PropertyCondition : PatientCondition
{
    private PropertyCondition() => throw new NotSupportedException();

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
    public static PropertyCondition Create(SearchProperty property, ComparisonOperator comparison, IReadOnlyList<object?> operands, bool caseSensitive) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) => throw new NotSupportedException();
}
