using System.Management.Automation;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Closes a store.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "PatientStore")]
public sealed class DisconnectPatientStoreCommand : PatientToolsCmdlet
{
    /// <summary>The session to close; the runspace's default when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PatientStoreSession? Store { get; set; }

    /// <inheritdoc/>
    protected override void Process() => (Store ?? RunspaceSessions.Current.RequireDefault()).Dispose();
}
