namespace PatientTools.Synthesis;

/// <summary>Everything drawn for one sample, before it is written. Texts are free so that faults can be planted in them.</summary>
internal sealed class SamplePerson
{
    public required string Id { get; set; }

    public required string Mrn { get; set; }

    public string? Kvnr { get; set; }

    public string? FamilyName { get; set; }

    public string[] GivenNames { get; set; } = [];

    public string? Title { get; init; }

    public bool IsFemale { get; init; }

    public required string Gender { get; set; }

    /// <summary>The true day of birth, whatever <see cref="BirthDate"/> says.</summary>
    public DateOnly Born { get; set; }

    /// <summary>The true day of death.</summary>
    public DateOnly? Died { get; set; }

    public string? BirthDate { get; set; }

    public string? DeceasedDate { get; set; }

    public string? MaritalStatus { get; init; }

    public required string Street { get; set; }

    public required string PostalCode { get; set; }

    public required string City { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public bool IsPrivatelyInsured { get; set; }

    public required HealthInsurer Insurer { get; set; }

    public bool RepeatsIdentifier { get; set; }

    public bool HasUnknownMember { get; set; }

    public bool HasWrongDiagnosisCode { get; set; }
}
