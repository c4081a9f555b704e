using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>What of a chain is wanted.</summary>
internal sealed record RestorePlan
{
    /// <summary>Which patients; null for all.</summary>
    public IReadOnlySet<PatientId>? Patients { get; init; }

    /// <summary>The marks of those who were purged after the point.</summary>
    public IReadOnlyDictionary<PatientId, PurgeMark> LaterPurges { get; init; } = new Dictionary<PatientId, PurgeMark>();

    /// <summary>Whether those who were purged later are left out.</summary>
    public bool ApplyLaterPurges { get; init; }

    /// <summary>Whether accounts are restored.</summary>
    public bool WithAccounts { get; init; }

    /// <summary>Whether the audit trail is restored.</summary>
    public bool WithTrail { get; init; }

    /// <summary>Whether search entries are made.</summary>
    public bool ForSearch { get; init; } = true;

    /// <summary>Whether digests of what is restored are made.</summary>
    public bool WithDigests { get; init; }

    /// <summary>Told how many states are done, and of how many.</summary>
    public Action<long, long>? Progress { get; init; }
}
