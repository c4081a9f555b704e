using PatientTools.Accounts;
using PatientTools.Patients;

namespace PatientTools.Auditing;

/// <summary>
/// An event under way: whom it has concerned so far, and how it ends. Safe to use from many threads. The journal takes what
/// is not written yet about twice a second, so that nothing is known for longer than a second to memory alone.
/// </summary>
internal sealed class AuditedEvent
{
    private readonly AuditJournal _journal;

    /// <summary>Begins; the journal knows of it from now on.</summary>
    public AuditedEvent(AuditJournal journal, StoreOperation operation, string? account, AuditContent content)
    {
        _journal = journal;
        Operation = operation;
        Account = account;
        Content = content;
    }

    public StoreOperation Operation { get; }

    public string? Account { get; }

    /// <summary>What is told besides; <see cref="Describe"/> adds to it until the first entry is written.</summary>
    public AuditContent Content { get; private set; }

    /// <summary>Says what it is about.</summary>
    public void Describe(string details) => throw new NotSupportedException();

    /// <summary>A patient's data was handed to the caller.</summary>
    public void Saw(PatientId patient) => throw new NotSupportedException();

    /// <summary>Something went wrong, of which only the id is told. The first one counts.</summary>
    public void Fail(AuditOutcome outcome, string? errorId) => throw new NotSupportedException();

    /// <summary>The event is over; what is not written yet will be within a second.</summary>
    public void End() => throw new NotSupportedException();

    /// <summary>Takes what is not written yet into a transaction that writes patients: the write and its event are one.</summary>
    /// <param name="patients">The patients that the transaction writes.</param>
    /// <returns>The entries to append, in order; once the transaction is committed, <see cref="Written"/> is told, else <see cref="NotWritten"/>.</returns>
    public IReadOnlyList<AuditDraft> TakeWith(IReadOnlyList<PatientId> patients) => throw new NotSupportedException();

    /// <summary>What was taken last is in the chain.</summary>
    /// <param name="first">The number of the event's first entry.</param>
    public void Written(long first) => throw new NotSupportedException();

    /// <summary>What was taken last is not in the chain: the transaction was undone.</summary>
    public void NotWritten() => throw new NotSupportedException();
}
