using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Hosting;
using PatientTools.Parameters;
using PatientTools.Storage;

namespace PatientTools.Commands.Accounts;

/// <summary>Gives a store whose administrator is gone a new one; only the owner of the store's file may.</summary>
[Cmdlet(VerbsCommon.Reset, "PatientStoreAdministrator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(StoreAccount))]
[Requires(StoreOperation.ResetAdministrator)]
public sealed class ResetPatientStoreAdministratorCommand : PatientToolsCmdlet
{
    /// <summary>The store's file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The administrator's name and new password; an account of that name is taken, else one is added.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>Why this is done, in a few words for the audit trail.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = FilePaths.Resolve(this, Path);
        if (ShouldProcess(path, $"Make '{Credential.UserName}' an administrator with a new password, and end all sessions"))
        {
            var note = new CallerNote(MyInvocation.MyCommand.Name, Reason);
            WriteObject(AccountRecovery.ResetAdministrator(AdapterHost.Catalog.Stores, path, Credentials.Of(Credential), new StoreOptions(), note));
        }
    }
}
