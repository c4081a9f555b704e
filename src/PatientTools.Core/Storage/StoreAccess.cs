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
        var found = call?.EventOf(operation) ?? session.NewEvent(operation, null, null);
        var refusal = Refusal(operation);
        if (refusal is not null)
        {
            found.Fail(AuditOutcome.Refused, refusal.ErrorId);
            found.End();
            throw refusal;
        }

        return new StoreUse(session, found, endsEvent: call is null);
    }

    /// <summary>Whether an operation is permitted, with the reason that was given; nothing is logged.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>Whether it is.</returns>
    public bool May(StoreOperation operation) => Refusal(operation) is null;

    /// <summary>Does an operation; an exception that leaves it is told in its event.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="work">What to do.</param>
    public T Run<T>(StoreOperation operation, Func<StoreUse, T> work)
    {
        using var use = Begin(operation);
        try
        {
            return work(use);
        }
        catch (PatientToolsException e)
        {
            use.Event.Fail(AuditOutcome.Failed, e.ErrorId);
            throw;
        }
        catch (OperationCanceledException)
        {
            use.Event.Fail(AuditOutcome.Stopped, null);
            throw;
        }
    }

    private PatientToolsException? Refusal(StoreOperation operation)
    {
        if (!StorePermissions.IsAllowed(session.Entry.Role, operation))
        {
            return new PatientToolsException(
                "PermissionDenied",
                $"The account '{session.Entry.Account}' has the role {session.Entry.Role}, which may not do this ({operation}). Ask an administrator of the store.",
                ErrorKind.Denied)
            { Target = operation };
        }

        return call?.Reason is null && session.NeedsReason(operation)
            ? new PatientToolsException("ReasonRequired", $"This store wants a reason for this ({operation}). Give -Reason.", ErrorKind.InvalidArgument) { Target = operation }
            : null;
    }
}

/// <summary>An operation under way.</summary>
internal sealed class StoreUse(OpenSession session, AuditedEvent audited, bool endsEvent) : IDisposable
{
    /// <summary>The operation's event, to which the patients are told.</summary>
    public AuditedEvent Event => audited;

    /// <summary>Begins to read, in a snapshot in which the session holds.</summary>
    public IStoreReader BeginRead() => Checked(session.Store.BeginRead());

    /// <summary>Begins to write, in a transaction in which the session holds.</summary>
    public IStoreWriter BeginWrite() => Checked(session.Store.BeginWrite());

    /// <inheritdoc/>
    public void Dispose()
    {
        if (endsEvent)
        {
            audited.End();
        }
    }

    private T Checked<T>(T reader)
        where T : IStoreReader
    {
        try
        {
            session.Check(reader);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
