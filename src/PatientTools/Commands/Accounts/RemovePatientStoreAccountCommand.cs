using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters.Completion;

namespace PatientTools.Commands.Accounts;

/// <summary>Removes accounts; what they did stays in the audit trail.</summary>
[Cmdlet(VerbsCommon.Remove, "PatientStoreAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Requires(StoreOperation.RemoveAccount)]
public sealed class RemovePatientStoreAccountCommand : StoreCmdlet
{
    /// <summary>The accounts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        DemandChange(StoreOperation.RemoveAccount);
        foreach (var name in Name.Where(name => ShouldProcess(name, "Remove account")))
        {
            ForItem(name, () => Session.Accounts().Remove(name));
        }
    }
}
