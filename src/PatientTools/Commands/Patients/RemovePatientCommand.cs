using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Commands.Patients;

/// <summary>Hides patients, or erases them for good.</summary>
[Cmdlet(VerbsCommon.Remove, "Patient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Patient))]
[Requires(StoreOperation.RemovePatient, StoreOperation.PurgePatient)]
public sealed class RemovePatientCommand : PatientWriteCmdlet
{
    private bool _purged;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Ids or patients; an outdated patient is refused unless it is purged.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public PatientIdentity[] Id { get; set; } = [];

    /// <summary>Erases the patient with all versions and records. Nothing brings it back.</summary>
    [Parameter]
    public SwitchParameter Purge { get; set; }

    /// <summary>Removes whatever version is there, and does not ask whether to purge.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each patient that was removed, not purged, as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override bool WritesPatients => PassThru;

    /// <inheritdoc/>
    protected override StoreOperation Operation => Purge ? StoreOperation.PurgePatient : StoreOperation.RemovePatient;

    /// <summary>Whether <c>-Confirm:$false</c> says in so many words that nobody is to be asked.</summary>
    private bool IsConfirmed => MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) && confirm is SwitchParameter { IsPresent: false };

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var identity in Id)
        {
            ForItem(identity, () => Remove(identity, identity.Id));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        base.End();
        if (_purged)
        {
            Session.Writer().Scrub();
        }
    }

    private void Remove(PatientIdentity identity, PatientId id)
    {
        if (!ShouldProcess(identity.ToString(), Purge ? "Purge patient" : "Remove patient"))
        {
            return;
        }

        if (!Purge)
        {
            Enqueue(new RemovePatient(id, Force ? null : identity.Patient?.Version));
        }
        else if (Force || IsConfirmed || ShouldContinue($"Erase patient {identity} with all versions and records? This cannot be undone.", "Purge patient", ref _yesToAll, ref _noToAll))
        {
            _purged = true;
            Enqueue(new PurgePatient(id));
        }
    }
}
