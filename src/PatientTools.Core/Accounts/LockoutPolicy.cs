using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>
/// What wrong passwords lead to. From the threshold on an account waits, and twice as long for each further wrong password, up to
/// a maximum; who comes while it waits is refused and not counted, so that nobody can keep an account locked for ever.
/// </summary>
/// <param name="Threshold">After how many wrong passwords in a row it waits.</param>
/// <param name="Wait">How long the first time.</param>
/// <param name="MaximumWait">How long at most.</param>
internal sealed record LockoutPolicy(int Threshold, TimeSpan Wait, TimeSpan MaximumWait)
{
    public static LockoutPolicy Of(StoreSettingValues settings) => new(settings.LockoutThreshold, settings.LockoutWait, settings.LockoutMaximumWait);

    /// <summary>Whether an account waits.</summary>
    public static bool IsLocked(AccountState account, DateTime now) => now < account.LockedUntil;

    /// <summary>The account after a wrong password while it does not wait.</summary>
    public AccountState AfterFailure(AccountState account, DateTime now)
    {
        var attempts = account.FailedAttempts == int.MaxValue ? int.MaxValue : account.FailedAttempts + 1;
        return account with { FailedAttempts = attempts, LockedUntil = attempts >= Threshold ? now + WaitAfter(attempts) : null };
    }

    /// <summary>The account after the right password while it does not wait.</summary>
    public static AccountState AfterSuccess(AccountState account, DateTime now) => account with { FailedAttempts = 0, LockedUntil = null, LastLogin = now };

    /// <summary>How long an account waits after so many wrong passwords.</summary>
    public TimeSpan WaitAfter(int attempts)
    {
        if (attempts < Threshold)
        {
            return TimeSpan.Zero;
        }

        var wait = Wait.Ticks;
        for (var doubled = Threshold; doubled < attempts && wait < MaximumWait.Ticks; doubled++)
        {
            wait *= 2;
        }

        return new TimeSpan(Math.Min(wait, MaximumWait.Ticks));
    }
}
