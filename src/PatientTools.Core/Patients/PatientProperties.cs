namespace PatientTools.Patients;

/// <summary>One of a patient's names as the document holds it (FHIR HumanName).</summary>
/// <param name="Use">official, usual, old, maiden, …; null when not said.</param>
/// <param name="Family">The whole family name with its particles.</param>
/// <param name="Given">Given names in order.</param>
/// <param name="Prefix">Titles such as Dr.</param>
/// <param name="Text">The name as one text.</param>
public sealed record PatientName(string? Use, string? Family, IReadOnlyList<string> Given, IReadOnlyList<string> Prefix, string? Text)
{
    /// <summary>The whole family name; the name's text where it has no parts.</summary>
    public string? WholeFamily => Family ?? (Given.Count == 0 ? Text : null);

    /// <summary>All given names, blanks between.</summary>
    public string? AllGiven => Joined(Given);

    /// <summary>All titles, blanks between.</summary>
    public string? AllPrefix => Joined(Prefix);

    private static string? Joined(IReadOnlyList<string> parts) => parts switch
    {
        [] => null,
        [var only] => only,
        _ => string.Join(' ', parts),
    };
}

/// <summary>One of a patient's addresses (FHIR Address).</summary>
/// <param name="Use">home, work, temp, old, billing; null when not said.</param>
/// <param name="Lines">Street lines.</param>
/// <param name="PostalCode">The postal code: text, never a number.</param>
/// <param name="City">The city.</param>
/// <param name="State">The state.</param>
/// <param name="Country">The country.</param>
public sealed record PatientAddress(string? Use, IReadOnlyList<string> Lines, string? PostalCode, string? City, string? State, string? Country)
{
    /// <summary>The street lines, commas between.</summary>
    public string? Street => Lines.Count > 0 ? string.Join(", ", Lines) : null;
}

/// <summary>One way to reach a patient (FHIR ContactPoint).</summary>
/// <param name="System">phone, email, fax, sms, url, …</param>
/// <param name="Value">The number or address.</param>
/// <param name="Use">home, work, mobile, old, …</param>
public sealed record PatientTelecom(string? System, string Value, string? Use);

/// <summary>What a patient document says, in friendly properties. A member of the wrong type counts as missing.</summary>
public sealed record PatientProperties
{
    private static readonly string[] FormerUses = ["old", "maiden", "temp"];

    /// <summary>The document's FHIR id.</summary>
    public string? FhirId { get; init; }

    /// <summary>Whether the record is in use; null when the document does not say.</summary>
    public bool? Active { get; init; }

    /// <summary>The birth date; null when missing or not a date.</summary>
    public PartialDate? BirthDate { get; init; }

    /// <summary>male, female, other, unknown, or whatever else the document says.</summary>
    public string? Gender { get; init; }

    /// <summary>Whether the patient is said to be dead.</summary>
    public bool Deceased { get; init; }

    /// <summary>The day of death, when known.</summary>
    public PartialDate? DeceasedDate { get; init; }

    /// <summary>All names in document order.</summary>
    public IReadOnlyList<PatientName> Names { get; init; } = [];

    /// <summary>All identifiers that have a value, in document order.</summary>
    public IReadOnlyList<PatientIdentifier> Identifiers { get; init; } = [];

    /// <summary>All addresses in document order.</summary>
    public IReadOnlyList<PatientAddress> Addresses { get; init; } = [];

    /// <summary>All ways to reach the patient in document order.</summary>
    public IReadOnlyList<PatientTelecom> Telecoms { get; init; } = [];

    /// <summary>The name people go by: the official one, else the usual one, else the first that is not a former one.</summary>
    public PatientName? Name =>
        Names.FirstOrDefault(name => name.Use == "official")
        ?? Names.FirstOrDefault(name => name.Use == "usual")
        ?? Names.FirstOrDefault(name => !FormerUses.Contains(name.Use))
        ?? (Names.Count > 0 ? Names[0] : null);

    /// <summary>The whole family name; the name's text where it has no parts.</summary>
    public string? FamilyName => Name?.WholeFamily;

    /// <summary>All given names, blanks between.</summary>
    public string? GivenName => Name?.AllGiven;

    /// <summary>Titles, blanks between.</summary>
    public string? Title => Name?.AllPrefix;

    /// <summary>The address in use: the first that is not a former or temporary one.</summary>
    public PatientAddress? Address =>
        Addresses.FirstOrDefault(address => address.Use is not ("old" or "temp" or "billing")) ?? (Addresses.Count > 0 ? Addresses[0] : null);

    /// <summary>The street lines of the address in use, commas between.</summary>
    public string? Street => Address?.Street;

    /// <summary>The first phone number in use.</summary>
    public string? Phone => Telecom("phone") ?? Telecom("sms");

    /// <summary>The first e-mail address in use.</summary>
    public string? Email => Telecom("email");

    /// <summary>The first KVNR.</summary>
    public string? Kvnr => Identifiers.FirstOrDefault(identifier => identifier.System == IdentifierSystems.Kvnr)?.Value;

    /// <summary>The first identifier of type MR.</summary>
    public PatientIdentifier? MrnIdentifier => Identifiers.FirstOrDefault(identifier => identifier.IsMrn);

    /// <summary>The medical record number.</summary>
    public string? Mrn => MrnIdentifier?.Value;

    /// <summary>Reads the properties out of a document.</summary>
    /// <param name="document">Well-formed JSON: one object.</param>
    /// <returns>The properties.</returns>
    public static PatientProperties Read(ReadOnlySpan<byte> document) => new PatientPropertyReader().Read(document);

    /// <summary>Family and given name, for messages at the prompt.</summary>
    /// <returns>The name, or a word where there is none.</returns>
    public override string ToString() => (FamilyName, GivenName) switch
    {
        ({ } family, { } given) => $"{family}, {given}",
        (null, null) => "unnamed",
        var (family, given) => family ?? given!,
    };

    private string? Telecom(string system) => Telecoms.FirstOrDefault(telecom => telecom.System == system && telecom.Use != "old")?.Value;
}
