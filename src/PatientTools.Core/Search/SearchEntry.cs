namespace PatientTools.Search;

/// <summary>What a search entry's term is about. The numbers are stored.</summary>
/// <remarks>
/// Words and phonetic codes are for finding; values are for comparing, sorting and grouping. A value's term is
/// <see cref="Text.ValueTerm"/>. A kind of which a patient has exactly one entry has the empty term where the value is
/// missing.
/// </remarks>
public enum SearchEntryKind
{
    /// <summary>A folded word of any family name.</summary>
    FamilyNamePart = 1,

    /// <summary>A folded word of any given name.</summary>
    GivenNamePart = 2,

    /// <summary>The folded city of any address.</summary>
    CityText = 3,

    /// <summary>The folded postal code of any address.</summary>
    PostalCodeText = 4,

    /// <summary>The gender code, a value; one for each patient.</summary>
    Gender = 5,

    /// <summary>A KVNR, a value; the empty term where there is none.</summary>
    Kvnr = 6,

    /// <summary>A medical record number, <see cref="SearchEntries.IdentifierTerm"/> with its system; the empty term where there is none.</summary>
    Mrn = 7,

    /// <summary>Any other identifier, <see cref="SearchEntries.IdentifierTerm"/> with its system.</summary>
    Identifier = 8,

    /// <summary>The phonetic code of a word of any family name; none for a word without one. Made of the folded word, which sounds like the word.</summary>
    FamilyNameSound = 9,

    /// <summary>The phonetic code of a word of any given name; see <see cref="FamilyNameSound"/>.</summary>
    GivenNameSound = 10,

    /// <summary>A folded word of any family name and, behind U+0000, the birth date as FHIR writes it; none without a birth date.</summary>
    FamilyNameBirth = 11,

    /// <summary>The family name that the patient goes by, a value; one for each patient.</summary>
    FamilyName = 20,

    /// <summary>The given names that the patient goes by, a value; one for each patient.</summary>
    GivenName = 21,

    /// <summary>The title, a value; one for each patient.</summary>
    Title = 22,

    /// <summary>The city of the address in use, a value; one for each patient.</summary>
    City = 23,

    /// <summary>The postal code of the address in use, a value; one for each patient.</summary>
    PostalCode = 24,

    /// <summary>The country of the address in use, a value; one for each patient.</summary>
    Country = 25,

    /// <summary>The street of the address in use, a value; one for each patient.</summary>
    Street = 26,

    /// <summary>The phone number, a value; one for each patient.</summary>
    Phone = 27,

    /// <summary>The e-mail address, a value; one for each patient.</summary>
    Email = 28,

    /// <summary>A family name that the patient does not go by (any more), a value.</summary>
    OtherFamilyName = 30,

    /// <summary>Given names that the patient does not go by (any more), a value.</summary>
    OtherGivenName = 31,

    /// <summary>A way to reach the patient that is neither <see cref="Phone"/> nor <see cref="Email"/>, a value.</summary>
    OtherTelecom = 32,

    /// <summary>A part of any address, its state among them, that is none of the address in use's own entries, a value. Street lines are one part, commas between.</summary>
    OtherAddressPart = 33,

    /// <summary>The birth date as FHIR writes it; one for each patient.</summary>
    BirthDate = 40,

    /// <summary>The year of birth; one for each patient.</summary>
    BirthYear = 41,

    /// <summary>The date of death as FHIR writes it; one for each patient.</summary>
    DeceasedDate = 42,

    /// <summary>The age at death in three digits, where birth date and date of death are known.</summary>
    AgeAtDeath = 43,

    /// <summary>Whether the patient is dead: <c>true</c> or <c>false</c>; one for each patient.</summary>
    Deceased = 44,

    /// <summary>Whether the record is in use: <c>true</c> or <c>false</c>; one for each patient.</summary>
    Active = 45,

    /// <summary>A code of a recorded condition, a value.</summary>
    Condition = 50,

    /// <summary>The name of a payer of a recorded coverage, its institution number where it has no name, a value.</summary>
    Payer = 51,

    /// <summary>The institution number of a payer of a recorded coverage that has a name too, a value.</summary>
    PayerNumber = 52,

    /// <summary>Where the patient came from, a value; one for each patient.</summary>
    Source = 60,

    /// <summary>Whether the patient is removed: <c>living</c> or <c>removed</c>; one for each patient.</summary>
    State = 61,
}

/// <summary>One way to find a patient: made once, at write, so that every database finds by the same terms.</summary>
/// <param name="Kind">What the term is about.</param>
/// <param name="Term">The term, compared byte by byte in UTF-8.</param>
public readonly record struct SearchEntry(SearchEntryKind Kind, string Term);

/// <summary>A search entry as it is stored.</summary>
/// <param name="PatientKey">The patient it leads to.</param>
/// <param name="Entry">The entry.</param>
public readonly record struct StoredSearchEntry(long PatientKey, SearchEntry Entry);
