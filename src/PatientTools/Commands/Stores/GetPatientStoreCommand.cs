using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Shows the one page an administrator looks at.</summary>
[Cmdlet(VerbsCommon.Get, "PatientStore")]
[OutputType(typeof(PatientStoreStatus))]
[Requires(StoreOperation.ReadStatus)]
public sealed class GetPatientStoreCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void End() => WriteObject(PatientStoreStatus.Read(Session));
}
