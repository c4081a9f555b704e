using System.Management.Automation;
using PatientTools.Backups;
using PatientTools.Parameters.Completion;

namespace PatientTools.Commands.Backups;

/// <summary>Reads the backups in a folder, with their chains, from the files themselves.</summary>
[Cmdlet(VerbsCommon.Get, "PatientBackup")]
[OutputType(typeof(PatientBackup))]
public sealed class GetPatientBackupCommand : PatientToolsCmdlet
{
    /// <summary>Folders with backups, or backups in them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BackupPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Only backups of these stores.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Guid[]? StoreId { get; set; }

    /// <summary>Only so many of the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in Path)
        {
            ForItem(path, () => FilePaths.Find(this, path).ToList().ForEach(Read));
        }
    }

    private void Read(string path)
    {
        var backups = (File.Exists(path) ? [BackupFolder.ReadOne(path, Cancellation)] : BackupFolder.Read(path, Cancellation))
            .Where(backup => StoreId is null || StoreId.Contains(backup.StoreId ?? Guid.Empty));
        WriteObject(Newest is { } count ? backups.TakeLast(count) : backups, enumerateCollection: true);
    }
}
