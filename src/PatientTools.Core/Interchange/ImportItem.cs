using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>Where something was read.</summary>
/// <param name="File">The file's display name; an archive's entry as <c>archive.zip!entry.json</c>; null for the pipeline.</param>
/// <param name="Line">The line or entry number, from 1; 0 when it is the whole file.</param>
public readonly record struct SourcePlace(string? File, long Line);

/// <summary>One thing read from a source.</summary>
/// <param name="Place">Where it was read.</param>
public abstract record ImportItem(SourcePlace Place);

/// <summary>A patient.</summary>
/// <param name="Place">Where it was read.</param>
/// <param name="Document">The FHIR document.</param>
/// <param name="Legacy">What maps to nothing: one compact JSON object, or null.</param>
/// <param name="Record">The patient's other resources.</param>
/// <param name="SourceId">The FHIR id; null when the content is the only key.</param>
public sealed record PatientItem(SourcePlace Place, PatientDocument Document, byte[]? Legacy, IReadOnlyList<RecordResource> Record, string? SourceId)
    : ImportItem(Place);

/// <summary>Something that cannot be taken.</summary>
/// <param name="Place">Where it was read.</param>
/// <param name="Reason">Why.</param>
public sealed record RejectedItem(SourcePlace Place, PatientToolsException Reason) : ImportItem(Place);

/// <summary>Something worth knowing that is no error.</summary>
/// <param name="Place">Where it was read.</param>
/// <param name="Message">What it is.</param>
public sealed record NoticeItem(SourcePlace Place, string Message) : ImportItem(Place);

/// <summary>A FHIR resource of a patient's record.</summary>
/// <param name="ResourceType">The FHIR resource type.</param>
/// <param name="FhirId">Its FHIR id, if any.</param>
/// <param name="FullUrl">The URL under which a bundle held it.</param>
/// <param name="Json">The resource as compact JSON.</param>
/// <param name="Code">The first code that says what it is about.</param>
/// <param name="Date">When what it describes happened.</param>
public sealed record RecordResource(string ResourceType, string? FhirId, string? FullUrl, byte[] Json, string? Code, PartialDate? Date);
