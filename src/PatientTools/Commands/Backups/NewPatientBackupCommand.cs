using System.Management.Automation;
using System.Security;
using PatientTools.Accounts;
using PatientTools.Backups;
using PatientTools.Parameters;

namespace PatientTools.Commands.Backups;

/// <summary>Writes a backup of a store, while others read and write.</summary>
[Cmdlet(VerbsCommon.New, "PatientBackup", SupportsShouldProcess = true, DefaultParameterSetName = "Plain")]
[OutputType(typeof(PatientBackup))]
[Requires(StoreOperation.BackUpStore)]
public sealed class NewPatientBackupCommand : StoreCmdlet
{
    /// <summary>The folder; made when it is not there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What is to be remembered of it, in up to 500 characters. Not the place for patients' names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>Writes only what changed since the newest backup in the folder; a full one when there is none to build on.</summary>
    [Parameter]
    public SwitchParameter Incremental { get; set; }

    /// <summary>Writes an incremental one although nothing has changed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Encrypts the backup, so that only this password opens it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Password")]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>Encrypts the backup for a public key: a PEM file. Only its private key opens it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "RecipientKey")]
    [ValidateNotNullOrEmpty]
    public string? RecipientKey { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        Session.Demand(StoreOperation.BackUpStore);
        var request = new BackupRequest
        {
            Folder = FilePaths.Resolve(this, Path),
            Incremental = Incremental,
            Force = Force,
            Description = Description,
            Recipient = BackupKeys.Recipient(this, Password, RecipientKey),
        };
        if (ShouldProcess(request.Folder, $"Back up the store '{Session.Location}'"))
        {
            Write(request);
        }
    }

    private void Write(BackupRequest request)
    {
        var progress = new ThrottledProgress(this, "Backing up the store", "patients and entries of records");
        var backup = Session.Backups().Create(request, (done, all) => progress.Report(done, () => (double)done / Math.Max(all, 1)), Cancellation);
        progress.Complete();
        if (backup is null)
        {
            WriteWarning($"Nothing has changed since the newest backup in '{request.Folder}', so none was written. -Force writes one all the same.");
            return;
        }

        if (backup.KindReason is { } reason)
        {
            WriteWarning($"A full backup was made, not an incremental one. {reason}");
        }

        WriteObject(backup);
    }
}
