using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.TestHost;

namespace PatientTools.Adapters.Tests.Accounts;

/// <summary>Whatever threads and processes do at once is what one after the other would have done in the order of the trail.</summary>
public sealed class LoginReplayTests
{
    private const int Threshold = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(2);

    [Fact]
    public void Fifty_attempts_by_five_workers()
    {
        using var store = Prepared();
        var answers = new List<string>();
        LoginAttempts.Run(store.Path, "worker", threads: 5, attempts: 10, seed: 1, Tell);
        Hold(store, answers, 50);

        void Tell(string line)
        {
            lock (answers)
            {
                answers.Add(line);
            }
        }
    }

    [Fact]
    public void A_thousand_attempts_by_sixteen_threads_in_four_processes()
    {
        using var store = Prepared();
        StoreProcess[] processes =
        [
            .. Enumerable.Range(0, 4).Select(number => new StoreProcess(
                store.Path, "logins", FormattableString.Invariant($"process{number}"), "4", number < 2 ? "62" : "63", FormattableString.Invariant($"{100 * number}"))),
        ];
        var answers = processes.AsParallel().WithDegreeOfParallelism(processes.Length).SelectMany(Lines).ToList();
        Array.ForEach(processes, process => Assert.Equal((0, ""), process.Wait()));
        Array.ForEach(processes, process => process.Dispose());
        Hold(store, answers, 1000);
    }

    private static AccountStore Prepared()
    {
        var store = new AccountStore();
        for (var i = 0; i < 4; i++)
        {
            store.Add(FormattableString.Invariant($"account{i}"));
        }

        store.OnStore(writer =>
        {
            writer.WriteSetting("LockoutThreshold", Threshold.ToString(CultureInfo.InvariantCulture));
            writer.WriteSetting("LockoutSeconds", "1");
            writer.WriteSetting("LockoutMaximumSeconds", "2");
        });
        return store;
    }

    private static IEnumerable<string> Lines(StoreProcess process)
    {
        while (process.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The rules once more, in words of the test's own.</summary>
    private static void Hold(AccountStore store, List<string> answers, int count)
    {
        Assert.Equal(count, answers.Count);
        var open = answers.Select(line => line.Split(' ')).ToDictionary(parts => parts[0], StringComparer.Ordinal);
        var failures = new Dictionary<string, int>(StringComparer.Ordinal);
        var until = new Dictionary<string, DateTime?>(StringComparer.Ordinal);
        var last = new Dictionary<string, DateTime?>(StringComparer.Ordinal);
        foreach (var (entry, content) in store.Trail().Where(one => one.Entry.Operation == StoreOperation.Connect && one.Content.Reason is not null))
        {
            Assert.True(open.Remove(content.Reason!, out var attempt), $"{content.Reason} is in the trail twice, or was never made.");
            var account = attempt[1];
            Assert.Equal(account, entry.Account);
            var isLocked = entry.Time < until.GetValueOrDefault(account);
            var isRight = attempt[2] == "right";
            var opens = isRight && !isLocked;
            Assert.Equal(opens ? "opened" : "LoginFailed", attempt[3]);
            Assert.Equal(opens ? AuditOutcome.Succeeded : AuditOutcome.Refused, entry.Outcome);
            if (isLocked)
            {
                Assert.Equal("locked", content.Details);
            }
            else if (isRight)
            {
                (failures[account], until[account], last[account]) = (0, null, entry.Time);
            }
            else
            {
                var failed = failures[account] = failures.GetValueOrDefault(account) + 1;
                until[account] = failed < Threshold ? null : entry.Time + (failed == Threshold ? Wait : MostWait);
                Assert.StartsWith("wrong password", content.Details, StringComparison.Ordinal);
            }
        }

        Assert.Empty(open);
        foreach (var account in failures.Keys.Union(last.Keys, StringComparer.Ordinal))
        {
            var stored = store.Account(account);
            Assert.Equal(failures.GetValueOrDefault(account), stored.FailedAttempts);
            Assert.Equal(until.GetValueOrDefault(account), stored.LockedUntil);
            Assert.Equal(last.GetValueOrDefault(account), stored.LastLogin);
        }
    }
}
