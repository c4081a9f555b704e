using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;

namespace PatientTools.Storage;

/// <summary>An operation under way. Safe to use from many threads.</summary>
/// <param name="session">The session.</param>
/// <param name="audited">The operation's event.</param>
/// <param name="isWholeEvent">Whether the event is this use's alone, and ends with it.</param>
/// <param name="hasReason">Whether a reason was given.</param>
internal sealed class StoreUse(OpenSession session, AuditedEvent audited, bool isWholeEvent, bool hasReason) : IDisposable
{
    /// <summary>The operation's event, to which the patients are told.</summary>
    public AuditedEvent Event => audited;

    /// <summary>Whether the event is this use's alone; else it is that of a call, which other uses tell, too.</summary>
    public bool IsWholeEvent => isWholeEvent;

    /// <summary>Begins to read, in a snapshot in which the session holds.</summary>
    public IStoreReader BeginRead() => Checked(Begun(static store => store.BeginRead()));

    /// <summary>Begins to write, in a transaction in which the session holds.</summary>
    public IStoreWriter BeginWrite() => Checked(Begun(static store => store.BeginWrite()));

    /// <summary>Begins to write what a session that only reads writes, too: <see cref="IPatientStore.BeginLog"/>.</summary>
    public IStoreWriter BeginLog() => Checked(Begun(static store => store.BeginLog()));

    /// <summary>Reads from one snapshot.</summary>
    /// <param name="read">Reads.</param>
    public T Read<T>(Func<IStoreReader, T> read)
    {
        using var reader = BeginRead();
        return read(reader);
    }

    /// <summary>Has the store do what needs neither reader nor writer, such as telling figures; a snapshot shows before that the session holds.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="evenDamaged">Whether it is done, too, when the store is damaged so that nobody can tell.</param>
    public T OnStore<T>(Func<IPatientStore, T> work, bool evenDamaged = false)
    {
        try
        {
            BeginRead().Dispose();
        }
        catch (PatientToolsException e) when (evenDamaged && e.Kind == ErrorKind.Damaged)
        {
            // Whoever looks for damage has found some.
        }

        return work(session.Store);
    }

    /// <summary>Does a part of the operation; an exception that leaves it is told in the event.</summary>
    /// <param name="work">What to do.</param>
    public T Do<T>(Func<StoreUse, T> work)
    {
        try
        {
            return work(this);
        }
        catch (Exception e) when (Tell(e))
        {
            throw;
        }
    }

    /// <summary>Hands items on; an exception that leaves their making is told in the event.</summary>
    /// <param name="items">The items.</param>
    public IEnumerable<T> Watch<T>(IEnumerable<T> items)
    {
        using var each = items.GetEnumerator();
        Func<StoreUse, bool> next = _ => each.MoveNext();
        while (Do(next))
        {
            yield return each.Current;
        }
    }

    /// <summary>Tells the event how the operation ended.</summary>
    /// <param name="error">With what.</param>
    /// <returns>True.</returns>
    public bool Tell(Exception error)
    {
        if (error is OperationCanceledException)
        {
            audited.Fail(AuditOutcome.Stopped, null);
        }
        else if (isWholeEvent)
        {
            audited.Fail(AuditOutcome.Failed, (error as PatientToolsException)?.ErrorId);
        }
        else
        {
            // Of many patients one may be gone: whether the call ends with an error, the call tells.
            audited.FailOne((error as PatientToolsException)?.ErrorId);
        }

        return true;
    }

    /// <summary>Commits a transaction together with this event.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="patients">The patients that it writes.</param>
    public void Commit(IStoreWriter writer, IReadOnlyList<PatientId> patients) =>
        AuditedCommit.Run(writer, session.Store.Identity.StoreId, [new(audited, patients)]);

    /// <summary>Refuses what the role may not do.</summary>
    /// <exception cref="PatientToolsException"><c>PermissionDenied</c>.</exception>
    public void RefuseWithoutRole()
    {
        if (!StorePermissions.IsAllowed(session.Entry.Role, audited.Operation))
        {
            throw Refused(new PatientToolsException(
                "PermissionDenied",
                $"The account '{session.Entry.Account}' has the role {session.Entry.Role}, which may not do this ({audited.Operation}). Ask an administrator of the store.",
                ErrorKind.Denied)
            { Target = audited.Operation });
        }
    }

    /// <summary>Refuses what needs a reason and has none.</summary>
    /// <exception cref="PatientToolsException"><c>ReasonRequired</c>.</exception>
    public void RefuseWithoutReason()
    {
        if (!hasReason && session.NeedsReason(audited.Operation))
        {
            throw Refused(new PatientToolsException(
                "ReasonRequired", $"This store wants a reason for this ({audited.Operation}). Give -Reason.", ErrorKind.InvalidArgument)
            { Target = audited.Operation });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isWholeEvent)
        {
            audited.End();
        }
    }

    private T Begun<T>(Func<IPatientStore, T> begin)
    {
        session.RefuseWhenOver();
        try
        {
            return begin(session.Store);
        }
        catch (PatientToolsException)
        {
            // Another thread may have found out meanwhile that the session is over, and have let the store go.
            session.RefuseWhenOver();
            throw;
        }
    }

    private PatientToolsException Refused(PatientToolsException refusal)
    {
        Refused(refusal.ErrorId);
        return refusal;
    }

    private void Refused(string? errorId) => audited.Fail(AuditOutcome.Refused, errorId);

    /// <summary>What the session has to keep to may have changed since: that a reason is needed is known for sure only in the snapshot.</summary>
    private T Checked<T>(T reader)
        where T : IStoreReader
    {
        try
        {
            session.Check(reader);
            RefuseWithoutReason();
            return reader;
        }
        catch (Exception e)
        {
            reader.Dispose();
            if (!session.IsOpen)
            {
                // With no transaction held: the session's last events are written now.
                Refused((e as PatientToolsException)?.ErrorId);
                audited.End();
                session.LetGo();
            }

            throw;
        }
    }
}
