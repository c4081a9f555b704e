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

    /// <summary>What people may see of an account at some moment.</summary>
    internal static StoreAccount Of(AccountState account, DateTime now) => new(
        account.Name,
        account.Role,
        account.IsDisabled ? AccountStatus.Disabled : LockoutPolicy.IsLocked(account, now) ? AccountStatus.Locked : AccountStatus.Enabled,
        account.FailedAttempts,
        account.LockedUntil,
        account.LastLogin,
        account.PasswordChanged,
        account.Created,
        account.Modified);
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
