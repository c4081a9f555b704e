using System.Diagnostics.CodeAnalysis;

namespace PatientTools.Patients;

/// <summary>The friendly fields of a patient that can be set; each is named as the property it shows up in.</summary>
public enum PatientField
{
    /// <summary>The document's FHIR id: 1 to 64 letters, digits, hyphens and dots. For new documents.</summary>
    FhirId,

    /// <summary>The medical record number, an identifier of type MR.</summary>
    Mrn,

    /// <summary>The system of the medical record number, a URI.</summary>
    MrnSystem,

    /// <summary>The German health insurance number.</summary>
    Kvnr,

    /// <summary>Whether the record is in use: true or false.</summary>
    Active,

    /// <summary>The whole family name with its particles.</summary>
    FamilyName,

    /// <summary>All given names, blanks between.</summary>
    GivenName,

    /// <summary>Titles such as Dr.</summary>
    Title,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>male, female, other or unknown.</summary>
    Gender,

    /// <summary>The birth date: a day, a month or a year.</summary>
    BirthDate,

    /// <summary>Whether the patient is dead: true or false.</summary>
    Deceased,

    /// <summary>The day of death.</summary>
    DeceasedDate,

    /// <summary>Street and house number; a line break begins another line.</summary>
    Street,

    /// <summary>The postal code: text, never a number.</summary>
    PostalCode,

    /// <summary>The city.</summary>
    City,

    /// <summary>The state.</summary>
    State,

    /// <summary>The country.</summary>
    Country,
}

/// <summary>
/// Values for friendly fields: each field is not mentioned, has a value, or is null, which removes what a document holds.
/// <see cref="PatientDocumentEditor"/> turns them into FHIR.
/// </summary>
/// <remarks>Blank text counts as null: FHIR knows no empty strings (hl7.org/fhir/R4/datatypes.html#string).</remarks>
public sealed class PatientFields
{
    private static readonly string[] Genders = ["male", "female", "other", "unknown"];
    private readonly SortedDictionary<PatientField, string?> _values = [];

    /// <summary>The value of a field as FHIR spells it; null when it is to be removed or is not mentioned.</summary>
    /// <param name="field">The field.</param>
    /// <exception cref="PatientToolsException">
    /// On setting: <c>InvalidDate</c>, <c>InvalidGender</c>, <c>InvalidFlag</c> or <c>InvalidFhirId</c> when the field cannot
    /// have the value.
    /// </exception>
    public string? this[PatientField field]
    {
        get => _values.GetValueOrDefault(field);
        set => _values[field] = string.IsNullOrWhiteSpace(value) ? null : Checked(field, value);
    }

    /// <summary>The fields that are mentioned, in the order of <see cref="PatientField"/>.</summary>
    public IReadOnlyCollection<PatientField> Mentioned => _values.Keys;

    /// <summary>Whether a field is mentioned, be it with a value or to be removed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value; null when the field is to be removed.</param>
    /// <returns>Whether it is mentioned.</returns>
    public bool TryGet(PatientField field, out string? value) => _values.TryGetValue(field, out value);

    /// <summary>Mentions a date.</summary>
    /// <param name="field"><see cref="PatientField.BirthDate"/> or <see cref="PatientField.DeceasedDate"/>.</param>
    /// <param name="value">The date; null removes it.</param>
    /// <returns>These fields.</returns>
    public PatientFields Set(PatientField field, PartialDate? value)
    {
        this[field] = value?.ToString();
        return this;
    }

    /// <summary>Mentions a flag.</summary>
    /// <param name="field"><see cref="PatientField.Active"/> or <see cref="PatientField.Deceased"/>.</param>
    /// <param name="value">The flag; null removes it.</param>
    /// <returns>These fields.</returns>
    public PatientFields Set(PatientField field, bool? value)
    {
        this[field] = value switch { true => "true", false => "false", null => null };
        return this;
    }

    /// <summary>Mentions a field by text.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value; null or blank removes it.</param>
    /// <returns>These fields.</returns>
    public PatientFields Set(PatientField field, string? value)
    {
        this[field] = value;
        return this;
    }

    /// <summary>What a document's properties say in a field, spelled as a field's value is.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="field">The field.</param>
    /// <returns>The value; null where the document says nothing.</returns>
    public static string? Read(PatientProperties properties, PatientField field)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return field switch
        {
            PatientField.FhirId => properties.FhirId,
            PatientField.Mrn => properties.Mrn,
            PatientField.MrnSystem => properties.MrnIdentifier?.System,
            PatientField.Kvnr => properties.Kvnr,
            PatientField.Active => Text(properties.Active),
            PatientField.FamilyName => properties.FamilyName,
            PatientField.GivenName => properties.GivenName,
            PatientField.Title => properties.Title,
            PatientField.Phone => properties.Phone,
            PatientField.Email => properties.Email,
            PatientField.Gender => properties.Gender,
            PatientField.BirthDate => properties.BirthDate?.ToString(),
            PatientField.Deceased => Text(properties.Deceased ? true : null),
            PatientField.DeceasedDate => properties.DeceasedDate?.ToString(),
            PatientField.Street => properties.Street,
            PatientField.PostalCode => properties.Address?.PostalCode,
            PatientField.City => properties.Address?.City,
            PatientField.State => properties.Address?.State,
            PatientField.Country => properties.Address?.Country,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "There is no such field."),
        };
    }

    private static string? Text(bool? flag) => flag switch { true => "true", false => "false", null => null };

    private static string Checked(PatientField field, string value)
    {
        switch (field)
        {
            case PatientField.BirthDate or PatientField.DeceasedDate:
                return PartialDate.Parse(value).ToString();
            case PatientField.Gender when !Genders.Contains(value, StringComparer.Ordinal):
                throw Invalid("InvalidGender", $"'{value}' is not a gender. Write male, female, other or unknown.", value);
            case PatientField.Active or PatientField.Deceased when value is not ("true" or "false"):
                throw Invalid("InvalidFlag", $"'{value}' is not a value for {field}. Write true or false.", value);
            case PatientField.FhirId when !IsFhirId(value):
                throw Invalid("InvalidFhirId", $"'{value}' is not a FHIR id, which has 1 to 64 letters, digits, hyphens and dots.", value);
            default:
                return value;
        }
    }

    /// <summary>hl7.org/fhir/R4/datatypes.html#id.</summary>
    internal static bool IsFhirId([NotNullWhen(true)] string? text)
    {
        return text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
    }

    private static PatientToolsException Invalid(string id, string message, string value) =>
        new(id, message, ErrorKind.InvalidArgument) { Target = value };
}
