using PatientTools.Accounts;
using PatientTools.Patients;
using PatientTools.Search.Conditions;

namespace PatientTools.Search;

/// <summary>Tells chosen properties of patients that were found. A document is read only for what the row does not tell.</summary>
/// <param name="search">Where the patients were found.</param>
/// <param name="properties">The properties.</param>
/// <param name="sequence">The moment as of which they were found.</param>
public sealed class PatientProjection(PatientSearch search, IReadOnlyList<SearchProperty> properties, long sequence)
{
    /// <summary>The values of a patient, as of the moment at which it was found.</summary>
    /// <param name="patient">The patient.</param>
    /// <returns>
    /// A value for each property, in their order: null where it is missing, a list where there are several,
    /// as PowerShell reads members.
    /// </returns>
    [Requires(StoreOperation.SearchPatients)]
    public IReadOnlyList<KeyValuePair<string, object?>> ValuesOf(Patient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var subject = new Lazy<PatientSubject?>(() => search.SubjectOf(patient, sequence));
        return [.. properties.Select(property => KeyValuePair.Create(
            property.Name,
            property.TryValueOf(patient, out var value) ? value : Value(property, subject.Value)))];
    }

    private static object? Value(SearchProperty property, PatientSubject? subject) =>
        (subject is null ? [] : property.ValuesOf(subject)) switch
        {
            [] => null,
            [var only] => only,
            var several => several.ToArray(),
        };
}
