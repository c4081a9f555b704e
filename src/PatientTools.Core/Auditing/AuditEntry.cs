using PatientTools.Accounts;

namespace PatientTools.Auditing;

/// <summary>
/// One link of the chain, as the store keeps it. An event is one entry, and further ones that continue it when it has more
/// patients than an entry holds or is not over when it is first written.
/// </summary>
/// <param name="Number">The place in the chain, from 1, without a gap.</param>
/// <param name="Time">When the event began; of one that continues it, when it was written down (UTC, milliseconds).</param>
/// <param name="Continues">The number of the event's first entry; null for the first one itself.</param>
/// <param name="Account">The account's name; null in a store without accounts, and for a login under no account's name.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Outcome">How it ended, as far as this entry knows.</param>
/// <param name="Content">The rest as compact JSON in UTF-8: <see cref="AuditContent"/>.</param>
/// <param name="Count">How many patients the event concerned so far.</param>
/// <param name="Patients">The ids of those this entry adds, 16 bytes each (big-endian, as RFC 9562 has them), at most <see cref="AuditChain.MostPatients"/>.</param>
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
