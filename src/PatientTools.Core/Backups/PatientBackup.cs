using System.Globalization;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>Whether a backup can be restored, as far as can be told without reading it.</summary>
public enum BackupState
{
    /// <summary>It and all backups before it are there.</summary>
    Usable = 1,

    /// <summary>A backup that it builds upon is not in the folder, or cannot be read.</summary>
    Broken,

    /// <summary>It cannot be read itself.</summary>
    Unreadable,
}

/// <summary>A backup as its file tells it.</summary>
public sealed record PatientBackup
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Its name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether it can be restored, as far as can be told without reading it.</summary>
    public required BackupState State { get; init; }

    /// <summary>What is wrong, in plain words; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Full or incremental; null when it cannot be read.</summary>
    public BackupKind? Kind { get; init; }

    /// <summary>Why it is of this kind although another was asked for; only of one that was just made.</summary>
    public string? KindReason { get; init; }

    /// <summary>When the snapshot was taken (UTC).</summary>
    public DateTime? Time { get; init; }

    /// <summary>The store.</summary>
    public Guid? StoreId { get; init; }

    /// <summary>The store's epoch.</summary>
    public Guid? Epoch { get; init; }

    /// <summary>The least sequence it may hold.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>The store's sequence in the snapshot.</summary>
    public long? LastSequence { get; init; }

    /// <summary>Both in one text, such as <c>4713-4720</c>; null when it cannot be read.</summary>
    public string? Sequences => Kind is null ? null : string.Create(CultureInfo.InvariantCulture, $"{FirstSequence}-{LastSequence}");

    /// <summary>By what others name it as their parent.</summary>
    public string? Hash { get; init; }

    /// <summary>The hash of the backup before it; null of a full one.</summary>
    public string? Parent { get; init; }

    /// <summary>The files that are needed to restore it, the full one first, itself last; empty when one is missing.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    /// <summary>Which of its chain it is: 1 of a full one; null when one is missing.</summary>
    public int? Link => Chain.Count > 0 ? Chain.Count : null;

    /// <summary>The end of the audit trail in the snapshot, to be kept elsewhere, too.</summary>
    public string? AuditHead { get; init; }

    /// <summary>Whether it is encrypted; what follows then is known only to whoever has the key.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>What its maker said of it.</summary>
    public string? Description { get; init; }

    /// <summary>Who made it.</summary>
    public string? Account { get; init; }

    /// <summary>What the store held in the snapshot, in this backup and those before it.</summary>
    public StoreTotals? Totals { get; init; }

    /// <summary>The size of the file.</summary>
    public required ByteSize Size { get; init; }

    /// <summary>The backup in one line.</summary>
    /// <returns>Its path.</returns>
    public override string ToString() => Path;
}
