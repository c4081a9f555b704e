namespace PatientTools.Patients;

/// <summary>
/// A patient of a store: typed, friendly properties and the version they belong to. Changing properties changes this
/// object only; pipe it to <c>Set-Patient</c> to write it.
/// </summary>
public sealed class Patient
{
    /// <summary>For stores alone, so that PowerShell turns no other object into a patient.</summary>
    internal Patient()
    {
    }

    /// <summary>The store's own id.</summary>
    public PatientId Id { get; init; }

    /// <summary>The medical record number: the document's first identifier of type MR.</summary>
    public string? Mrn { get; set; }

    /// <summary>The whole family name with its particles.</summary>
    public string? FamilyName { get; set; }

    /// <summary>All given names, blanks between.</summary>
    public string? GivenName { get; set; }

    /// <summary>Titles such as Dr.</summary>
    public string? Title { get; set; }

    /// <summary>The birth date: a day, a month or a year.</summary>
    public PartialDate? BirthDate { get; set; }

    /// <summary>
    /// Completed years today, or at death; of a partial date the age certainly reached. Null without a birth date, and for
    /// the dead whose date of death is unknown.
    /// </summary>
    public int? Age => BirthDate is not { } born ? null
        : Deceased ? (DeceasedDate is { } died ? born.YearsUntil(died.First) : null)
        : born.YearsUntil(Today);

    /// <summary>male, female, other or unknown (FHIR administrative gender).</summary>
    public string? Gender { get; set; }

    /// <summary>The German health insurance number.</summary>
    public string? Kvnr { get; set; }

    /// <summary>Street and house number.</summary>
    public string? Street { get; set; }

    /// <summary>The postal code: text, never a number.</summary>
    public string? PostalCode { get; set; }

    /// <summary>The city.</summary>
    public string? City { get; set; }

    /// <summary>The country.</summary>
    public string? Country { get; set; }

    /// <summary>The first phone number.</summary>
    public string? Phone { get; set; }

    /// <summary>The first e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>Whether the patient is dead.</summary>
    public bool Deceased { get; init; }

    /// <summary>The day of death, when known.</summary>
    public PartialDate? DeceasedDate { get; set; }

    /// <summary>Whether the record is in use (FHIR <c>active</c>); null when the document does not say.</summary>
    public bool? Active { get; set; }

    /// <summary>Where the patient came from, as named at import; null for one made here.</summary>
    public string? Source { get; init; }

    /// <summary>The id in the source: the document's FHIR id, or a hash of its content.</summary>
    public string? SourceId { get; init; }

    /// <summary>The version, from 1; every write makes one.</summary>
    public long Version { get; init; }

    /// <summary>The store's sequence at which this version was written.</summary>
    public long Sequence { get; init; }

    /// <summary>When the patient came into this store.</summary>
    public DateTime Created { get; init; }

    /// <summary>When this version was written.</summary>
    public DateTime Modified { get; init; }

    /// <summary>Whether the patient is removed, that is hidden until restored.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>How well the patient fits a search by resemblance, from 0 to 1; null when nobody asked for resemblance.</summary>
    public double? Score { get; internal set; }

    /// <summary>Which words matched in a search by resemblance, and how: <c>schmitd ≈ Schmidt (FamilyName)</c>.</summary>
    public IReadOnlyList<string>? Matched { get; internal set; }

    /// <summary>The day for which <see cref="Age"/> is told; fixed once per call.</summary>
    internal DateOnly Today { get; init; }

    /// <summary>The row's key inside the store.</summary>
    internal long Key { get; init; }

    /// <summary>Family and given name, for messages at the prompt.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    public override string ToString() => (FamilyName, GivenName) switch
    {
        ({ } family, { } given) => $"{family}, {given}",
        ({ } family, null) => family,
        (null, { } given) => given,
        _ => Id.ToString(),
    };
}
