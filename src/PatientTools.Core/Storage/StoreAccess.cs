using PatientTools.Accounts;
using PatientTools.Auditing;

namespace PatientTools.Storage;

/// <summary>The one way from a room to the store: who is permitted to, whose session still holds, and what is logged.</summary>
/// <param name="session">The session.</param>
/// <param name="call">The call that all belongs to; null when each use of the engine is a call of its own.</param>
internal sealed class StoreAccess(OpenSession session, StoreCall? call)
{
    /// <summary>The session.</summary>
    public OpenSession Session => session;

    /// <summary>Begins an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>The way to the store; disposing it ends the use.</returns>
    /// <exception cref="PatientToolsException"><c>PermissionDenied</c>, <c>ReasonRequired</c>, both logged; <c>SessionClosed</c>, <c>SessionExpired</c>, <c>AuditTrailNotWritable</c>.</exception>
    public StoreUse Begin(StoreOperation operation)
    {
        session.Use();
        var use = new StoreUse(session, call?.EventOf(operation) ?? session.NewEvent(operation, null, null), isWholeEvent: call is null, hasReason: call?.Reason is not null);
        try
        {
            use.RefuseWithoutRole();
            use.RefuseWithoutReason();
            return use;
        }
        catch (PatientToolsException)
        {
            use.Event.End();
            throw;
        }
    }

    /// <summary>Whether an operation is permitted, with the reason that was given; nothing is logged.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>Whether it is.</returns>
    public bool May(StoreOperation operation) =>
        StorePermissions.IsAllowed(session.Entry.Role, operation) && (call?.Reason is not null || !session.NeedsReason(operation));

    /// <summary>Does an operation; an exception that leaves it is told in its event.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="work">What to do.</param>
    public T Run<T>(StoreOperation operation, Func<StoreUse, T> work)
    {
        using var use = Begin(operation);
        return use.Do(work);
    }
}
