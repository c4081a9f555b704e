using PatientTools.Search.Index;

namespace PatientTools.Search.Conditions;

/// <summary>Some part of a name sounds like a word.</summary>
/// <param name="Kinds">The kinds of sounds that count: <see cref="SearchEntryKind.FamilyNameSound"/>, <see cref="SearchEntryKind.GivenNameSound"/>.</param>
/// <param name="Code">The word's code, as <see cref="Text.ColognePhonetics.Encode"/> gives it; not empty.</param>
public sealed record SoundsLikeCondition(IReadOnlyList<SearchEntryKind> Kinds, string Code) : PatientCondition
{
    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => subject.HasEntry(Kinds, TermRange.Exactly(Code).Contains);

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) =>
        new EntryQuery(Kinds, TermRange.Exactly(Code), null, $"{string.Join(" or ", Kinds)} sounds like");

    internal override string Shape() => $"{QueryShape.Of(Kinds)} sounds like";
}
