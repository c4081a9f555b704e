namespace PatientTools.Backups;

/// <summary>What a backup holds.</summary>
public enum BackupKind
{
    /// <summary>Everything the store held.</summary>
    Full = 1,

    /// <summary>What was written since the backup before it, its parent.</summary>
    Incremental,
}
