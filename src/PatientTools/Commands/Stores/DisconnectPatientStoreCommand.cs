using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters.Completion;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Closes a store, or ends somebody else's session on it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "PatientStore", SupportsShouldProcess = true, DefaultParameterSetName = "Store")]
[Requires(StoreOperation.Disconnect, StoreOperation.CloseSession)]
public sealed class DisconnectPatientStoreCommand : StoreCmdlet
{
    private PatientStoreSession? _own;

    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Store")]
    [Parameter(ParameterSetName = "Id")]
    [ValidateNotNull]
    public override PatientStoreSession? Store { get; set; }

    /// <summary>The id of a session to end, in whatever process it is, as Get-PatientStoreSession shows it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Id")]
    [Alias("SessionId")]
    [ArgumentCompleter(typeof(SessionIdCompleter))]
    public Guid Id { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName != "Id")
        {
            Close(Connection);
        }
        else if (Id == Connection.SessionId)
        {
            // The last one: by it the others are ended.
            _own = Connection;
        }
        else
        {
            ForItem(Id, () => CloseOther(Id));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_own is not null)
        {
            Close(_own);
        }
    }

    private void Close(PatientStoreSession session)
    {
        if (ShouldProcess(session.Location, "Close the store"))
        {
            session.Close(new CallerNote(MyInvocation.MyCommand.Name, Reason));
        }
    }

    private void CloseOther(Guid id)
    {
        Session.Demand(StoreOperation.CloseSession);
        if (ShouldProcess($"{id}", "End the session"))
        {
            Session.Sessions().Close(id);
        }
    }
}
