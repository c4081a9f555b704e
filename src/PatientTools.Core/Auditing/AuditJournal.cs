using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>
/// Brings events of one open session into the trail: events of reading about twice a second by a thread of its own, those of
/// writing inside their transactions. When the trail cannot be written for longer than some seconds, nothing more is done
/// for the session, because what is not logged must not happen.
/// </summary>
internal sealed class AuditJournal : IDisposable
{
    /// <summary>Begins.</summary>
    /// <param name="store">The store; one that cannot be logged to (<see cref="IPatientStore.CanLog"/>) makes a journal that forgets.</param>
    /// <param name="time">The clock.</param>
    public AuditJournal(IPatientStore store, TimeProvider time) => (Store, Time) = (store, time);

    public IPatientStore Store { get; }

    public TimeProvider Time { get; }

    /// <summary>Also does something in each transaction in which events are written: the session tells its last use.</summary>
    public Action<IStoreWriter>? Beside { get; set; }

    /// <summary>Refuses to go on when what was seen before cannot be written.</summary>
    /// <exception cref="PatientToolsException"><c>AuditTrailNotWritable</c>.</exception>
    public void RefuseWhenFailing() => throw new NotSupportedException();

    /// <summary>Takes an entry that stands for itself, to be written within a second.</summary>
    public void Add(AuditDraft draft) => throw new NotSupportedException();

    /// <summary>Writes everything now, and waits for it.</summary>
    /// <exception cref="PatientToolsException">The store cannot be written; what waits, waits on.</exception>
    public void Flush() => throw new NotSupportedException();

    /// <summary>Ends the thread; <see cref="Flush"/> comes first.</summary>
    public void Dispose() => throw new NotSupportedException();
}
