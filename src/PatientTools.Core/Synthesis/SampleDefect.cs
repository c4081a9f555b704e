namespace PatientTools.Synthesis;

/// <summary>A fault planted in a sample, of the kinds that migrated data is full of.</summary>
public enum SampleDefect
{
    /// <summary>The KVNR's check digit is wrong. Not 0, which PowerShell takes for none.</summary>
    KvnrCheckDigit = 1,

    /// <summary>The KVNR does not have its form: too short, too long, a small letter, no letter.</summary>
    KvnrFormat,

    /// <summary>The patient has no name.</summary>
    MissingName,

    /// <summary>A given name holds a digit.</summary>
    DigitInName,

    /// <summary>The family name is UTF-8 that was read as Latin-1.</summary>
    Mojibake,

    /// <summary>The name is in capitals.</summary>
    AllCapitals,

    /// <summary>Blanks surround the family name.</summary>
    SurroundingBlanks,

    /// <summary>The family name holds a control character.</summary>
    ControlCharacter,

    /// <summary>The name is a placeholder such as Mustermann.</summary>
    PlaceholderName,

    /// <summary>The birth date lies ahead.</summary>
    BirthDateInFuture,

    /// <summary>There is no birth date.</summary>
    MissingBirthDate,

    /// <summary>The birth date is 1900-01-01.</summary>
    PlaceholderBirthDate,

    /// <summary>The calendar has no such birth date.</summary>
    ImpossibleBirthDate,

    /// <summary>Death comes before birth.</summary>
    DeathBeforeBirth,

    /// <summary>The gender is not one of FHIR's four codes.</summary>
    GenderCode,

    /// <summary>The postal code is 00000.</summary>
    PostalCodeZeros,

    /// <summary>The German postal code has four digits.</summary>
    PostalCodeFourDigits,

    /// <summary>The phone number is none.</summary>
    Phone,

    /// <summary>The e-mail address is none.</summary>
    Email,

    /// <summary>An identifier stands twice.</summary>
    RepeatedIdentifier,

    /// <summary>The city is an empty string, which FHIR does not allow.</summary>
    EmptyText,

    /// <summary>The document has a member that FHIR does not know.</summary>
    UnknownMember,

    /// <summary>The check digit of the payer's IK is wrong. Stands in the record.</summary>
    InstitutionNumberCheckDigit,

    /// <summary>A diagnosis has a code that ICD-10-GM cannot have. Stands in the record.</summary>
    DiagnosisCode,
}

/// <summary>In what a near-duplicate differs from its original; its FHIR id and MRN always do.</summary>
public enum SampleChange
{
    /// <summary>Two letters of the family name are transposed.</summary>
    FamilyNameTransposed,

    /// <summary>The family name lacks a letter.</summary>
    FamilyNameLetterMissing,

    /// <summary>A letter of the family name stands twice.</summary>
    FamilyNameLetterDoubled,

    /// <summary>An umlaut or ß of the family name is spelled out.</summary>
    UmlautSpelledOut,

    /// <summary>Another family name, as after a marriage.</summary>
    FamilyNameChanged,

    /// <summary>Two letters of the given name are transposed.</summary>
    GivenNameTransposed,

    /// <summary>Of several given names, or of a double one, only the first is left.</summary>
    GivenNameShortened,

    /// <summary>Day and month of birth are swapped.</summary>
    DayAndMonthSwapped,

    /// <summary>The birth date is off by some days.</summary>
    BirthDateOff,

    /// <summary>Another address, as after a move.</summary>
    AddressMoved,

    /// <summary>The KVNR is missing.</summary>
    KvnrMissing,

    /// <summary>Phone and e-mail are missing.</summary>
    TelecomMissing,
}
