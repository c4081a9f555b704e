using System.Management.Automation;
using PatientTools.Accounts;

namespace PatientTools.Commands.Stores;

/// <summary>Shows who has a store open, in every process.</summary>
[Cmdlet(VerbsCommon.Get, "PatientStoreSession")]
[OutputType(typeof(StoreSession))]
[Requires(StoreOperation.ReadSessions)]
public sealed class GetPatientStoreSessionCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void End() => WriteObject(Session.Sessions().Read(), enumerateCollection: true);
}
