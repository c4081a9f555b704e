using System.Management.Automation;
using System.Security;
using PatientTools.Backups;
using PatientTools.Hosting;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;

namespace PatientTools.Commands.Backups;

/// <summary>Tests whether backups are whole, or proves it by restoring them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatientBackup", DefaultParameterSetName = "Plain")]
[OutputType(typeof(BackupTestResult), typeof(bool))]
public sealed class TestPatientBackupCommand : PatientToolsCmdlet
{
    private BackupKey? _key;

    /// <summary>Backups: files, or what Get-PatientBackup writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BackupPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Looks at header, manifest and structure only.</summary>
    [Parameter]
    public SwitchParameter Quick { get; set; }

    /// <summary>Restores each into a temporary store, which is checked and compared: proven.</summary>
    [Parameter]
    public SwitchParameter Restore { get; set; }

    /// <summary>The password, where they are encrypted with one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Password")]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The private key, where they are encrypted for its public one: a PEM file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "PrivateKey")]
    [ValidateNotNullOrEmpty]
    public string? PrivateKey { get; set; }

    /// <summary>The password of the private key's file, where it has one.</summary>
    [Parameter(ParameterSetName = "PrivateKey")]
    [ValidateNotNull]
    public SecureString? PrivateKeyPassword { get; set; }

    /// <summary>Where temporary stores go; the system's temporary folder when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TemporaryPath { get; set; }

    /// <summary>Writes only whether nothing is wrong.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private BackupTestDepth Depth => (Quick.IsPresent, Restore.IsPresent) switch
    {
        (true, true) => throw new PatientToolsException("QuickOrRestore", "-Quick looks at the structure only, -Restore restores. Give one of them.", ErrorKind.InvalidArgument),
        (true, _) => BackupTestDepth.Quick,
        (_, true) => BackupTestDepth.Restore,
        _ => BackupTestDepth.Hashes,
    };

    /// <inheritdoc/>
    protected override void Begin()
    {
        _ = Depth;
        _key = BackupKeys.Key(this, Password, PrivateKey, PrivateKeyPassword);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in Path)
        {
            IReadOnlyList<string> paths = [];
            ForItem(path, () => paths = FilePaths.Find(this, path));
            foreach (var file in paths)
            {
                ForItem(file, () => Test(file));
            }
        }
    }

    private void Test(string path)
    {
        var progress = new ThrottledProgress(this, "Testing a backup", "bytes");
        var temporary = TemporaryPath is null ? null : FilePaths.Resolve(this, TemporaryPath);
        var result = BackupTest.Run(AdapterHost.Catalog.Stores, path, Depth, _key, temporary, (done, all) => progress.Report(done, () => (double)done / Math.Max(all, 1)), Cancellation);
        progress.Complete();
        WriteObject(Quiet ? result.IsValid : result);
    }
}
