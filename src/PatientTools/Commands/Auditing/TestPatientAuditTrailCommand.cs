using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Parameters;

namespace PatientTools.Commands.Auditing;

/// <summary>Checks that the audit trail is as it was written.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatientAuditTrail")]
[OutputType(typeof(AuditTrailCheck), typeof(bool))]
[Requires(StoreOperation.CheckAuditTrail)]
public sealed class TestPatientAuditTrailCommand : StoreCmdlet
{
    private readonly List<AuditHead> _heads = [];

    /// <summary>Heads that were kept elsewhere, as Get-PatientAuditHead wrote them, or their text.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [AuditHeadTransformation]
    public AuditHead[] Head { get; set; } = [];

    /// <summary>Writes only whether nothing is wrong.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _heads.AddRange(Head);

    /// <inheritdoc/>
    protected override void End()
    {
        var progress = new ThrottledProgress(this, "Checking the audit trail", "entries");
        var check = Session.AuditTrail().Check(_heads, (done, all) => progress.Report(done, () => (double)done / Math.Max(all, 1)), Cancellation);
        progress.Complete();
        WriteObject(Quiet ? check.IsValid : check);
    }
}
