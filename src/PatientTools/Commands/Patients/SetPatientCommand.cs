using System.Management.Automation;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Commands.Patients;

/// <summary>Changes patients: the fields that are given, what was changed on a patient object, or the whole document.</summary>
/// <remarks>The default set is tried first: a patient has to bind as such, and not property by property.</remarks>
[Cmdlet(VerbsCommon.Set, "Patient", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(Patient))]
public sealed class SetPatientCommand : PatientFieldsCmdlet
{
    /// <summary>The id of the patient.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = FieldsSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "Document")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "Json")]
    [ValidateNotNull]
    public PatientIdentity? Id { get; set; }

    /// <summary>A patient as it was read; what was changed on it is written. An outdated one is refused.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public Patient? InputObject { get; set; }

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
    protected override void Process()
    {
        var identity = InputObject is null ? Id! : new PatientIdentity(InputObject);
        ForItem(identity, () =>
        {
            var change = new ChangePatient(identity.Id, Change(), Force ? null : identity.Patient?.Version);
            if (ShouldProcess(identity.ToString(), "Change patient"))
            {
                Enqueue(change);
            }
        });
    }

    private Func<PatientDocument, PatientDocument> Change()
    {
        if (Json is not null || Document is not null)
        {
            var whole = Json is null ? PlainValues.ToDocument(Document!) : PatientDocument.Parse(Json);
            return _ => whole;
        }

        var fields = BoundFields();
        return InputObject is null
            ? document => PatientDocumentEditor.Apply(document, fields)
            : new PatientRevision(InputObject, fields, Force ? Session.Search() : null).Apply;
    }
}
