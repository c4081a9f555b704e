using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Backups;

namespace PatientTools.Commands.Backups;

/// <summary>Removes the backups of a store that no rule keeps.</summary>
[Cmdlet(VerbsCommon.Remove, "PatientBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(BackupVerdict))]
[Requires(StoreOperation.RemoveBackup)]
public sealed class RemovePatientBackupCommand : StoreCmdlet
{
    /// <summary>The folder with the backups; those of other stores in it are left alone.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Keeps so many of the newest.</summary>
    [Parameter]
    public int KeepLast { get; set; }

    /// <summary>Keeps the newest of each of so many days.</summary>
    [Parameter]
    public int KeepDaily { get; set; }

    /// <summary>Keeps the newest of each of so many weeks.</summary>
    [Parameter]
    public int KeepWeekly { get; set; }

    /// <summary>Keeps the newest of each of so many months.</summary>
    [Parameter]
    public int KeepMonthly { get; set; }

    /// <summary>Keeps the newest of each of so many years.</summary>
    [Parameter]
    public int KeepYearly { get; set; }

    /// <summary>Keeps all that are at most so much older than the newest, such as <c>14.00:00:00</c>.</summary>
    [Parameter]
    public TimeSpan KeepWithin { get; set; }

    /// <summary>Writes what became of each backup, and why.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private RetentionRules Rules => new()
    {
        Last = KeepLast,
        Daily = KeepDaily,
        Weekly = KeepWeekly,
        Monthly = KeepMonthly,
        Yearly = KeepYearly,
        Within = KeepWithin,
    };

    /// <inheritdoc/>
    protected override void End()
    {
        Session.Demand(StoreOperation.RemoveBackup);
        var folder = FilePaths.Resolve(this, Path);
        var backups = BackupFolder.Read(folder, Cancellation).Where(backup => backup.StoreId == Session.Identity.StoreId);
        var verdicts = BackupRetention.Decide([.. backups], Rules, TimeZoneInfo.Local);
        var removed = verdicts.Count(verdict => !verdict.Keep);

        // All or none: whoever could say no to one of them would break a chain.
        var go = ShouldProcess($"Remove {removed} of {verdicts.Count} backups in '{folder}'.", $"Remove {removed} of {verdicts.Count} backups in '{folder}'?", "Remove backups", out var reason);
        if (go && removed > 0)
        {
            Session.Backups().Remove(verdicts, backup => WriteVerbose($"'{backup.Path}' was removed."), Cancellation);
        }

        if (reason == ShouldProcessReason.WhatIf || (go && PassThru))
        {
            WriteObject(verdicts, enumerateCollection: true);
        }
    }
}
