using System.Management.Automation;
using System.Security;
using PatientTools.Accounts;
using PatientTools.Backups;
using PatientTools.Hosting;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands.Backups;

/// <summary>Restores a backup into a new store or over an existing one, or brings some patients of it back.</summary>
[Cmdlet(VerbsData.Restore, "PatientBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Plain")]
[OutputType(typeof(RestoreReport))]
[Requires(StoreOperation.RestoreStore)]
public sealed class RestorePatientBackupCommand : StoreCmdlet
{
    private PatientStoreSession? _opened;

    /// <summary>The backup: the point of its chain to which is restored. What it builds upon has to lie beside it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BackupPathCompleter))]
    public string Path { get; set; } = "";

    /// <summary>The file of the store: a new one, or with -Replace or -PatientId one that is there.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Puts the backup in the place of the store that is there, which is kept aside.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Only these patients: as new versions into a store that is there, else into a new one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PatientIdentity[]? PatientId { get; set; }

    /// <summary>Brings patients back that were purged after the backup.</summary>
    [Parameter]
    public SwitchParameter IncludePurged { get; set; }

    /// <summary>With -Replace: takes the backup's accounts in place of the present ones.</summary>
    [Parameter]
    public SwitchParameter IncludeAccounts { get; set; }

    /// <summary>Leaves out what is damaged, and tells it, instead of restoring nothing.</summary>
    [Parameter]
    public SwitchParameter SkipDamaged { get; set; }

    /// <summary>The password, where the backup is encrypted with one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Password")]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The private key, where the backup is encrypted for its public one: a PEM file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "PrivateKey")]
    [ValidateNotNullOrEmpty]
    public string? PrivateKey { get; set; }

    /// <summary>The password of the private key's file, where it has one.</summary>
    [Parameter(ParameterSetName = "PrivateKey")]
    [ValidateNotNull]
    public SecureString? PrivateKeyPassword { get; set; }

    /// <summary>Name and password of an administrator, where the store that is there has accounts and is not connected.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var destination = FilePaths.Resolve(this, Destination);
        var request = Request();
        if (Replace)
        {
            ReplaceStore(request, destination);
        }
        else if (PatientId is not null && File.Exists(destination))
        {
            BringBack(request, destination);
        }
        else if (Asked($"Restore '{request.Path}' into the new store '{destination}'"))
        {
            var note = new CallerNote(MyInvocation.MyCommand.Name, Reason);
            Write(progress => BackupRestore.IntoNew(AdapterHost.Catalog.Stores, request, destination, note, progress, Cancellation));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _opened?.Dispose();
    }

    private RestoreRequest Request() => (Replace.IsPresent, PatientId) switch
    {
        (true, not null) => throw new PatientToolsException(
            "ReplaceOrPatientId", "-Replace restores a whole store, -PatientId brings some patients back into the one that is there. Give one of them.", ErrorKind.InvalidArgument),
        (false, _) when IncludeAccounts => throw new PatientToolsException(
            "ReplaceMissing", "-IncludeAccounts says whose accounts a replaced store has. A new store has the backup's accounts in any case. Give -Replace as well, or leave it out.", ErrorKind.InvalidArgument),
        _ => new RestoreRequest
        {
            Path = FilePaths.Resolve(this, Path),
            Key = BackupKeys.Key(this, Password, PrivateKey, PrivateKeyPassword),
            IncludePurged = IncludePurged,
            IncludeAccounts = IncludeAccounts,
            SkipDamaged = SkipDamaged,
            Patients = PatientId is null ? null : [.. PatientId.Select(identity => identity.Id)],
        },
    };

    private void ReplaceStore(RestoreRequest request, string destination)
    {
        Connect(destination);
        DemandChange(StoreOperation.RestoreStore);
        if (Asked($"Replace the store '{destination}' by '{request.Path}'", " What was written since that backup is then only in the copy that is kept aside."))
        {
            Write(progress => Session.Backups().Replace(request, progress, Cancellation));
            WriteWarning($"All sessions on '{destination}' have ended. Use Connect-PatientStore to connect again.");
        }
    }

    private void BringBack(RestoreRequest request, string destination)
    {
        Connect(destination);
        DemandChange(StoreOperation.RestoreStore);
        if (Asked($"Bring {request.Patients!.Count} patients back from '{request.Path}' into the store '{destination}'"))
        {
            Write(_ => Session.Backups().BringBack(request, Cancellation));
        }
    }

    private bool Asked(string what, string consequence = "") => ShouldProcess($"{what}.{consequence}", $"{what}?{consequence}", "Restore a backup");

    /// <summary>Works with the session that was given or is the runspace's, when it is the destination's; else opens one for the call.</summary>
    private void Connect(string destination)
    {
        if (Store is { } given && !IsAt(given, destination))
        {
            throw new PatientToolsException("StoreIsNotDestination", $"-Store is '{given.Location}' and -Destination is '{destination}'. Give one of them, or the same.", ErrorKind.InvalidArgument) { Target = destination };
        }

        if (Store is null && (RunspaceSessions.Current.Default is not { } present || !IsAt(present, destination) || Credential is not null))
        {
            var credential = Credential is null ? null : Credentials.Of(Credential);
            Store = _opened = PatientStoreSession.Open(AdapterHost.Catalog.Stores, destination, new StoreOptions(), credential, new CallerNote(MyInvocation.MyCommand.Name, Reason));
        }
    }

    private static bool IsAt(PatientStoreSession session, string path) =>
        string.Equals(session.Location, path, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private void Write(Func<Action<long, long>, RestoreReport> restore)
    {
        var progress = new ThrottledProgress(this, "Restoring a backup", "patients and entries of records");
        var report = restore((done, all) => progress.Report(done, () => (double)done / Math.Max(all, 1)));
        progress.Complete();
        foreach (var line in report.Losses.Concat(report.Warnings))
        {
            WriteWarning(line);
        }

        WriteObject(report);
    }
}
