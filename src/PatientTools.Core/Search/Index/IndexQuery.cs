using PatientTools.Search.Conditions;

namespace PatientTools.Search.Index;

/// <summary>A question to the index of a store: leaves that read a range each, combined as sets.</summary>
public abstract record IndexQuery;

/// <summary>Tests a term, in UTF-8.</summary>
/// <param name="term">The term.</param>
/// <returns>Whether its patients count.</returns>
public delegate bool TermTest(ReadOnlySpan<byte> term);

/// <summary>Everybody who has an entry of one of some kinds, within a range of terms, that passes a test.</summary>
/// <param name="Kinds">The kinds.</param>
/// <param name="Range">Where to read.</param>
/// <param name="Test">What a term in the range has to pass; null when the range says it all.</param>
/// <param name="Description">What is asked, for a person, without values: <c>FamilyName -like</c>.</param>
public sealed record EntryQuery(IReadOnlyList<SearchEntryKind> Kinds, TermRange Range, TermTest? Test, string Description) : IndexQuery
{
    /// <summary>
    /// A folded word of a family name, or its beginning, that everybody has who has such an entry, save those of the kind
    /// <see cref="SearchEntryKind.GivenNamePart"/>; null where there is none. With it a birth date is looked up together.
    /// </summary>
    public string? FamilyWord { get; init; }

    /// <summary>Whether <see cref="FamilyWord"/> is only the beginning of a word.</summary>
    public bool IsBeginning { get; init; }
}

/// <summary>Everybody whose birth date passes a test.</summary>
/// <param name="ByDate">How entries of birth dates alone answer.</param>
/// <param name="Dates">A range in which all dates lie that pass, as terms of <see cref="SearchEntryKind.BirthDate"/>.</param>
/// <param name="Test">Tests such a term.</param>
/// <param name="Description">What is asked, for a person, without values.</param>
public sealed record BirthQuery(IndexQuery ByDate, TermRange Dates, TermTest Test, string Description) : IndexQuery;

/// <summary>Everybody whose column of numbers lies within two bounds.</summary>
/// <param name="Column">The column.</param>
/// <param name="From">The least value that counts.</param>
/// <param name="To">The greatest value that counts.</param>
/// <param name="Description">What is asked, for a person, without values.</param>
public sealed record NumberQuery(PatientColumn Column, long From, long To, string Description) : IndexQuery;

/// <summary>Everybody whose id of some sort passes a test: the whole index of ids is read.</summary>
/// <param name="Column">The column.</param>
/// <param name="Test">Tests the id as text.</param>
/// <param name="Description">What is asked, for a person, without values.</param>
public sealed record IdScanQuery(PatientColumn Column, Func<string, bool> Test, string Description) : IndexQuery;

/// <summary>The patients of some ids.</summary>
/// <param name="Ids">The ids.</param>
public sealed record IdQuery(IReadOnlyList<Patients.PatientId> Ids) : IndexQuery;

/// <summary>Everybody whose state meets a condition that no index answers: documents are read one by one.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Description">What is asked, for a person, without values.</param>
public sealed record ScanQuery(PatientCondition Condition, string Description) : IndexQuery;

/// <summary>Those in every one of several answers; of none, everybody.</summary>
/// <param name="Queries">The questions.</param>
public sealed record IntersectionQuery(IReadOnlyList<IndexQuery> Queries) : IndexQuery;

/// <summary>Those in at least one of several answers; of none, nobody.</summary>
/// <param name="Queries">The questions.</param>
public sealed record UnionQuery(IReadOnlyList<IndexQuery> Queries) : IndexQuery;

/// <summary>Those who are not in an answer.</summary>
/// <param name="Query">The question.</param>
public sealed record ComplementQuery(IndexQuery Query) : IndexQuery;

/// <summary>Columns of a patient's row that are not made of the document. The adapters have an index on each.</summary>
public enum PatientColumn
{
    /// <summary>The store's id.</summary>
    Id,

    /// <summary>The id in the source.</summary>
    SourceId,

    /// <summary>When the patient came into the store: milliseconds since 1970 (UTC).</summary>
    Created,

    /// <summary>When the present version was written: milliseconds since 1970 (UTC).</summary>
    Modified,

    /// <summary>The sequence at which the present version was written.</summary>
    Sequence,

    /// <summary>The present version.</summary>
    Version,
}
