using System.Management.Automation;
using PatientTools.Accounts;

namespace PatientTools.Commands.Stores;

/// <summary>Gives unused space of a store back and refreshes the statistics by which searches are planned.</summary>
[Cmdlet(VerbsCommon.Optimize, "PatientStore", SupportsShouldProcess = true)]
[Requires(StoreOperation.MaintainStore)]
public sealed class OptimizePatientStoreCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void End()
    {
        DemandChange(StoreOperation.MaintainStore);
        if (ShouldProcess(Session.Location, "Optimize the store"))
        {
            var before = Session.Maintenance().ReadFigures().FileBytes;
            Session.Maintenance().Optimize(Cancellation);
            WriteVerbose($"The file had {before} bytes and has {Session.Maintenance().ReadFigures().FileBytes} now.");
        }
    }
}
