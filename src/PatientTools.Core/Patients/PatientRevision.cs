using PatientTools.Accounts;
using PatientTools.Search;

namespace PatientTools.Patients;

/// <summary>What somebody changed on a patient object, ready to be written.</summary>
/// <remarks>
/// The object is held against the version it was read from. That is the stored one, as the write is refused otherwise;
/// when the write is forced the version is looked up, so that what others changed meanwhile stays.
/// </remarks>
/// <param name="patient">The object.</param>
/// <param name="changes">Fields to set besides; they win.</param>
/// <param name="history">Where versions are looked up when the write is forced; else null.</param>
[method: Requires(StoreOperation.ChangePatient)]
public sealed class PatientRevision(Patient patient, PatientFields changes, PatientSearch? history)
{
    private readonly PatientProperties? _origin = history?.Run(StoreOperation.ChangePatient, use => PatientSearch.GetVersions(use, patient.Id))?.FirstOrDefault(state => state.Stamp.Version == patient.Version)?.Document.Properties;

    /// <summary>Makes the new document.</summary>
    /// <param name="document">The present one.</param>
    /// <returns>The changed document; the same one when nothing was changed.</returns>
    /// <exception cref="PatientToolsException">A property has a value that cannot be used.</exception>
    public PatientDocument Apply(PatientDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        PatientDifferences.AddTo(changes, patient, _origin ?? document.Properties);
        return PatientDocumentEditor.Apply(document, changes);
    }
}
