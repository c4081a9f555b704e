using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;

namespace PatientTools.Commands.Accounts;

/// <summary>Adds an account to a store; the first one protects it.</summary>
[Cmdlet(VerbsCommon.New, "PatientStoreAccount", SupportsShouldProcess = true)]
[OutputType(typeof(StoreAccount))]
[Requires(StoreOperation.AddAccount)]
public sealed class NewPatientStoreAccountCommand : StoreCmdlet
{
    /// <summary>Name and password.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>What the account may do.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public StoreRole Role { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForItem(Credential.UserName, () =>
    {
        DemandChange(StoreOperation.AddAccount);
        if (ShouldProcess(Credential.UserName, $"Add account as {Role}"))
        {
            WriteObject(Session.Accounts().Add(Credentials.Of(Credential), Role));
        }
    });
}
