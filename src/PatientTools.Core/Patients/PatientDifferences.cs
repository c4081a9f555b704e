namespace PatientTools.Patients;

/// <summary>What somebody changed on a patient object.</summary>
public static class PatientDifferences
{
    private static readonly (PatientField Field, Func<Patient, string?> Read)[] Readers =
    [
        (PatientField.Mrn, patient => patient.Mrn),
        (PatientField.Kvnr, patient => patient.Kvnr),
        (PatientField.Active, patient => patient.Active switch { true => "true", false => "false", null => null }),
        (PatientField.FamilyName, patient => patient.FamilyName),
        (PatientField.GivenName, patient => patient.GivenName),
        (PatientField.Title, patient => patient.Title),
        (PatientField.Phone, patient => patient.Phone),
        (PatientField.Email, patient => patient.Email),
        (PatientField.Gender, patient => patient.Gender),
        (PatientField.BirthDate, patient => patient.BirthDate?.ToString()),
        (PatientField.DeceasedDate, patient => patient.DeceasedDate?.ToString()),
        (PatientField.Street, patient => patient.Street),
        (PatientField.PostalCode, patient => patient.PostalCode),
        (PatientField.City, patient => patient.City),
        (PatientField.Country, patient => patient.Country),
    ];

    /// <summary>Compares an object's properties with the document of the version it was read from.</summary>
    /// <param name="patient">The object.</param>
    /// <param name="stored">What the document says.</param>
    /// <param name="changes">Takes the fields that differ; those it mentions already win.</param>
    /// <exception cref="PatientToolsException">As <see cref="PatientFields"/>.</exception>
    public static void AddTo(PatientFields changes, Patient patient, PatientProperties stored)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(patient);
        foreach (var (field, read) in Readers)
        {
            var value = read(patient) is { Length: > 0 } text ? text : null;
            if (value != PatientFields.Read(stored, field) && !changes.TryGet(field, out _))
            {
                changes[field] = value;
            }
        }
    }
}
