using PatientTools.Accounts;
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
    [Requires(StoreOperation.ReadPatient)]
    public Patient ById(PatientId id) => Read(use => Handed(use, Allowed(search.Get(use, id) ?? throw PatientErrors.NotFound(id))));

    /// <summary>Reads the whole present state of the patient of an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The state.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>.</exception>
    [Requires(StoreOperation.ReadPatient)]
    public PatientState StateById(PatientId id) => Read(use => StateOf(use, id));

    /// <summary>Reads the patients of a medical record number: it is unique within one system only.</summary>
    /// <param name="mrn">The number.</param>
    /// <returns>One patient or several.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>.</exception>
    [Requires(StoreOperation.ReadPatient)]
    public IReadOnlyList<Patient> ByMrn(string mrn) => Found(PatientQueryBuilder.ForMrn(mrn), "by Mrn", $"the medical record number '{mrn}'", mrn);

    /// <summary>Reads the patients of a health insurance number: a person insured twice has two records.</summary>
    /// <param name="kvnr">The number.</param>
    /// <returns>One patient or several.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>.</exception>
    [Requires(StoreOperation.ReadPatient)]
    public IReadOnlyList<Patient> ByKvnr(string kvnr) => Found(PatientQueryBuilder.ForKvnr(kvnr), "by Kvnr", $"the KVNR '{kvnr}'", kvnr);

    /// <summary>Reads all versions of a patient, removed or not, oldest first.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>.</exception>
    [Requires(StoreOperation.ReadPatient)]
    public IReadOnlyList<Patient> Versions(PatientId id) => Read(use =>
    {
        var today = search.Today();
        var versions = PatientSearch.GetVersions(use, id) ?? throw PatientErrors.NotFound(id);
        use.Event.Saw(id);
        return versions.Select(version => version.ToPatient(today)).ToList();
    });

    /// <summary>Reads one version of a patient, removed or not.</summary>
    /// <param name="id">The patient.</param>
    /// <param name="version">The version, from 1.</param>
    /// <returns>The patient as it was.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>VersionNotFound</c>.</exception>
    [Requires(StoreOperation.ReadPatient)]
    public Patient Version(PatientId id, long version) => Read(use =>
    {
        var versions = PatientSearch.GetVersions(use, id) ?? throw PatientErrors.NotFound(id);
        var found = versions.FirstOrDefault(state => state.Stamp.Version == version) ?? throw new PatientToolsException(
            "VersionNotFound",
            $"Patient {id} has no version {version}; it has versions {versions[0].Stamp.Version} to {versions[^1].Stamp.Version}.",
            ErrorKind.NotFound)
        { Target = id };
        return Handed(use, found.ToPatient(search.Today()));
    });

    /// <summary>Reads the state of a patient for an operation that is under way.</summary>
    internal PatientState StateOf(StoreUse use, PatientId id)
    {
        var state = PatientSearch.GetState(use, id) ?? throw PatientErrors.NotFound(id);
        Handed(use, Allowed(state.ToPatient(search.Today())));
        return state;
    }

    private List<Patient> Found(PatientQuery query, string shape, string what, string target) => Read(use =>
    {
        use.Event.Describe(shape);
        var found = search.GetAll(use, query);
        var allowed = found.Where(patient => includeRemoved || !patient.IsRemoved).ToList();
        allowed.ForEach(patient => use.Event.Saw(patient.Id));
        return allowed.Count > 0 ? allowed
            : found.Count > 0 ? [Allowed(found[0])]
            : throw new PatientToolsException("PatientNotFound", $"The store has no patient with {what}.", ErrorKind.NotFound) { Target = target };
    });

    private T Read<T>(Func<StoreUse, T> read) => search.Run(StoreOperation.ReadPatient, read);

    private static Patient Handed(StoreUse use, Patient patient)
    {
        use.Event.Saw(patient.Id);
        return patient;
    }

    private Patient Allowed(Patient patient) => includeRemoved || !patient.IsRemoved ? patient : throw new PatientToolsException(
        "PatientRemoved",
        $"Patient {patient.Id} is removed. Use -IncludeRemoved to read it all the same, or Restore-Patient to bring it back.",
        ErrorKind.InvalidOperation)
    { Target = patient.Id };
}
