using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Output;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Commands.Patients;

/// <summary>Hides patients, or erases them for good.</summary>
[Cmdlet(VerbsCommon.Remove, "Patient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Patient), typeof(PatientPurge))]
[Requires(StoreOperation.RemovePatient, StoreOperation.PurgePatient)]
public sealed class RemovePatientCommand : PatientWriteCmdlet
{
    private const int LargestGroup = 512;
    private readonly List<PatientId> _waiting = [];
    private readonly PurgeReport _report = new();
    private int _group = 1;
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

    /// <summary>Writes each patient that was removed, as it is afterwards; of one that was purged, what still holds it.</summary>
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
        PurgeWaiting();
        base.End();
        if (_report.Any)
        {
            Session.Writer().Scrub();
            foreach (var warning in _report.Warnings())
            {
                WriteWarning(warning);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Written(PatientWriteResult result)
    {
        if (result.Write is not PurgePatient purged)
        {
            base.Written(result);
            return;
        }

        var purge = _report.Add(purged.Id);
        if (PassThru)
        {
            WriteObject(purge);
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
            _waiting.Add(id);
            if (_waiting.Count >= _group)
            {
                PurgeWaiting();
            }
        }
    }

    /// <summary>What holds patients is asked before they are gone, and for many at once: the first is purged at once, of many not each pays for reading folders.</summary>
    private void PurgeWaiting()
    {
        if (_waiting.Count > 0)
        {
            PatientId[] patients = [.. _waiting];
            _waiting.Clear();
            _group = Math.Min(_group * 2, LargestGroup);
            _report.Expect(Session.Backups().FindHoldings(patients));
            foreach (var patient in patients)
            {
                Enqueue(new PurgePatient(patient));
            }
        }
    }
}
