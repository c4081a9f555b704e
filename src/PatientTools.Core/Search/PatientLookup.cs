using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Search;

/// <summary>Reads patients by who they are: unlike a search, nobody found is an error.</summary>
/// <param name="search">The store.</param>
/// <param name="includeRemoved">Whether removed patients are returned rather than refused.</param>
public sealed class PatientLookup(PatientSearch search, bool includeRemoved)
{
    /// <summary>Reads the patient of an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The patient.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>.</exception>
    public Patient ById(PatientId id) => Allowed(search.Get(id) ?? throw PatientErrors.NotFound(id));

    /// <summary>Reads the whole present state of the patient of an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The state.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>.</exception>
    public PatientState StateById(PatientId id)
    {
        var state = search.GetState(id) ?? throw PatientErrors.NotFound(id);
        _ = Allowed(state.ToPatient(search.Today()));
        return state;
    }

    /// <summary>Reads the patients of a medical record number: it is unique within one system only.</summary>
    /// <param name="mrn">The number.</param>
    /// <returns>One patient or several.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>.</exception>
    public IReadOnlyList<Patient> ByMrn(string mrn) => Found(PatientQueryBuilder.ForMrn(mrn), $"the medical record number '{mrn}'", mrn);

    /// <summary>Reads the patients of a health insurance number: a person insured twice has two records.</summary>
    /// <param name="kvnr">The number.</param>
    /// <returns>One patient or several.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>.</exception>
    public IReadOnlyList<Patient> ByKvnr(string kvnr) => Found(PatientQueryBuilder.ForKvnr(kvnr), $"the KVNR '{kvnr}'", kvnr);

    /// <summary>Reads all versions of a patient, removed or not, oldest first.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>.</exception>
    public IReadOnlyList<Patient> Versions(PatientId id)
    {
        var today = search.Today();
        return search.GetVersions(id) is { Count: > 0 } versions
            ? [.. versions.Select(version => version.ToPatient(today))]
            : throw PatientErrors.NotFound(id);
    }

    /// <summary>Reads one version of a patient, removed or not.</summary>
    /// <param name="id">The patient.</param>
    /// <param name="version">The version, from 1.</param>
    /// <returns>The patient as it was.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>VersionNotFound</c>.</exception>
    public Patient Version(PatientId id, long version)
    {
        var versions = Versions(id);
        return versions.FirstOrDefault(patient => patient.Version == version) ?? throw new PatientToolsException(
            "VersionNotFound",
            $"Patient {id} has no version {version}; it has versions {versions[0].Version} to {versions[^1].Version}.",
            ErrorKind.NotFound)
        { Target = id };
    }

    private List<Patient> Found(PatientQuery query, string what, string target)
    {
        var found = search.Find(query, ResultWindow.All).Patients.ToList();
        var allowed = includeRemoved ? found : found.FindAll(patient => !patient.IsRemoved);
        return allowed.Count > 0 ? allowed
            : found.Count > 0 ? [Allowed(found[0])]
            : throw new PatientToolsException("PatientNotFound", $"The store has no patient with {what}.", ErrorKind.NotFound) { Target = target };
    }

    private Patient Allowed(Patient patient) => includeRemoved || !patient.IsRemoved ? patient : throw new PatientToolsException(
        "PatientRemoved",
        $"Patient {patient.Id} is removed. Use -IncludeRemoved to read it all the same, or Restore-Patient to bring it back.",
        ErrorKind.InvalidOperation)
    { Target = patient.Id };
}
