using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Commands.Patients;

/// <summary>Adds a patient, of typed fields or of a FHIR document.</summary>
[Cmdlet(VerbsCommon.New, "Patient", SupportsShouldProcess = true, DefaultParameterSetName = FieldsSet)]
[OutputType(typeof(Patient))]
[Requires(StoreOperation.AddPatient)]
public sealed class NewPatientCommand : PatientFieldsCmdlet
{
    /// <summary>A FHIR Patient as a hashtable or an object; fields given as well win over it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public object? Document { get; set; }

    /// <summary>A FHIR Patient as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Json", ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string? Json { get; set; }

    /// <inheritdoc/>
    protected override bool WritesPatients => true;

    /// <inheritdoc/>
    protected override StoreOperation Operation => StoreOperation.AddPatient;

    /// <inheritdoc/>
    protected override void Process() => ForItem(null, () =>
    {
        var document = MakeDocument();
        if (ShouldProcess(document.Properties.ToString(), "Add patient"))
        {
            Enqueue(new AddPatient(document, DrawMrn: true));
        }
    });

    private PatientDocument MakeDocument() => this switch
    {
        { Json: { } json } => PatientDocument.Parse(json),
        { Document: { } given } => PatientDocumentEditor.Apply(PlainValues.ToDocument(given), BoundFields()),
        _ => PatientDocumentEditor.Create(NotEmpty(BoundFields())),
    };

    private static PatientFields NotEmpty(PatientFields fields) => fields.Mentioned.Any(field => fields[field] is not null)
        ? fields
        : throw new PatientToolsException("EmptyPatient", "A patient without any field was not made. Give at least one, such as -FamilyName.", ErrorKind.InvalidArgument);
}
