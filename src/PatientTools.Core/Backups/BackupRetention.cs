using System.Globalization;

namespace PatientTools.Backups;

/// <summary>Which backups stay. Each rule keeps; what no rule keeps goes. Days, weeks (from Monday), months and years are those of the machine's time zone.</summary>
public sealed record RetentionRules
{
    /// <summary>So many of the newest.</summary>
    public int Last { get; init; }

    /// <summary>The newest of each of so many days that have one.</summary>
    public int Daily { get; init; }

    /// <summary>The newest of each of so many weeks that have one.</summary>
    public int Weekly { get; init; }

    /// <summary>The newest of each of so many months that have one.</summary>
    public int Monthly { get; init; }

    /// <summary>The newest of each of so many years that have one.</summary>
    public int Yearly { get; init; }

    /// <summary>All that are not older than this, counted from the newest; zero, or a minute and more.</summary>
    public TimeSpan Within { get; init; }
}

/// <summary>What becomes of a backup.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Keep">Whether it stays.</param>
/// <param name="Reason">Why, in plain words.</param>
public sealed record BackupVerdict(PatientBackup Backup, bool Keep, string Reason)
{
    /// <summary>The backup's name.</summary>
    public string Name => Backup.Name;
}

/// <summary>Decides which backups stay. No chain is broken: what a kept backup builds upon stays; and the newest usable one always stays.</summary>
/// <remarks>
/// Rules count usable backups alone. A broken one goes as soon as a newer usable one is there, since that holds whatever it
/// held; until then it may be the only one with the latest changes.
/// </remarks>
public static class BackupRetention
{
    private static readonly TimeSpan ShortestWithin = TimeSpan.FromMinutes(1);

    /// <summary>Decides.</summary>
    /// <param name="history">The backups as <see cref="BackupFolder.Read"/> gives them; those of several stores are judged apart.</param>
    /// <param name="rules">The rules; at least one has to be given.</param>
    /// <param name="zone">The time zone whose days count.</param>
    /// <returns>A verdict for each, the oldest first. Unreadable files stay.</returns>
    /// <exception cref="PatientToolsException"><c>RetentionRulesEmpty</c>, <c>RetentionRuleInvalid</c>.</exception>
    public static IReadOnlyList<BackupVerdict> Decide(IReadOnlyList<PatientBackup> history, RetentionRules rules, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(zone);
        Check(rules);
        var reasons = new Dictionary<PatientBackup, string>(ReferenceEqualityComparer.Instance);
        foreach (var store in history.GroupBy(backup => backup.StoreId))
        {
            KeepOfStore([.. store], rules, zone, reasons);
        }

        return [.. history.OrderBy(backup => backup.Time ?? DateTime.MinValue).Select(backup =>
            reasons.TryGetValue(backup, out var reason) ? new BackupVerdict(backup, true, reason)
            : new BackupVerdict(backup, false, backup.State == BackupState.Broken ? "It cannot be restored, and newer ones can." : "No rule keeps it."))];
    }

    private static void KeepOfStore(List<PatientBackup> backups, RetentionRules rules, TimeZoneInfo zone, Dictionary<PatientBackup, string> reasons)
    {
        var usable = backups.Where(backup => backup.State == BackupState.Usable).OrderByDescending(backup => backup.Time).ThenByDescending(backup => backup.LastSequence).ToList();
        foreach (var (backup, why) in ByRules(usable, rules, zone).Concat(Newest(usable)).GroupBy(one => one.Backup, one => one.Why).Select(one => (one.Key, one)))
        {
            reasons.Add(backup, $"{string.Join("; ", why)}.");
        }

        foreach (var backup in backups.Except(usable))
        {
            if (backup.State == BackupState.Unreadable)
            {
                reasons.Add(backup, "It cannot be read, so that nobody knows what it is.");
            }
            else if (usable is [] || backup.Time > usable[0].Time)
            {
                reasons.Add(backup, "It cannot be restored, but may hold changes that no other one has.");
            }
        }

        KeepWhatKeptOnesNeed(backups, reasons);
    }

    private static IEnumerable<(PatientBackup Backup, string Why)> ByRules(List<PatientBackup> newestFirst, RetentionRules rules, TimeZoneInfo zone)
    {
        return newestFirst.Take(rules.Last).Select(backup => (backup, rules.Last == 1 ? "The last one" : string.Create(CultureInfo.InvariantCulture, $"One of the last {rules.Last}")))
            .Concat(NewestOf(rules.Daily, day => day, "yyyy-MM-dd", "The newest of"))
            .Concat(NewestOf(rules.Weekly, day => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), "yyyy-MM-dd", "The newest of the week from"))
            .Concat(NewestOf(rules.Monthly, day => new DateOnly(day.Year, day.Month, 1), "yyyy-MM", "The newest of"))
            .Concat(NewestOf(rules.Yearly, day => new DateOnly(day.Year, 1, 1), "yyyy", "The newest of"))
            .Concat(newestFirst.Where(backup => rules.Within > TimeSpan.Zero && newestFirst[0].Time - backup.Time <= rules.Within).Select(backup => (backup, $"Not older than {Words(rules.Within)} before the newest")));

        IEnumerable<(PatientBackup, string)> NewestOf(int count, Func<DateOnly, DateOnly> periodOf, string format, string words) => newestFirst
            .Select(backup => (Backup: backup, Period: periodOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(backup.Time!.Value, zone)))))
            .DistinctBy(one => one.Period)
            .Take(count)
            .Select(one => (one.Backup, $"{words} {one.Period.ToString(format, CultureInfo.InvariantCulture)}"));
    }

    /// <summary>The newest one by time and, where a clock was wrong, the one that holds the most of its epoch, too: the next incremental one builds upon it.</summary>
    private static IEnumerable<(PatientBackup Backup, string Why)> Newest(List<PatientBackup> newestFirst)
    {
        if (newestFirst is [var newest, ..])
        {
            yield return (newest, "The newest that can be restored");
            var most = newestFirst.Where(backup => backup.Epoch == newest.Epoch).MaxBy(backup => backup.LastSequence)!;
            if (most.LastSequence > newest.LastSequence)
            {
                yield return (most, "The one with the latest changes");
            }
        }
    }

    private static void KeepWhatKeptOnesNeed(List<PatientBackup> backups, Dictionary<PatientBackup, string> reasons)
    {
        var byHash = backups.ToLookup(backup => backup.Hash, StringComparer.Ordinal);
        var open = new Queue<PatientBackup>(backups.Where(reasons.ContainsKey));
        while (open.TryDequeue(out var kept))
        {
            foreach (var needed in kept.Parent is null ? [] : byHash[kept.Parent])
            {
                if (reasons.TryAdd(needed, $"'{kept.Name}', which stays, builds upon it."))
                {
                    open.Enqueue(needed);
                }
            }
        }
    }

    private static string Words(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Days} {(time.Days == 1 ? "day" : "days")}") : time.ToString("c", CultureInfo.InvariantCulture);

    private static void Check(RetentionRules rules)
    {
        int[] counts = [rules.Last, rules.Daily, rules.Weekly, rules.Monthly, rules.Yearly];
        if (counts.Any(count => count < 0) || rules.Within < TimeSpan.Zero)
        {
            throw new PatientToolsException("RetentionRuleInvalid", "A rule of retention cannot be negative. Give how many are to stay, or for how long.", ErrorKind.InvalidArgument) { Target = rules };
        }

        if (rules.Within > TimeSpan.Zero && rules.Within < ShortestWithin)
        {
            throw new PatientToolsException(
                "RetentionRuleInvalid", "A time of less than a minute keeps nothing. A number by itself counts ten-millionths of a second: write 14 days as '14.00:00:00' or (New-TimeSpan -Days 14).", ErrorKind.InvalidArgument)
            { Target = rules };
        }

        if (counts.All(count => count == 0) && rules.Within == TimeSpan.Zero)
        {
            throw new PatientToolsException(
                "RetentionRulesEmpty",
                "No rule says which backups stay. Give at least one of -KeepLast, -KeepDaily, -KeepWeekly, -KeepMonthly, -KeepYearly and -KeepWithin.",
                ErrorKind.InvalidArgument)
            { Target = rules };
        }
    }
}
