using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Hosting;
using PatientTools.Parameters;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Makes a new, empty store and connects to it.</summary>
[Cmdlet(VerbsCommon.New, "PatientStore", SupportsShouldProcess = true)]
[OutputType(typeof(PatientStoreSession))]
public sealed class NewPatientStoreCommand : PatientToolsCmdlet
{
    /// <summary>The file to make; nothing may be there.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Name and password of the first administrator: nobody gets in without a login. Without it the store is open to whoever can read its file.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Why the store is made, in a few words for the audit trail.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = FilePaths.Resolve(this, Path);
        if (ShouldProcess(path, "Make a patient store"))
        {
            var administrator = Credential is null ? null : Credentials.Of(Credential);
            var session = PatientStoreSession.Create(AdapterHost.Catalog.Stores, path, new StoreOptions(), administrator, new CallerNote(MyInvocation.MyCommand.Name, Reason));
            RunspaceSessions.Current.Add(session);
            WriteObject(session);
        }
    }
}
