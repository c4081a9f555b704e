using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Checks whether a store is sound.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatientStore")]
[OutputType(typeof(StoreCheck), typeof(bool))]
[Requires(StoreOperation.CheckStore)]
public sealed class TestPatientStoreCommand : StoreCmdlet
{
    /// <summary>Reads everything, and holds search entries against documents.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <summary>Writes only whether nothing is wrong.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var check = Session.Maintenance().Check(Full, Cancellation);
        WriteObject(Quiet ? check.IsValid : check);
    }
}
