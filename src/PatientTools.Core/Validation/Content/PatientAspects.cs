namespace PatientTools.Validation.Content;

/// <summary>What a patient has, as far as rules need it to find anything: most rules need not even be asked about most patients.</summary>
[Flags]
internal enum PatientAspects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What every patient has: a document.</summary>
    Document = 1,

    /// <summary>Something wrong with the form of the document or of a resource of the record.</summary>
    Faults = 1 << 1,

    /// <summary>Other resources.</summary>
    Record = 1 << 2,

    /// <summary>A reference with a literal.</summary>
    References = 1 << 3,

    /// <summary>Characters beyond ASCII, or escapes, in the document.</summary>
    SpecialLetters = 1 << 4,

    /// <summary>A digit in a text of a name.</summary>
    NameDigit = 1 << 5,

    /// <summary>A control character in a text of a name.</summary>
    NameControl = 1 << 6,

    /// <summary>A blank at the start or end of a text of a name, or two in a row.</summary>
    NameBlank = 1 << 7,

    /// <summary>Something else than ASCII letters, digits, blanks, hyphens, apostrophes and dots in a text of a name.</summary>
    NameOther = 1 << 8,

    /// <summary>A text of a name without a small ASCII letter.</summary>
    NameWithoutSmall = 1 << 9,

    /// <summary>A health insurance number.</summary>
    Kvnr = 1 << 10,

    /// <summary>More than one identifier.</summary>
    SeveralIdentifiers = 1 << 11,

    /// <summary>A date of death.</summary>
    DeceasedDate = 1 << 12,

    /// <summary>A link to another patient.</summary>
    Link = 1 << 13,
}
