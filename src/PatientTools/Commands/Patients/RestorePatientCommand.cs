using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Commands.Patients;

/// <summary>Brings removed patients back.</summary>
[Cmdlet(VerbsData.Restore, "Patient", SupportsShouldProcess = true)]
[OutputType(typeof(Patient))]
[Requires(StoreOperation.RestorePatient)]
public sealed class RestorePatientCommand : PatientWriteCmdlet
{
    /// <summary>Ids or patients.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public PatientIdentity[] Id { get; set; } = [];

    /// <summary>Writes each patient as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override bool WritesPatients => PassThru;

    /// <inheritdoc/>
    protected override StoreOperation Operation => StoreOperation.RestorePatient;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var identity in Id)
        {
            ForItem(identity, () =>
            {
                var restore = new RestorePatient(identity.Id);
                if (ShouldProcess(identity.ToString(), "Restore patient"))
                {
                    Enqueue(restore);
                }
            });
        }
    }
}
