using PatientTools.Accounts;

namespace PatientTools.Auditing;

/// <summary>
/// One link of the chain, as the store keeps it. An event is one entry, and further ones that continue it when it has more
/// patients than an entry holds or is not over when it is first written.
/// </summary>
/// <param name="Number">The place in the chain, from 1, without a gap.</param>
/// <param name="Time">When it was written down (UTC, milliseconds).</param>
/// <param name="Continues">The number of the event's first entry; null for the first one itself.</param>
/// <param name="Account">The account's name; null in a store without accounts, and for a login under no account's name.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Outcome">How it ended, as far as this entry knows.</param>
/// <param name="Content">The rest as compact JSON in UTF-8: <see cref="AuditContent"/>.</param>
/// <param name="Count">How many patients the event concerned so far.</param>
/// <param name="Patients">The ids of those this entry adds, 16 bytes each, at most <see cref="AuditChain.MostPatients"/>.</param>
/// <param name="Previous">The hash of the entry before; of the first, <see cref="AuditChain.Origin"/>.</param>
/// <param name="Hash">The hash of everything above: <see cref="AuditChain.HashOf"/>.</param>
public sealed record AuditEntry(
    long Number,
    DateTime Time,
    long? Continues,
    string? Account,
    StoreOperation Operation,
    AuditOutcome Outcome,
    ReadOnlyMemory<byte> Content,
    long Count,
    ReadOnlyMemory<byte> Patients,
    ReadOnlyMemory<byte> Previous,
    ReadOnlyMemory<byte> Hash);

/// <summary>What is told of an event besides; holds no patient data.</summary>
public sealed record AuditContent
{
    /// <summary>The session.</summary>
    public Guid? Session { get; init; }

    /// <summary>The account's role then.</summary>
    public StoreRole? Role { get; init; }

    /// <summary>The operating system's user.</summary>
    public string? UserName { get; init; }

    /// <summary>The machine's name.</summary>
    public string? Machine { get; init; }

    /// <summary>The process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The cmdlet, such as <c>Find-Patient</c>; null when the engine was called by other means.</summary>
    public string? Command { get; init; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable id of the error with which it ended.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What it was about: a search's shape, a setting with its value, an account's name. Never a patient's data.</summary>
    public string? Details { get; init; }

    /// <summary>What a session tells of itself in each of its events.</summary>
    internal static AuditContent Of(SessionEntry session) => new()
    {
        Session = session.Id,
        Role = session.Role,
        UserName = session.UserName,
        Machine = session.Machine,
        ProcessId = session.ProcessId,
    };
}

/// <summary>An entry that is not in the chain yet.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Continues">The event's first entry, or null.</param>
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
    ReadOnlyMemory<byte> Patients);
