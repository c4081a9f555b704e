using PatientTools.Search.Conditions;

namespace PatientTools.Search.Filter;

/// <summary>A side of an operator: a property, values, or a condition already made.</summary>
/// <param name="Place">Where it stands.</param>
internal sealed record FilterOperand(FilterPlace Place)
{
    /// <summary>The property.</summary>
    public SearchProperty? Property { get; init; }

    /// <summary>The values; one unless <see cref="IsList"/>.</summary>
    public IReadOnlyList<object?>? Values { get; init; }

    /// <summary>Whether the values are a list, of however many.</summary>
    public bool IsList { get; init; }

    /// <summary>The condition.</summary>
    public PatientCondition? Condition { get; init; }

    /// <summary>How deep the condition is nested.</summary>
    public int Height { get; init; }

    /// <summary>How many <c>-xor</c> are nested in the condition.</summary>
    public int Exclusive { get; init; }
}
