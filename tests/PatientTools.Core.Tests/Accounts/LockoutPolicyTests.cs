using CsCheck;
using PatientTools.Accounts;

namespace PatientTools.Core.Tests.Accounts;

public sealed class LockoutPolicyTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly LockoutPolicy Usual = new(5, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15));

    private static readonly Gen<LockoutPolicy> Policies =
        from threshold in Gen.Int[1, 100]
        from wait in Gen.Int[1, 86_400]
        from most in Gen.Int[1, 86_400]
        select new LockoutPolicy(threshold, TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(most));

    [Fact]
    public void The_wait_begins_with_the_fifth_failure_and_doubles_up_to_the_maximum()
    {
        int[] minutes = [.. Enumerable.Range(1, 12).Select(attempts => (int)Usual.WaitAfter(attempts).TotalMinutes)];
        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15], minutes);
    }

    [Fact]
    public void No_policy_waits_longer_than_its_maximum_nor_ever_shorter_than_before() =>
        Gen.Select(Policies, Gen.Int[1, int.MaxValue - 1]).Sample(
            (policy, attempts) => policy.WaitAfter(attempts) <= policy.MaximumWait && policy.WaitAfter(attempts) <= policy.WaitAfter(attempts + 1),
            seed: "0000KOIOVlI3", iter: 2000);

    [Fact]
    public void A_success_forgets_every_failure_and_a_wait_that_is_over_locks_no_more() =>
        Gen.Select(Policies, Gen.Int[0, 200]).Sample((policy, failures) =>
        {
            var (account, now) = (Account(), Start);
            for (var i = 0; i < failures; i++)
            {
                account = policy.AfterFailure(account, now);
                now = account.LockedUntil ?? now;
            }

            var after = LockoutPolicy.AfterSuccess(account, now);
            return account.FailedAttempts == failures && !LockoutPolicy.IsLocked(account, now)
                && after is { FailedAttempts: 0, LockedUntil: null } && after.LastLogin == now;
        }, seed: "0000KOIOVlI3", iter: 500);

    [Fact]
    public void A_locked_account_is_locked_until_the_moment_and_not_at_it()
    {
        var account = new LockoutPolicy(1, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)).AfterFailure(Account(), Start);
        Assert.True(LockoutPolicy.IsLocked(account, Start.AddSeconds(10).AddTicks(-1)));
        Assert.False(LockoutPolicy.IsLocked(account, Start.AddSeconds(10)));
    }

    private static AccountState Account() => new(Guid.Empty, "anna", "anna", StoreRole.Reader, false, "", Start, Start, Start, 0, null, null);
}
