using PatientTools.Patients;

namespace PatientTools.Synthesis;

/// <summary>An invented patient.</summary>
public sealed class PatientSample
{
    private readonly SamplePerson _person;
    private readonly SampleOptions _options;

    internal PatientSample(SamplePerson person, SampleOptions options, long number)
    {
        _person = person;
        _options = options;
        Number = number;
        Document = PatientDocument.FromStore(SampleWriter.OfThread.Patient(person));
    }

    /// <summary>The number within its run, from 1.</summary>
    public long Number { get; }

    /// <summary>The FHIR id: <c>sample-</c>, the seed and the number.</summary>
    public string Id => _person.Id;

    /// <summary>The family name; null when missing.</summary>
    public string? FamilyName => _person.FamilyName;

    /// <summary>All given names, blanks between; null when missing.</summary>
    public string? GivenName => _person.GivenNames.Length == 0 ? null : string.Join(' ', _person.GivenNames);

    /// <summary>The birth date; null when missing or not a date.</summary>
    public PartialDate? BirthDate => PartialDate.TryParse(_person.BirthDate, out var date) ? date : null;

    /// <summary>male, female or other, unless a fault is planted there.</summary>
    public string Gender => _person.Gender;

    /// <summary>The city.</summary>
    public string City => _person.City;

    /// <summary>The KVNR; null for the privately insured.</summary>
    public string? Kvnr => _person.Kvnr;

    /// <summary>The fault planted, if any.</summary>
    public SampleDefect? Defect { get; init; }

    /// <summary>The id of the sample of which this is a near-duplicate; null when it is none.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>In what a near-duplicate differs from its original.</summary>
    public IReadOnlyList<SampleChange> Changes { get; init; } = [];

    /// <summary>The patient document.</summary>
    public PatientDocument Document { get; }

    /// <summary>
    /// The other FHIR resources of the patient in compact JSON: a Coverage, then Conditions. Empty without
    /// <see cref="SampleOptions.IncludeRecord"/>. Written when first asked for.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Record => field ??= _options.IncludeRecord ? SampleRecord.Write(_person, _options, Number) : [];

    /// <summary>Family and given name, for messages at the prompt.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    public override string ToString() => FamilyName is null ? Id : $"{FamilyName}, {GivenName}";
}
