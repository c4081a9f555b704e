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
    public IReadOnlyList<StoreSession> Read() => throw new NotSupportedException();

    /// <summary>Ends a session, at once and in whatever process it is.</summary>
    /// <param name="id">The session.</param>
    /// <exception cref="PatientToolsException"><c>SessionNotFound</c>.</exception>
    [Requires(StoreOperation.CloseSession)]
    public void Close(Guid id) => throw new NotSupportedException();
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
