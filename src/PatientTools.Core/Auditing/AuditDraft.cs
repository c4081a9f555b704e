using PatientTools.Accounts;

namespace PatientTools.Auditing;

/// <summary>An entry that is not in the chain yet.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Continues">The number of the event's first entry; null of the first one, and where <see cref="First"/> tells it.</param>
/// <param name="Account">The account.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Content">The rest.</param>
/// <param name="Count">How many patients so far.</param>
/// <param name="Patients">The ids of those that are added.</param>
internal sealed record AuditDraft(
    DateTime Time,
    long? Continues,
    string? Account,
    StoreOperation Operation,
    AuditOutcome Outcome,
    AuditContent Content,
    long Count,
    ReadOnlyMemory<byte> Patients)
{
    /// <summary>The event's first entry, where it is appended in the same transaction and its number is not known before.</summary>
    public AuditDraft? First { get; init; }

    /// <summary>The number it got when it was appended; 0 before.</summary>
    public long Number { get; set; }
}
