using PatientTools.Search.Index;
using PatientTools.Search.Text;

namespace PatientTools.Search.Conditions;

/// <summary>Some search entry of one of some kinds matches a pattern.</summary>
/// <param name="Kinds">The kinds that count.</param>
/// <param name="Pattern">The pattern over the entry's term.</param>
public sealed record EntryCondition(IReadOnlyList<SearchEntryKind> Kinds, TextPattern Pattern) : PatientCondition
{
    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) => throw new NotSupportedException();
}

/// <summary>Some part of a name is written like a word, but for typing errors.</summary>
/// <param name="Kinds">The kinds of name parts that count.</param>
/// <param name="Word">The word, folded.</param>
public sealed record LooksLikeCondition(IReadOnlyList<SearchEntryKind> Kinds, string Word) : PatientCondition
{
    /// <summary>How much a name part is like the word.</summary>
    /// <param name="term">The folded name part in UTF-8.</param>
    /// <returns>From 0, not alike, to 1, the same.</returns>
    public double Score(ReadOnlySpan<byte> term) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) => throw new NotSupportedException();
}
