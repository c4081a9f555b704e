using System.Globalization;
using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>
/// A name and a password that somebody tries. First the password is held against the stored hash, outside of every lock, because
/// that takes long; then a transaction decides, if the hash is still the one.
/// </summary>
/// <param name="credential">Name and password.</param>
/// <param name="hasher">bcrypt.</param>
internal sealed class PasswordAttempt(StoreCredential credential, IPasswordHasher hasher)
{
    private readonly string? _key = AccountName.IsPossible(credential.Name) ? AccountName.KeyOf(credential.Name) : null;
    private string? _stored;
    private string? _hashedAnew;
    private bool _isRight;

    /// <summary>Hashes. Takes the same time for any name and any password, except a right one that is hashed anew because the cost has risen.</summary>
    /// <param name="accounts">The store's accounts.</param>
    /// <param name="settings">The store's settings.</param>
    /// <param name="now">The time.</param>
    public void Verify(IReadOnlyList<AccountState> accounts, StoreSettingValues settings, DateTime now)
    {
        var account = AccountIn(accounts);
        var cost = accounts.Select(one => PasswordHash.CostOf(one.Password)).Append(settings.PasswordCost).Max();
        _stored = account?.Password;
        (_isRight, _hashedAnew) = HashingGate.OfProcess.Run(settings.ConcurrentLogins, () =>
        {
            var isRight = PasswordHash.Verify(credential.Password, _stored, cost, hasher);
            var isToHash = isRight && Refusal(account!, now) is null && PasswordHash.CostOf(_stored!) < settings.PasswordCost;
            return (isRight, isToHash ? PasswordHash.Of(credential.Password, settings.PasswordCost, hasher) : null);
        });
    }

    /// <summary>Whether the hash that was looked at is still the account's.</summary>
    public bool IsAbout(IReadOnlyList<AccountState> accounts) => AccountIn(accounts)?.Password == _stored;

    /// <summary>Decides.</summary>
    /// <param name="accounts">The store's accounts, in the transaction that writes what comes of it.</param>
    /// <param name="policy">What wrong passwords lead to.</param>
    /// <param name="now">The time.</param>
    public LoginDecision Decide(IReadOnlyList<AccountState> accounts, LockoutPolicy policy, DateTime now)
    {
        if (AccountIn(accounts) is not { } account)
        {
            return new LoginDecision(null, "unknown account", false);
        }

        if (Refusal(account, now) is { } refusal)
        {
            return new LoginDecision(account, refusal, false);
        }

        if (_isRight)
        {
            return new LoginDecision(LockoutPolicy.AfterSuccess(account, now) with { Password = _hashedAnew ?? account.Password }, null, true);
        }

        var next = policy.AfterFailure(account, now);
        var locked = next.LockedUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $"; locked until {until:yyyy-MM-ddTHH:mm:ss.fffZ}") : "";
        return new LoginDecision(next, $"wrong password{locked}", true);
    }

    private static string? Refusal(AccountState account, DateTime now) =>
        account.IsDisabled ? "disabled" : LockoutPolicy.IsLocked(account, now) ? "locked" : null;

    private AccountState? AccountIn(IReadOnlyList<AccountState> accounts) =>
        _key is null ? null : accounts.FirstOrDefault(account => string.Equals(account.Key, _key, StringComparison.Ordinal));
}

/// <summary>What comes of an attempt.</summary>
/// <param name="Account">The account afterwards; null when there is none of that name.</param>
/// <param name="Refusal">Why it is refused, for auditors alone; null when it is not.</param>
/// <param name="IsChange">Whether the account has to be written.</param>
internal sealed record LoginDecision(AccountState? Account, string? Refusal, bool IsChange)
{
    /// <summary>What whoever tried is told, and no more.</summary>
    public static PatientToolsException Failed(string location) => new(
        "LoginFailed",
        $"The login to '{location}' failed: name or password are wrong, or the account may not log in at present. An administrator can see it with Get-PatientStoreAccount.",
        ErrorKind.Unauthenticated)
    { Target = location };

    /// <summary>Writes the account, if it is another one now.</summary>
    public void Write(IStoreWriter writer)
    {
        if (IsChange)
        {
            writer.WriteAccount(Account!);
        }
    }
}
