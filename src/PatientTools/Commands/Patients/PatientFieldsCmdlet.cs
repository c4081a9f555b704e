using System.Globalization;
using System.Management.Automation;
using PatientTools.Parameters;
using PatientTools.Patients;

namespace PatientTools.Commands.Patients;

/// <summary>The base of cmdlets that take a patient's fields as parameters, each named as the property it shows up in.</summary>
public abstract class PatientFieldsCmdlet : PatientWriteCmdlet
{
    /// <summary>The parameter set of fields alone, which come by property name, too.</summary>
    protected const string FieldsSet = "Fields";

    /// <summary>The parameter set of an object and the fields that differ from it.</summary>
    protected const string ObjectSet = "Object";

    /// <summary>The whole family name with its particles.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? FamilyName { get; set; }

    /// <summary>All given names, blanks between.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? GivenName { get; set; }

    /// <summary>The birth date: a day, a month or a year.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    [PartialDateTransformation]
    public PartialDate? BirthDate { get; set; }

    /// <summary>male, female, other or unknown.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    [GenderTransformation]
    [ArgumentCompleter(typeof(GenderCompleter))]
    public string? Gender { get; set; }

    /// <summary>Titles such as Dr.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>The German health insurance number.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? Kvnr { get; set; }

    /// <summary>The medical record number.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? Mrn { get; set; }

    /// <summary>The system of the medical record number, a URI.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? MrnSystem { get; set; }

    /// <summary>Street and house number; a line break begins another line.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? Street { get; set; }

    /// <summary>The postal code: text, so that 01067 keeps its zero.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? PostalCode { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? City { get; set; }

    /// <summary>The state.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? State { get; set; }

    /// <summary>The country.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? Country { get; set; }

    /// <summary>A telephone number.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? Phone { get; set; }

    /// <summary>An e-mail address.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public string? Email { get; set; }

    /// <summary>Whether the record is in use.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public bool? Active { get; set; }

    /// <summary>Whether the patient is dead.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    public bool? Deceased { get; set; }

    /// <summary>The day, month or year of death.</summary>
    [Parameter(ParameterSetName = FieldsSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ObjectSet)]
    [AllowNull, AllowEmptyString]
    [PartialDateTransformation]
    public PartialDate? DeceasedDate { get; set; }

    /// <summary>The fields that were given, for this object of the pipeline.</summary>
    /// <returns>The fields; one given as null or empty is to be removed.</returns>
    /// <exception cref="PatientToolsException">A value cannot be used.</exception>
    protected PatientFields BoundFields()
    {
        var fields = new PatientFields();
        AddNamed(fields, MyInvocation.BoundParameters);
        return fields;
    }

    /// <summary>Adds the values whose names are fields; those that are mentioned already win.</summary>
    /// <param name="fields">Takes them.</param>
    /// <param name="values">Names and values.</param>
    /// <exception cref="PatientToolsException">A value cannot be used.</exception>
    protected static void AddNamed(PatientFields fields, IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
        {
            if (Enum.TryParse<PatientField>(name, ignoreCase: true, out var field) && !fields.TryGet(field, out _))
            {
                fields[field] = value switch { true => "true", false => "false", _ => Convert.ToString(value, CultureInfo.InvariantCulture) };
            }
        }
    }
}
