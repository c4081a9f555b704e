namespace PatientTools.Accounts;

/// <summary>An account as the store keeps it.</summary>
/// <param name="Id">Fixed at its making; a later account of the same name is another one.</param>
/// <param name="Name">The name as it was given.</param>
/// <param name="Key">The name as it is compared: <see cref="AccountName.KeyOf"/>. Unique.</param>
/// <param name="Role">What it may do.</param>
/// <param name="IsDisabled">Whether nobody can log in.</param>
/// <param name="Password">The tagged hash: <see cref="PasswordHash"/>.</param>
/// <param name="Created">When it was made (UTC, milliseconds).</param>
/// <param name="Modified">When role, state or password changed last (UTC, milliseconds).</param>
/// <param name="PasswordChanged">When the password changed last (UTC, milliseconds); a re-hash is no change.</param>
/// <param name="FailedAttempts">Wrong passwords since the last success or unlocking; those while locked do not count.</param>
/// <param name="LockedUntil">Until when every login is refused (UTC, milliseconds); null when it is not.</param>
/// <param name="LastLogin">The last login that succeeded (UTC, milliseconds).</param>
public sealed record AccountState(
    Guid Id,
    string Name,
    string Key,
    StoreRole Role,
    bool IsDisabled,
    string Password,
    DateTime Created,
    DateTime Modified,
    DateTime PasswordChanged,
    int FailedAttempts,
    DateTime? LockedUntil,
    DateTime? LastLogin)
{
    /// <summary>The account without its password's hash, which no message may show.</summary>
    /// <returns>Name and role.</returns>
    public override string ToString() => $"{Name} ({Role})";
}

/// <summary>An open session as the store keeps it, so that every process knows of it.</summary>
/// <param name="Id">Random.</param>
/// <param name="AccountId">The account; null in a store without accounts.</param>
/// <param name="Account">Its name.</param>
/// <param name="Role">The role it was opened with.</param>
/// <param name="UserName">The operating system's user.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStarted">When that process was started (UTC, milliseconds), by which a later one of the same number is told apart.</param>
/// <param name="Opened">When it was opened (UTC, milliseconds).</param>
/// <param name="LastUsed">When it was used last, as far as the store has been told (UTC, milliseconds).</param>
/// <param name="IsReadOnly">Whether it writes nothing.</param>
public sealed record SessionEntry(
    Guid Id,
    Guid? AccountId,
    string? Account,
    StoreRole? Role,
    string UserName,
    string Machine,
    int ProcessId,
    DateTime ProcessStarted,
    DateTime Opened,
    DateTime LastUsed,
    bool IsReadOnly);

/// <summary>A name and a password, as somebody gave them.</summary>
/// <param name="name">The account's name.</param>
/// <param name="password">The password.</param>
public sealed class StoreCredential(string name, string password)
{
    /// <summary>The account's name.</summary>
    public string Name { get; } = name;

    /// <summary>The password; never written anywhere.</summary>
    internal string Password { get; } = password;

    /// <summary>The name alone.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
