using System.Globalization;
using CsCheck;
using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups;

public class BackupRetentionTests
{
    private static readonly TimeZoneInfo Berlin = Zone("Berlin", 1, (3, 5), (10, 5));

    private static readonly Gen<TimeZoneInfo> AnyZone = GenStates.Of(TimeZoneInfo.Utc, Berlin, TimeZoneInfo.CreateCustomTimeZone("Far", TimeSpan.FromHours(14), null, null), TimeZoneInfo.CreateCustomTimeZone("West", TimeSpan.FromMinutes(-570), null, null));

    private static readonly Gen<RetentionRules> AnyRules =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 10], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 200]).Select((last, daily, weekly, monthly, yearly, hours) =>
            new RetentionRules { Last = last, Daily = daily, Weekly = weekly, Monthly = monthly, Yearly = yearly, Within = TimeSpan.FromHours(hours) })
        .Where(rules => rules != new RetentionRules());

    [Fact]
    public void Nothing_that_stays_builds_upon_anything_that_goes() => Sample((history, verdicts, _, _) =>
    {
        var gone = verdicts.Where(verdict => !verdict.Keep).Select(verdict => verdict.Backup.Hash).ToHashSet(StringComparer.Ordinal);
        Assert.All(verdicts.Where(verdict => verdict.Keep && verdict.Backup.Parent is not null), verdict => Assert.DoesNotContain(verdict.Backup.Parent, gone));

        var after = BackupChains.Tie([.. verdicts.Where(verdict => verdict.Keep).Select(verdict => verdict.Backup)]);
        Assert.All(after, backup => Assert.Equal(history.Single(before => before.Path == backup.Path).State, backup.State));
    });

    [Fact]
    public void The_newest_that_can_be_restored_stays_and_so_does_what_the_next_incremental_builds_upon() => Sample((history, verdicts, _, _) =>
    {
        var usable = history.Where(backup => backup.State == BackupState.Usable).ToList();
        if (usable.MaxBy(backup => (backup.Time, backup.LastSequence)) is { } newest)
        {
            Assert.True(VerdictOn(newest).Keep);
            Assert.True(VerdictOn(usable.Where(backup => backup.Epoch == newest.Epoch).MaxBy(backup => (backup.LastSequence, backup.Time))!).Keep);
        }

        BackupVerdict VerdictOn(PatientBackup backup) => verdicts.Single(verdict => verdict.Backup.Path == backup.Path);
    });

    [Fact]
    public void Each_rule_keeps_what_it_says() => Sample((history, verdicts, rules, zone) =>
    {
        var stays = verdicts.Where(verdict => verdict.Keep).Select(verdict => verdict.Backup.Path).ToHashSet(StringComparer.Ordinal);
        var newestFirst = history.Where(backup => backup.State == BackupState.Usable).OrderByDescending(backup => (backup.Time, backup.LastSequence)).ToList();
        Assert.Superset(newestFirst.Take(rules.Last).Select(backup => backup.Path).ToHashSet(StringComparer.Ordinal), stays);
        Assert.Superset(newestFirst.Where(backup => rules.Within > TimeSpan.Zero && backup.Time >= newestFirst[0].Time - rules.Within).Select(backup => backup.Path).ToHashSet(StringComparer.Ordinal), stays);
        AssertPeriods(rules.Daily, local => local.Date.Ticks);
        AssertPeriods(rules.Weekly, local => (local.Date - new DateTime(2000, 1, 3)).Days + 70_000 - (((local.Date - new DateTime(2000, 1, 3)).Days + 70_000) % 7));
        AssertPeriods(rules.Monthly, local => (local.Year * 12) + local.Month);
        AssertPeriods(rules.Yearly, local => local.Year);

        void AssertPeriods(int count, Func<DateTime, long> periodOf)
        {
            var periods = newestFirst.GroupBy(backup => periodOf(TimeZoneInfo.ConvertTimeFromUtc(backup.Time!.Value, zone))).OrderByDescending(period => period.Key).Take(count);
            Assert.All(periods, period => Assert.Contains(period.First().Path, stays));
        }
    });

    [Fact]
    public void What_no_rule_and_no_other_backup_needs_goes() => Sample((history, verdicts, rules, _) =>
    {
        Assert.Equal(history.Count, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.NotEmpty(verdict.Reason));
        Assert.All(verdicts.Where(verdict => verdict.Backup.State == BackupState.Unreadable), verdict => Assert.True(verdict.Keep));
        var most = 2 + rules.Last + rules.Daily + rules.Weekly + rules.Monthly + rules.Yearly;
        if (rules.Within == TimeSpan.Zero)
        {
            Assert.InRange(verdicts.Count(verdict => verdict.Keep && verdict.Backup.State == BackupState.Usable && !verdict.Reason.Contains("builds upon it", StringComparison.Ordinal)), 0, most);
        }
    });

    [Fact]
    public void Deciding_twice_removes_nothing_more() => Sample((_, verdicts, rules, zone) =>
    {
        var left = verdicts.Where(verdict => verdict.Keep).Select(verdict => verdict.Backup).ToList();
        Assert.All(BackupRetention.Decide(left, rules, zone), verdict => Assert.True(verdict.Keep, verdict.Reason));
    });

    [Theory]
    [InlineData("2026-03-28T22:59Z", "2026-03-28T23:01Z", 2)] // 23:59 and 00:01 of winter time
    [InlineData("2026-03-29T21:59Z", "2026-03-29T22:01Z", 2)] // the day the clock goes forward has 23 hours
    [InlineData("2026-03-28T23:01Z", "2026-03-29T21:59Z", 1)]
    [InlineData("2026-10-25T00:30Z", "2026-10-25T01:30Z", 1)] // 02:30 comes twice
    [InlineData("2026-10-24T22:01Z", "2026-10-25T22:59Z", 1)] // the day the clock goes back has 25 hours
    [InlineData("2026-10-24T22:01Z", "2026-10-25T23:01Z", 2)]
    public void A_day_is_the_machine_s_day_when_the_clock_is_changed_too(string first, string second, int days)
    {
        PatientBackup[] history = [.. new[] { first, second }.Select((time, i) => GenHistory.Backup(i, DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), null, i + 1))];

        Assert.Equal(days, BackupRetention.Decide(history, new RetentionRules { Daily = 5 }, Berlin).Count(verdict => verdict.Keep));
    }

    [Fact]
    public void A_week_begins_on_Monday()
    {
        // 2026-01-04 is a Sunday; the week of New Year's Day begins in the year before.
        PatientBackup[] history = [.. new[] { (2025, 12, 28), (2025, 12, 29), (2026, 1, 4), (2026, 1, 5) }.Select((day, i) =>
            GenHistory.Backup(i, new DateTime(day.Item1, day.Item2, day.Item3, 12, 0, 0, DateTimeKind.Utc), null, i + 1))];

        var verdicts = BackupRetention.Decide(history, new RetentionRules { Weekly = 9 }, TimeZoneInfo.Utc);

        Assert.Equal([true, false, true, true], verdicts.Select(verdict => verdict.Keep));
        Assert.Equal("The newest of the week from 2025-12-29.", verdicts[2].Reason);
    }

    [Fact]
    public void Backups_of_several_stores_are_judged_apart()
    {
        var noon = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        PatientBackup[] history = [GenHistory.Backup(0, noon, null, 5) with { StoreId = Guid.Empty }, GenHistory.Backup(1, noon.AddDays(1), null, 5), GenHistory.Backup(2, noon.AddDays(2), null, 5)];

        Assert.Equal([true, false, true], BackupRetention.Decide(history, new RetentionRules { Last = 1 }, TimeZoneInfo.Utc).Select(verdict => verdict.Keep));
    }

    [Fact]
    public void No_rule_and_a_negative_one_are_refused()
    {
        Assert.Equal("RetentionRulesEmpty", Refusal(new RetentionRules()));
        Assert.Equal("RetentionRuleInvalid", Refusal(new RetentionRules { Last = 1, Daily = -1 }));
        Assert.Equal("RetentionRuleInvalid", Refusal(new RetentionRules { Within = TimeSpan.FromDays(-1) }));

        // What PowerShell makes of -KeepWithin 14: not a fortnight, and it would keep next to nothing.
        Assert.Equal("RetentionRuleInvalid", Refusal(new RetentionRules { Within = new TimeSpan(14) }));

        static string Refusal(RetentionRules rules) => Assert.Throws<PatientToolsException>(() => BackupRetention.Decide([], rules, TimeZoneInfo.Utc)).ErrorId;
    }

    private static void Sample(Action<IReadOnlyList<PatientBackup>, IReadOnlyList<BackupVerdict>, RetentionRules, TimeZoneInfo> law) =>
        Gen.Select(GenHistory.All, AnyRules, AnyZone).Sample((history, rules, zone) => law(history, BackupRetention.Decide(history, rules, zone), rules, zone), iter: 1000);

    /// <summary>The rules of Central Europe, which not every machine has: an hour from the last Sunday of March at 02:00 to that of October at 03:00.</summary>
    private static TimeZoneInfo Zone(string id, int hours, (int Month, int Week) from, (int Month, int Week) to)
    {
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date,
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), from.Month, from.Week, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), to.Month, to.Week, DayOfWeek.Sunday));
        return TimeZoneInfo.CreateCustomTimeZone(id, TimeSpan.FromHours(hours), null, null, null, [rule]);
    }
}
