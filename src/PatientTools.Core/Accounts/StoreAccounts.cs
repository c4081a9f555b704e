using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>Whether somebody can log in.</summary>
public enum AccountStatus
{
    /// <summary>With the right password.</summary>
    Enabled = 1,

    /// <summary>Not before some moment, because of wrong passwords.</summary>
    Locked,

    /// <summary>Not before an administrator enables it.</summary>
    Disabled,
}

/// <summary>An account, as people see it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Status">Whether somebody can log in.</param>
/// <param name="FailedAttempts">Wrong passwords since the last success or unlocking.</param>
/// <param name="LockedUntil">Until when every login is refused (UTC); null when it is not.</param>
/// <param name="LastLogin">The last login that succeeded (UTC).</param>
/// <param name="PasswordChanged">When the password changed last (UTC).</param>
/// <param name="Created">When it was made (UTC).</param>
/// <param name="Modified">When role, state or password changed last (UTC).</param>
public sealed record StoreAccount(
    string Name,
    StoreRole Role,
    AccountStatus Status,
    int FailedAttempts,
    DateTime? LockedUntil,
    DateTime? LastLogin,
    DateTime PasswordChanged,
    DateTime Created,
    DateTime Modified)
{
    /// <summary>The account in one line.</summary>
    /// <returns>Name and role.</returns>
    public override string ToString() => $"{Name} ({Role})";
}

/// <summary>What is to be changed of an account; what is null stays.</summary>
public sealed class AccountChange
{
    /// <summary>The role.</summary>
    public StoreRole? Role { get; init; }

    /// <summary>Whether nobody can log in.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }
}

/// <summary>
/// The accounts of a store. A store without accounts is open; the first one has to be an administrator, and takes over the
/// session in which it is made. A change of password, role or state ends the account's other sessions at once.
/// </summary>
public sealed class StoreAccounts
{
    private readonly StoreAccess _access;

    internal StoreAccounts(StoreAccess access) => _access = access;

    /// <summary>Reads all accounts, in the order of their names.</summary>
    /// <returns>The accounts.</returns>
    [Requires(StoreOperation.ReadAccounts)]
    public IReadOnlyList<StoreAccount> Read() => throw new NotSupportedException();

    /// <summary>Reads the account of this session.</summary>
    /// <returns>The account; null in a store without accounts.</returns>
    [Requires(StoreOperation.ReadOwnAccount)]
    public StoreAccount? ReadOwn() => throw new NotSupportedException();

    /// <summary>Adds an account.</summary>
    /// <param name="credential">Name and password.</param>
    /// <param name="role">What it may do.</param>
    /// <returns>The account.</returns>
    /// <exception cref="PatientToolsException"><c>AccountExists</c>, <c>AccountNameInvalid</c>, <c>PasswordTooShort</c>, <c>PasswordTooCommon</c>, <c>PasswordInvalid</c>, <c>FirstAccountNotAdministrator</c>.</exception>
    [Requires(StoreOperation.AddAccount)]
    public StoreAccount Add(StoreCredential credential, StoreRole role) => throw new NotSupportedException();

    /// <summary>Changes role, state or password of an account.</summary>
    /// <param name="name">The account; case does not matter.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The account afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>AccountNotFound</c>, <c>LastAdministrator</c>, and those of passwords.</exception>
    [Requires(StoreOperation.ChangeAccount)]
    public StoreAccount Change(string name, AccountChange change) => throw new NotSupportedException();

    /// <summary>Changes the password of the session's own account; this session goes on, its others end.</summary>
    /// <param name="oldPassword">The present one; a wrong one counts as a failed login.</param>
    /// <param name="newPassword">The new one.</param>
    /// <returns>The account afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>LoginFailed</c>, <c>NoAccount</c>, and those of passwords.</exception>
    [Requires(StoreOperation.ChangeOwnPassword)]
    public StoreAccount ChangeOwnPassword(string oldPassword, string newPassword) => throw new NotSupportedException();

    /// <summary>Removes an account; what it did stays in the trail.</summary>
    /// <param name="name">The account.</param>
    /// <exception cref="PatientToolsException"><c>AccountNotFound</c>, <c>LastAdministrator</c>.</exception>
    [Requires(StoreOperation.RemoveAccount)]
    public void Remove(string name) => throw new NotSupportedException();

    /// <summary>Ends the waiting time after failed logins, and forgets those.</summary>
    /// <param name="name">The account.</param>
    /// <returns>The account afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>AccountNotFound</c>.</exception>
    [Requires(StoreOperation.UnlockAccount)]
    public StoreAccount Unlock(string name) => throw new NotSupportedException();
}
