namespace PatientTools.Backups;

/// <summary>What backup is wanted.</summary>
public sealed record BackupRequest
{
    /// <summary>The folder; made when it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether only what changed since the newest usable backup of the same store and epoch in the folder is written; a full one when there is none.</summary>
    public bool Incremental { get; init; }

    /// <summary>Whether an incremental one is written although nothing has changed.</summary>
    public bool Force { get; init; }

    /// <summary>What its maker says of it; 1 to 500 characters without line breaks.</summary>
    public string? Description { get; init; }

    /// <summary>For whom it is encrypted; null for nobody.</summary>
    public BackupRecipient? Recipient { get; init; }
}
