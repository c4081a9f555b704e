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

internal static class ComparisonOperators
{
    extension(ComparisonOperator comparison)
    {
        /// <summary>The operator as it is written in a filter; FHIR's prefixes as FHIR writes them.</summary>
        internal string Written(bool caseSensitive) => comparison switch
        {
            ComparisonOperator.StartsAfter => "sa",
            ComparisonOperator.EndsBefore => "eb",
            ComparisonOperator.Approximately => "ap",
            _ => caseSensitive ? "-c" + comparison.Name : "-" + comparison.Name,
        };

        /// <summary>The operator of which this one is the contrary; itself where it is none.</summary>
        internal ComparisonOperator Positive => comparison switch
        {
            ComparisonOperator.NotEqual => ComparisonOperator.Equal,
            ComparisonOperator.NotLike => ComparisonOperator.Like,
            ComparisonOperator.NotMatch => ComparisonOperator.Match,
            ComparisonOperator.NotIn => ComparisonOperator.In,
            ComparisonOperator.NotContains => ComparisonOperator.Contains,
            _ => comparison,
        };

        /// <summary>Whether the operator asks for equality with any of its operands.</summary>
        internal bool IsEquality => comparison is ComparisonOperator.Equal or ComparisonOperator.In or ComparisonOperator.Contains;

        /// <summary>Whether the operator asks for the place in an order.</summary>
        internal bool IsOrder => comparison is ComparisonOperator.Less or ComparisonOperator.LessOrEqual
            or ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual;

        private string Name => comparison switch
        {
            ComparisonOperator.Equal => "eq",
            ComparisonOperator.NotEqual => "ne",
            ComparisonOperator.Less => "lt",
            ComparisonOperator.LessOrEqual => "le",
            ComparisonOperator.Greater => "gt",
            ComparisonOperator.GreaterOrEqual => "ge",
            _ => comparison.ToString().ToLowerInvariant(),
        };
    }
}
