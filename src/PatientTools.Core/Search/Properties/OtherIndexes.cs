using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;

namespace PatientTools.Search;

/// <summary>An index of which terms stand for true and false.</summary>
internal sealed class FlagIndex(SearchEntryKind kind, string termOfTrue, string termOfFalse) : PropertyIndex
{
    /// <inheritdoc/>
    internal override IndexQuery Having(ValueComparison comparison, DateOnly today, string description) => AnyOf(
    [
        .. comparison.Holds(true) ? [Entries(kind, TermRange.Exactly(termOfTrue), null, description)] : Array.Empty<IndexQuery>(),
        .. comparison.Holds(false) ? [Entries(kind, TermRange.Exactly(termOfFalse), null, description)] : Array.Empty<IndexQuery>(),
    ]);

    /// <inheritdoc/>
    internal override IndexQuery Missing(string description) => Entries(kind, TermRange.Exactly(""), null, description);
}

/// <summary>The index of a column of numbers or times, which is never empty.</summary>
internal sealed class NumberColumnIndex(PatientColumn column) : PropertyIndex
{
    /// <inheritdoc/>
    internal override IndexQuery? Having(ValueComparison comparison, DateOnly today, string description) => comparison is IBoundedComparison { Bounds: var bounds }
        ? AnyOf([.. bounds.Select(bound => new NumberQuery(column, bound.From, bound.To, description))])
        : null;

    /// <inheritdoc/>
    internal override IndexQuery Missing(string description) => Nobody;
}

/// <summary>The index of a column of ids.</summary>
internal sealed class IdColumnIndex(PatientColumn column) : PropertyIndex
{
    /// <inheritdoc/>
    internal override IndexQuery Having(ValueComparison comparison, DateOnly today, string description) => comparison switch
    {
        TextEquality { Texts.Count: 0 } => Nobody,
        TextEquality { Texts: var ids } when column == PatientColumn.Id => new IdQuery([.. ids.Select(PatientId.Parse).Distinct()]),
        _ => new IdScanQuery(column, id => comparison.Holds(id), description),
    };

    /// <inheritdoc/>
    internal override IndexQuery Missing(string description) => column == PatientColumn.Id
        ? Nobody
        : new ComplementQuery(new IdScanQuery(column, _ => true, description));
}
