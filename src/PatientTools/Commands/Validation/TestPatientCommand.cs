using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Interchange;
using PatientTools.Parameters;
using PatientTools.Validation;

namespace PatientTools.Commands.Validation;

/// <summary>Checks one patient or some, one after the other.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Patient", DefaultParameterSetName = QuestionSet)]
[OutputType(typeof(PatientValidationResult), typeof(ValidationSummary), typeof(bool))]
[Requires(StoreOperation.ReadPatient, StoreOperation.SearchPatients, StoreOperation.ValidatePatients)]
public sealed class TestPatientCommand : ValidationCmdlet
{
    private const string QuestionSet = "Question";
    private const string IdSet = "Id";
    private const string InputObjectSet = "InputObject";
    private long _count;

    /// <summary>Ids of patients of the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public PatientIdentity[] Id { get; set; } = [];

    /// <summary>Patients of the store or their ids, samples, hashtables, objects with a patient's properties, or JSON text.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var identity in Id.TakeWhile(_ => !IsDecided))
        {
            RefuseQuestion();
            Attempt(identity, () => CheckStored(identity));
        }

        if (InputObject is not null && !IsDecided)
        {
            RefuseQuestion();
            _count++;
            Attempt(InputObject, () => CheckObject(InputObject));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ParameterSetName == QuestionSet && IsAsked(orPiped: MyInvocation.ExpectingInput))
        {
            CheckAsked();
        }

        base.End();
    }

    private void CheckObject(PSObject given)
    {
        var place = new SourcePlace("pipeline", 0, _count);
        switch (given.BaseObject)
        {
            case string id when !ImportObjects.IsJson(id):
                CheckStored(new PatientIdentity(id));
                break;
            case string json:
                Check(json, place);
                break;
            case FileSystemInfo:
                throw new PatientToolsException("UnsupportedInput", "Test-Patient reads no files. Pipe them to Test-PatientBatch.", ErrorKind.InvalidArgument);
            default:
                CheckObject(given, place);
                break;
        }
    }
}
