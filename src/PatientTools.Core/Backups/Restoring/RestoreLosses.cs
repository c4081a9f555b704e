using System.Globalization;

namespace PatientTools.Backups.Restoring;

/// <summary>What cannot be restored: refused, or told where whoever restores wants to go without it.</summary>
/// <param name="areAccepted">Whether it is told instead of refused.</param>
/// <param name="damaged">Told of what damage is met.</param>
internal sealed class RestoreLosses(bool areAccepted, Action<PatientToolsException>? damaged = null)
{
    private readonly List<string> _members = [];
    private readonly Dictionary<(BackupMemberKind Kind, LossReason Reason), long> _wentWithIt = [];

    /// <summary>What was lost, in plain words.</summary>
    public IReadOnlyList<string> Told => [.. _members, .. _wentWithIt.OrderBy(pair => pair.Key).Select(pair => TextOf(pair.Key, pair.Value))];

    /// <summary>How many members were lost, wholly or in part.</summary>
    public int MembersLost => _members.Count;

    /// <summary>A member, or some lines of it, cannot be read.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="member">The member.</param>
    /// <param name="lines">How many lines.</param>
    /// <param name="damage">What is wrong.</param>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>, unless losses are accepted.</exception>
    public void Member(BackupReader backup, BackupMember member, long lines, PatientToolsException damage)
    {
        if (!areAccepted)
        {
            throw damage;
        }

        damaged?.Invoke(damage);
        var consequence = member.Kind == BackupMemberKind.Purges ? " Patients whose marks they were may be back." : "";
        _members.Add(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(backup.Path)}, {member.Name}: {lines} {BackupThings.Name(member.Kind, lines)} lost.{consequence}"));
    }

    /// <summary>A line leads nowhere.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>, unless losses are accepted.</exception>
    public void WentWithIt(BackupReader backup, BackupMemberKind kind, LossReason reason)
    {
        if (!areAccepted)
        {
            throw new PatientToolsException(
                "BackupDamaged", $"'{backup.Path}' does not fit together: {TextOf((kind, reason), 1)} Restore an older backup, or use -SkipDamaged to go without what is damaged.", ErrorKind.Damaged)
            { Target = backup.Path };
        }

        _wentWithIt[(kind, reason)] = _wentWithIt.GetValueOrDefault((kind, reason)) + 1;
    }

    private static string TextOf((BackupMemberKind Kind, LossReason Reason) what, long count)
    {
        var things = BackupThings.Name(what.Kind, count);
        var why = what.Reason switch
        {
            LossReason.WithoutOwner => "without the patient or entry to which they belong",
            LossReason.Outrun => "newer than what is left as the present state",
            _ => "with a record number or source id that somebody else has",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count} {things} lost: {why}.");
    }
}

/// <summary>Why something that could be read cannot be restored.</summary>
internal enum LossReason
{
    /// <summary>What it belongs to is lost.</summary>
    WithoutOwner,

    /// <summary>It is newer than what is left as the present state.</summary>
    Outrun,

    /// <summary>Somebody else has its record number, or its id in its source.</summary>
    Conflict,
}
