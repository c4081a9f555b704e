using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands;

/// <summary>
/// The base of cmdlets that work on a store. <see cref="RequiresAttribute"/> on the class says which operations it uses:
/// the documentation is made of it, and a test holds it against what is refused.
/// </summary>
public abstract class StoreCmdlet : PatientToolsCmdlet
{
    private StoreCall? _call;

    /// <summary>The store, as Connect-PatientStore returned it; the runspace's default when not given.</summary>
    [Parameter]
    [ValidateNotNull]
    public virtual PatientStoreSession? Store { get; set; }

    /// <summary>Why this is done, in a few words for the audit trail. Not the place for patients' names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>The session as Connect-PatientStore returned it, for what is about the session itself.</summary>
    /// <exception cref="PatientToolsException"><c>NotConnected</c>.</exception>
    protected PatientStoreSession Connection => Store ?? RunspaceSessions.Current.RequireDefault();

    /// <summary>The session to work with; the same one for the whole call, for which the audit trail has one event.</summary>
    /// <exception cref="PatientToolsException"><c>NotConnected</c>, <c>SessionClosed</c>, <c>ReasonInvalid</c>.</exception>
    protected PatientStoreSession Session => (_call ??= Connection.Begin(new CallerNote(MyInvocation.MyCommand.Name, Reason))).Session;

    /// <summary>Refuses a change before it is prepared, so that -WhatIf is refused, too.</summary>
    /// <param name="operation">The change.</param>
    /// <exception cref="PatientToolsException"><c>PermissionDenied</c>, <c>ReasonRequired</c>, <c>StoreReadOnly</c>.</exception>
    protected void DemandChange(StoreOperation operation)
    {
        Session.Demand(operation);
        Session.RefuseReadOnly();
    }

    /// <inheritdoc/>
    private protected sealed override void Ended(AuditOutcome outcome, string? errorId)
    {
        if (outcome != AuditOutcome.Succeeded)
        {
            _call?.Fail(outcome, errorId);
        }

        _call?.Dispose();
    }
}
