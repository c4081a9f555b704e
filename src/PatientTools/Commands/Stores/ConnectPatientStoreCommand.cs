using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Hosting;
using PatientTools.Parameters;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Opens a store and makes it the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "PatientStore", DefaultParameterSetName = "Credential")]
[OutputType(typeof(PatientStoreSession))]
[Requires(StoreOperation.Connect)]
public sealed class ConnectPatientStoreCommand : PatientToolsCmdlet
{
    private const string Variable = "PATIENTTOOLS_STORE";

    /// <summary>The store's file; <c>$env:PATIENTTOOLS_STORE</c> when not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Name and password of an account, where the store has accounts.</summary>
    [Parameter(ParameterSetName = "Credential")]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The file of a credential that Export-Clixml has written, for scheduled tasks.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "CredentialPath")]
    [ValidateNotNullOrEmpty]
    public string? CredentialPath { get; set; }

    /// <summary>Opens the store so that nothing can be written.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Why the store is opened, in a few words for the audit trail.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = FilePaths.Resolve(this, Path ?? FromEnvironment());
        var credential = CredentialPath is not null ? Credentials.Read(FilePaths.Resolve(this, CredentialPath)) : Credential is null ? null : Credentials.Of(Credential);
        var note = new CallerNote(MyInvocation.MyCommand.Name, Reason);
        var session = PatientStoreSession.Open(AdapterHost.Catalog.Stores, path, new StoreOptions { ReadOnly = ReadOnly }, credential, note);
        RunspaceSessions.Current.Add(session);
        if (!session.IsAudited)
        {
            WriteWarning($"Nothing that is done with '{session.Location}' is logged, since its file cannot be written.");
        }

        WriteObject(session);
    }

    private static string FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? path
        : throw new PatientToolsException("NoStoreGiven", $"No store was named. Give -Path, or set $env:{Variable}.", ErrorKind.InvalidArgument);
}
