using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters.Completion;

namespace PatientTools.Commands.Accounts;

/// <summary>Ends the waiting time of accounts after wrong passwords.</summary>
[Cmdlet(VerbsCommon.Unlock, "PatientStoreAccount", SupportsShouldProcess = true)]
[OutputType(typeof(StoreAccount))]
[Requires(StoreOperation.UnlockAccount)]
public sealed class UnlockPatientStoreAccountCommand : StoreCmdlet
{
    /// <summary>The accounts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Writes each account as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        DemandChange(StoreOperation.UnlockAccount);
        foreach (var name in Name.Where(name => ShouldProcess(name, "Unlock account")))
        {
            ForItem(name, () => Unlock(name));
        }
    }

    private void Unlock(string name)
    {
        var account = Session.Accounts().Unlock(name);
        if (PassThru)
        {
            WriteObject(account);
        }
    }
}
