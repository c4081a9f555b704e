using PatientTools.Patients;

namespace PatientTools.Storage;

/// <summary>What distinguishes one state of a patient from its other ones.</summary>
/// <param name="Key">The key inside the store; 0 before it is stored.</param>
/// <param name="Id">The patient's id.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Sequence">The sequence at which this version was written.</param>
/// <param name="Created">When the patient came into the store (UTC, milliseconds).</param>
/// <param name="Modified">When this version was written (UTC, milliseconds).</param>
/// <param name="IsRemoved">Whether the patient is removed in this version.</param>
/// <param name="Source">Where the patient came from; null for one made here.</param>
/// <param name="SourceId">The id in the source; null for one made here.</param>
public readonly record struct PatientStamp(
    long Key, PatientId Id, long Version, long Sequence, DateTime Created, DateTime Modified, bool IsRemoved, string? Source, string? SourceId);

/// <summary>One whole state of a patient: what a version holds.</summary>
/// <param name="Stamp">Which state it is.</param>
/// <param name="Document">The FHIR document.</param>
/// <param name="Legacy">What a non-FHIR source had that maps to nothing: one compact JSON object, or null.</param>
public sealed record PatientState(PatientStamp Stamp, PatientDocument Document, ReadOnlyMemory<byte>? Legacy)
{
    /// <summary>The patient as PowerShell sees it.</summary>
    /// <param name="today">The day for which the age is told.</param>
    /// <returns>A new object.</returns>
    public Patient ToPatient(DateOnly today)
    {
        var properties = Document.Properties;
        return new Patient
        {
            Key = Stamp.Key,
            Id = Stamp.Id,
            Version = Stamp.Version,
            Sequence = Stamp.Sequence,
            Created = Stamp.Created,
            Modified = Stamp.Modified,
            IsRemoved = Stamp.IsRemoved,
            Source = Stamp.Source,
            SourceId = Stamp.SourceId,
            Today = today,
            Mrn = properties.Mrn,
            FamilyName = properties.FamilyName,
            GivenName = properties.GivenName,
            Title = properties.Title,
            BirthDate = properties.BirthDate,
            Gender = properties.Gender,
            Kvnr = properties.Kvnr,
            Street = properties.Street,
            PostalCode = properties.Address?.PostalCode,
            City = properties.Address?.City,
            Country = properties.Address?.Country,
            Phone = properties.Phone,
            Email = properties.Email,
            Deceased = properties.Deceased,
            DeceasedDate = properties.DeceasedDate,
            Active = properties.Active,
        };
    }
}

/// <summary>One state of an entry of a patient's record.</summary>
/// <param name="Key">The key inside the store; 0 before it is stored.</param>
/// <param name="PatientKey">The patient's key.</param>
/// <param name="ResourceType">The FHIR resource type.</param>
/// <param name="EntryId">The resource's FHIR id, or its content key.</param>
/// <param name="FullUrl">The URL under which a bundle held it, to which other resources may refer.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Sequence">The sequence at which this version was written.</param>
/// <param name="Modified">When this version was written (UTC, milliseconds).</param>
/// <param name="IsRemoved">Whether the entry is removed.</param>
/// <param name="Code">The first code that says what the entry is about.</param>
/// <param name="Date">When what it describes happened.</param>
/// <param name="Json">The resource as compact JSON.</param>
public sealed record RecordState(
    long Key,
    long PatientKey,
    string ResourceType,
    string EntryId,
    string? FullUrl,
    long Version,
    long Sequence,
    DateTime Modified,
    bool IsRemoved,
    string? Code,
    PartialDate? Date,
    ReadOnlyMemory<byte> Json);

/// <summary>Something read out of a damaged store, or known to be lost.</summary>
/// <param name="State">A patient's present state; null when this is a loss.</param>
/// <param name="Versions">Its older states that could be read, oldest first.</param>
/// <param name="Record">Its record, as far as it could be read.</param>
/// <param name="Loss">What could not be read, in plain words; null when nothing of this item was lost.</param>
public sealed record SalvagedItem(PatientState? State, IReadOnlyList<PatientState> Versions, IReadOnlyList<RecordState> Record, string? Loss);
