using System.Globalization;
using PatientTools.Patients;
using PatientTools.Search.Text;

namespace PatientTools.Interchange;

/// <summary>The properties of a patient that CSV can have as columns.</summary>
internal static class CsvColumns
{
    private static readonly (string Name, Func<Patient, string?> Read, bool IsDefault)[] All =
    [
        (nameof(Patient.Id), patient => patient.Id.ToString(), true),
        (nameof(Patient.Mrn), patient => patient.Mrn, true),
        (nameof(Patient.FamilyName), patient => patient.FamilyName, true),
        (nameof(Patient.GivenName), patient => patient.GivenName, true),
        (nameof(Patient.Title), patient => patient.Title, true),
        (nameof(Patient.BirthDate), patient => patient.BirthDate?.ToString(), true),
        (nameof(Patient.Age), patient => patient.Age?.ToString(CultureInfo.InvariantCulture), false),
        (nameof(Patient.Gender), patient => patient.Gender, true),
        (nameof(Patient.Kvnr), patient => patient.Kvnr, true),
        (nameof(Patient.Street), patient => patient.Street, true),
        (nameof(Patient.PostalCode), patient => patient.PostalCode, true),
        (nameof(Patient.City), patient => patient.City, true),
        (nameof(Patient.Country), patient => patient.Country, true),
        (nameof(Patient.Phone), patient => patient.Phone, true),
        (nameof(Patient.Email), patient => patient.Email, true),
        (nameof(Patient.Active), patient => Text(patient.Active), true),
        (nameof(Patient.Deceased), patient => Text(patient.Deceased), false),
        (nameof(Patient.DeceasedDate), patient => patient.DeceasedDate?.ToString(), true),
        (nameof(Patient.Source), patient => patient.Source, false),
        (nameof(Patient.SourceId), patient => patient.SourceId, false),
        (nameof(Patient.Version), patient => patient.Version.ToString(CultureInfo.InvariantCulture), false),
        (nameof(Patient.Sequence), patient => patient.Sequence.ToString(CultureInfo.InvariantCulture), false),
        (nameof(Patient.Created), patient => Text(patient.Created), false),
        (nameof(Patient.Modified), patient => Text(patient.Modified), false),
        (nameof(Patient.IsRemoved), patient => Text(patient.IsRemoved), false),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(column => column.Name)];

    public static IReadOnlyList<string> Defaults { get; } = [.. All.Where(column => column.IsDefault).Select(column => column.Name)];

    /// <summary>The columns of these names; upper and lower case count alike.</summary>
    /// <exception cref="PatientToolsException"><c>UnknownExportColumn</c>.</exception>
    public static IReadOnlyList<(string Name, Func<Patient, string?> Read)> Find(IReadOnlyList<string> names) => [.. names.Select(name =>
    {
        var index = Array.FindIndex(All, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0
            ? throw new PatientToolsException(
                "UnknownExportColumn",
                $"A patient has no property '{name}'. Did you mean '{NearestName.Of(name, Names)}'? There are: {string.Join(", ", Names)}.",
                ErrorKind.InvalidArgument)
            { Target = name }
            : (All[index].Name, All[index].Read);
    })];

    private static string? Text(bool? flag) => flag switch { true => "true", false => "false", null => null };

    private static string Text(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);
}
