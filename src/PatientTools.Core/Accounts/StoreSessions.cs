using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>The sessions that are open on a store, in every process.</summary>
public sealed class StoreSessions
{
    private readonly StoreAccess _access;

    internal StoreSessions(StoreAccess access) => _access = access;

    /// <summary>Reads who has the store open; those whose process is gone from this machine, or whose time is over, are cleared away first.</summary>
    /// <returns>The sessions, the oldest first.</returns>
    [Requires(StoreOperation.ReadSessions)]
    public IReadOnlyList<StoreSession> Read() => _access.Run<IReadOnlyList<StoreSession>>(StoreOperation.ReadSessions, use =>
    {
        var own = _access.Session;

        // One of a store without accounts gets its entry with its first event.
        own.Journal.Flush();
        var (open, over) = Sorted(use);
        if (over.Count > 0 && own.Store.CanLog)
        {
            Clear(over);
        }

        return
        [
            .. open.Select(session => new StoreSession(
                session.Id, session.Account, session.Role, session.UserName, session.Machine, session.ProcessId,
                session.Opened, session.LastUsed, session.IsReadOnly, session.Id == own.Entry.Id)),
        ];
    });

    /// <summary>Ends a session, at once and in whatever process it is.</summary>
    /// <param name="id">The session.</param>
    /// <exception cref="PatientToolsException"><c>SessionNotFound</c>.</exception>
    [Requires(StoreOperation.CloseSession)]
    public void Close(Guid id) => _access.Run(StoreOperation.CloseSession, use =>
    {
        using var writer = use.BeginWrite();
        var session = writer.FindSession(id)
            ?? throw new PatientToolsException("SessionNotFound", $"There is no open session {id}. Get-PatientStoreSession lists all.", ErrorKind.NotFound) { Target = id };
        writer.DeleteSession(id);
        writer.ChangeAccess();
        use.Event.Describe(session.Account is null ? $"{id}" : $"{id} of '{session.Account}'");
        use.Commit(writer, []);
        return session;
    });

    private (IReadOnlyList<SessionEntry> Open, IReadOnlyList<SessionEntry> Over) Sorted(StoreUse use)
    {
        using var reader = use.BeginRead();
        var terms = SessionTerms.Of(new StoreSettings(_access.Session.Store.Identity).ReadFrom(reader));
        var now = OpenedHere.Now(_access.Session.Options.Time);
        var isOver = reader.ReadSessions().ToLookup(session =>
            session.Id != _access.Session.Entry.Id
            && (OpenedHere.IsGone(session) || terms.Expiry((now - session.LastUsed).Ticks, (now - session.Opened).Ticks) is not null));
        return ([.. isOver[false]], [.. isOver[true]]);
    }

    /// <summary>
    /// That these sessions are over, whoever holds one would be told without this. So it is no change of access, and one that
    /// was taken for gone by mistake, as in another container of the same machine's name, goes on.
    /// </summary>
    private void Clear(IReadOnlyList<SessionEntry> over)
    {
        using var writer = _access.Session.Store.BeginLog();
        foreach (var session in over)
        {
            writer.DeleteSession(session.Id);
        }

        writer.Commit();
    }
}

/// <summary>A session, as people see it.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="Account">The account; null in a store without accounts.</param>
/// <param name="Role">The role.</param>
/// <param name="UserName">The operating system's user.</param>
/// <param name="Machine">The machine.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="Opened">When it was opened (UTC).</param>
/// <param name="LastUsed">When it was used last, to the second or so (UTC).</param>
/// <param name="IsReadOnly">Whether it writes nothing.</param>
/// <param name="IsOwn">Whether it is the session that asks.</param>
public sealed record StoreSession(
    Guid SessionId, string? Account, StoreRole? Role, string UserName, string Machine, int ProcessId, DateTime Opened, DateTime LastUsed, bool IsReadOnly, bool IsOwn);
