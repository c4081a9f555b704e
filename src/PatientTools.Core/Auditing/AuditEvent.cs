using PatientTools.Accounts;
using PatientTools.Patients;

namespace PatientTools.Auditing;

/// <summary>Something that was done with a store, or tried.</summary>
public sealed record AuditEvent
{
    /// <summary>The number of its first entry in the chain, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it began (UTC).</summary>
    public required DateTime Time { get; init; }

    /// <summary>The account; null in a store without accounts, and for a login under no account's name.</summary>
    public string? Account { get; init; }

    /// <summary>The account's role then.</summary>
    public StoreRole? Role { get; init; }

    /// <summary>What was done.</summary>
    public required StoreOperation Operation { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The stable id of the error with which it ended.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The cmdlet; null when the engine was called by other means.</summary>
    public string? Command { get; init; }

    /// <summary>What it was about. Never a patient's data.</summary>
    public string? Details { get; init; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Reason { get; init; }

    /// <summary>How many patients it concerned.</summary>
    public long PatientCount { get; init; }

    /// <summary>Their ids, in the order in which they were concerned; one that was concerned twice in a row is told once.</summary>
    public IReadOnlyList<PatientId> Patients { get; init; } = [];

    /// <summary>The operating system's user.</summary>
    public string? UserName { get; init; }

    /// <summary>The machine's name.</summary>
    public string? Machine { get; init; }

    /// <summary>The process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The session.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The hash of its last entry, in hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>Which events are wanted; whatever is given has to hold.</summary>
public sealed record AuditQuery
{
    /// <summary>Not before this moment.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTime? Until { get; init; }

    /// <summary>The account's name; case does not matter.</summary>
    public string? Account { get; init; }

    /// <summary>One of these operations; empty for all.</summary>
    public IReadOnlyList<StoreOperation> Operations { get; init; } = [];

    /// <summary>One of these outcomes; empty for all.</summary>
    public IReadOnlyList<AuditOutcome> Outcomes { get; init; } = [];

    /// <summary>A patient the event concerned.</summary>
    public PatientId? Patient { get; init; }

    /// <summary>Only so many, the newest ones; null for all. They come in the order of their numbers all the same.</summary>
    public int? Newest { get; init; }
}

/// <summary>Where the events are that a query asks for.</summary>
/// <param name="Numbers">The numbers of their first entries, ascending; null when they are too many to be held.</param>
/// <param name="After">Else the number behind which they are.</param>
/// <param name="Before">And the number before which they are; what was written after that is not asked for.</param>
internal sealed record AuditEventPlan(IReadOnlyList<long>? Numbers, long After, long Before);
