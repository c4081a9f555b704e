using System.Collections;
using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Commands.Patients;

/// <summary>Changes patients: the fields that are given, what was changed on a patient object, or the whole document.</summary>
[Cmdlet(VerbsCommon.Set, "Patient", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(Patient))]
[Requires(StoreOperation.ChangePatient)]
public sealed class SetPatientCommand : PatientFieldsCmdlet
{
    /// <summary>The id of the patient.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FieldsSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Document")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Json")]
    [ValidateNotNull]
    public PatientIdentity? Id { get; set; }

    /// <summary>
    /// A patient as it was read: what was changed on it is written, and an outdated one is refused. Or an id, or a row with
    /// <c>Id</c> and the fields to change.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The whole new document, as a hashtable or an object with FHIR's members.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Document")]
    [ValidateNotNull]
    public object? Document { get; set; }

    /// <summary>The whole new document as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Json")]
    [ValidateNotNullOrEmpty]
    public string? Json { get; set; }

    /// <summary>Writes over whatever version is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each patient as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override bool WritesPatients => PassThru;

    /// <inheritdoc/>
    protected override StoreOperation Operation => StoreOperation.ChangePatient;

    /// <inheritdoc/>
    protected override void Process() => ForItem(InputObject ?? (object?)Id, () =>
    {
        var identity = InputObject is null ? Id! : PatientIdentity.Of(InputObject);
        var change = new ChangePatient(identity.Id, Change(identity.Patient), Force ? null : identity.Patient?.Version);
        if (ShouldProcess(identity.ToString(), "Change patient"))
        {
            Enqueue(change);
        }
    });

    private Func<PatientDocument, PatientDocument> Change(Patient? patient)
    {
        if (Json is not null || Document is not null)
        {
            var whole = Json is null ? PlainValues.ToDocument(Document!) : PatientDocument.Parse(Json);
            return _ => whole;
        }

        var fields = BoundFields();
        if (InputObject is not null && PlainValues.Of(InputObject) is IDictionary row)
        {
            AddNamed(fields, row.Keys.Cast<object>().Select(key => KeyValuePair.Create($"{key}", row[key])));
        }

        return InputObject is null || patient is null
            ? document => PatientDocumentEditor.Apply(document, fields)
            : new PatientRevision(patient, fields, Force ? Session.Search() : null).Apply;
    }
}
