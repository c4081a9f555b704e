namespace PatientTools.Search;

/// <summary>What a search entry's term is about. The numbers are stored.</summary>
public enum SearchEntryKind
{
    /// <summary>A folded word of a family name.</summary>
    FamilyNamePart = 1,

    /// <summary>A folded word of a given name.</summary>
    GivenNamePart = 2,

    /// <summary>A folded city.</summary>
    City = 3,

    /// <summary>A postal code, folded.</summary>
    PostalCode = 4,

    /// <summary>The gender code.</summary>
    Gender = 5,

    /// <summary>A KVNR.</summary>
    Kvnr = 6,

    /// <summary>A medical record number, <see cref="SearchEntries.IdentifierTerm"/> with its system.</summary>
    Mrn = 7,

    /// <summary>Any other identifier, <see cref="SearchEntries.IdentifierTerm"/> with its system.</summary>
    Identifier = 8,
}

/// <summary>One way to find a patient: made once, at write, so that every database finds by the same terms.</summary>
/// <param name="Kind">What the term is about.</param>
/// <param name="Term">The term, compared byte by byte in UTF-8.</param>
public readonly record struct SearchEntry(SearchEntryKind Kind, string Term);

/// <summary>A search entry as it is stored.</summary>
/// <param name="PatientKey">The patient it leads to.</param>
/// <param name="IsRemoved">Whether it is kept for searches that include the removed.</param>
/// <param name="Entry">The entry.</param>
public readonly record struct StoredSearchEntry(long PatientKey, bool IsRemoved, SearchEntry Entry);
