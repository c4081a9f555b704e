using System.Text.Json.Nodes;

namespace PatientTools.Patients;

/// <summary>
/// Puts friendly fields into a FHIR document: into the very name, address, contact or identifier from which
/// <see cref="PatientProperties"/> reads them, leaving everything else as it is.
/// </summary>
/// <remarks>
/// A field that already shows the value wanted is not touched. Where a value is replaced, what was said about the old one
/// goes with it: its primitive extension (<c>_family</c>, <c>_birthDate</c>, …), and the <c>text</c> of a name or address
/// that holds the old value. Removing a phone, e-mail, KVNR or MRN removes every entry the property could show; removing
/// parts of a name or address leaves the entry, unless nothing remains of it.
/// </remarks>
public static class PatientDocumentEditor
{
    /// <summary>Makes a document.</summary>
    /// <param name="fields">What it is to say; fields that are null say nothing.</param>
    /// <returns>The new document, its members in FHIR's order.</returns>
    public static PatientDocument Create(PatientFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var patient = new JsonObject { ["resourceType"] = "Patient" };
        new PatientEdit(patient, new PatientProperties()).Apply(fields);
        return PatientDocument.FromNode(patient);
    }

    /// <summary>Makes a changed document.</summary>
    /// <param name="document">The document as it is.</param>
    /// <param name="changes">The fields to change.</param>
    /// <returns>The changed document; the same one where nothing changes.</returns>
    public static PatientDocument Apply(PatientDocument document, PatientFields changes)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(changes);
        return document.With(patient => new PatientEdit(patient, document.Properties).Apply(changes));
    }
}
