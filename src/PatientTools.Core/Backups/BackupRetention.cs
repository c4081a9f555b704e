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

    /// <summary>All that are not older than this, counted from the newest.</summary>
    public TimeSpan Within { get; init; }
}

/// <summary>What becomes of a backup.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Keep">Whether it stays.</param>
/// <param name="Reason">Why, in plain words.</param>
public sealed record BackupVerdict(PatientBackup Backup, bool Keep, string Reason);

/// <summary>Decides which backups stay. No chain is broken: what a kept backup builds upon stays; and the newest usable one always stays.</summary>
public static class BackupRetention
{
    /// <summary>Decides.</summary>
    /// <param name="history">The backups of one store, as <see cref="BackupFolder.Read"/> gives them.</param>
    /// <param name="rules">The rules; at least one has to be given.</param>
    /// <param name="zone">The time zone whose days count.</param>
    /// <returns>A verdict for each, the oldest first. Unreadable files stay.</returns>
    /// <exception cref="PatientToolsException"><c>RetentionRulesEmpty</c>, <c>RetentionRuleInvalid</c>.</exception>
    public static IReadOnlyList<BackupVerdict> Decide(IReadOnlyList<PatientBackup> history, RetentionRules rules, TimeZoneInfo zone) => throw new NotSupportedException();
}
