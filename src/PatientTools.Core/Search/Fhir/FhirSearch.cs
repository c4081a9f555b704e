namespace PatientTools.Search.Fhir;

/// <summary>What a FHIR search asks.</summary>
/// <param name="Query">The question, with its order.</param>
/// <param name="Count">How many patients a page should have (<c>_count</c>); null when it does not say.</param>
public sealed record FhirSearch(PatientQuery Query, int? Count);
