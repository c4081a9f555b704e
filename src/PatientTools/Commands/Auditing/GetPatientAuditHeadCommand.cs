using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Auditing;

namespace PatientTools.Commands.Auditing;

/// <summary>Reads the head of the audit trail, to be kept elsewhere.</summary>
[Cmdlet(VerbsCommon.Get, "PatientAuditHead")]
[OutputType(typeof(AuditHead))]
[Requires(StoreOperation.CheckAuditTrail)]
public sealed class GetPatientAuditHeadCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void End() => WriteObject(Session.AuditTrail().ReadHead());
}
