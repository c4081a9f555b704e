using PatientTools.Search.Conditions;

namespace PatientTools.Search;

/// <summary>A question to a store.</summary>
public sealed record PatientQuery
{
    /// <summary>What a patient has to meet.</summary>
    public PatientCondition Where { get; init; } = AllOf.Nothing;

    /// <summary>Words that name parts have to look like; they rank the answer. Every one has to be met, beside <see cref="Where"/>.</summary>
    public IReadOnlyList<LooksLikeCondition> Ranking { get; init; } = [];

    /// <summary>Whether removed patients are found too.</summary>
    public bool IncludeRemoved { get; init; }

    /// <summary>
    /// The order of the answer. Without one it is that of the ranking, then that of arrival; arrival decides between equals,
    /// too.
    /// </summary>
    public IReadOnlyList<SortOrder> Order { get; init; } = [];
}

/// <summary>One level of an order.</summary>
/// <param name="Property">The property, one that <see cref="SearchProperty.IsSortable"/>.</param>
/// <param name="Descending">Whether the last come first. Who has no value comes first in ascending order and last in descending order, as in PowerShell.</param>
public sealed record SortOrder(SearchProperty Property, bool Descending);

/// <summary>Which part of an answer is wanted.</summary>
/// <param name="Skip">How many patients to leave out in front.</param>
/// <param name="First">How many to return at most; null for all.</param>
/// <param name="IncludeTotal">Whether the exact total of the whole answer is wanted.</param>
public readonly record struct ResultWindow(long Skip, long? First, bool IncludeTotal)
{
    /// <summary>The whole answer.</summary>
    public static ResultWindow All { get; } = new(0, null, false);
}
