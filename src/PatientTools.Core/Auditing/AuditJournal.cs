using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>
/// Brings events of one open session into the trail: events of reading about twice a second in the background, those of
/// writing inside their transactions. When the trail cannot be written for longer than some seconds, nothing more is done
/// for the session, because what is not logged must not happen.
/// </summary>
internal sealed class AuditJournal : IDisposable
{
    /// <summary>How many events wait at most; whoever brings more writes them himself.</summary>
    public const int MostWaiting = 4096;

    /// <summary>How many full chunks of ids wait at most, 16 kB each.</summary>
    public const int MostChunks = 1000;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private const long Nothing = -1;
    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly TimeSpan _patience;
    private List<AuditedEvent> _waiting = [];
    private ITimer? _timer;
    private bool _isScheduled;
    private int _chunks;
    private long _oldest = Nothing;
    private bool _isClosed;
    private volatile bool _isDisposed;
    private volatile Exception? _failure;

    /// <summary>Begins.</summary>
    /// <param name="store">The store; one that cannot be logged to (<see cref="IPatientStore.CanLog"/>) makes a journal that forgets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="busyTimeout">How long another writer may take.</param>
    public AuditJournal(IPatientStore store, TimeProvider time, TimeSpan busyTimeout)
    {
        (Store, Time) = (store, time);
        _patience = busyTimeout + Grace;
        Forgets = !store.CanLog;
    }

    public IPatientStore Store { get; }

    public TimeProvider Time { get; }

    /// <summary>Whether nothing is logged, because the store's file cannot be written.</summary>
    public bool Forgets { get; }

    /// <summary>Whether it writes nothing any more, not even what waits.</summary>
    public bool IsOver => _isDisposed;

    /// <summary>Also does something in each transaction in which events are written: the session tells its last use.</summary>
    public Action<IStoreWriter>? Beside { get; set; }

    /// <summary>Refuses to go on when what was seen before cannot be written.</summary>
    /// <exception cref="PatientToolsException"><c>AuditTrailNotWritable</c>.</exception>
    public void RefuseWhenFailing()
    {
        if (_failure is { } failure && !IsBusy(failure))
        {
            throw NotWritable(failure);
        }

        if (WaitsTooLong())
        {
            TryAtLast();
        }
    }

    /// <summary>Takes an entry that stands for itself, to be written within a second.</summary>
    public void Add(AuditDraft draft) => _ = new AuditedEvent(this, draft);

    /// <summary>Takes an event that has something to be written.</summary>
    /// <returns>Whether it will be: nothing is once the journal is closed.</returns>
    public bool Wait(AuditedEvent audited)
    {
        lock (_gate)
        {
            if (_isClosed || _isDisposed)
            {
                return false;
            }

            _waiting.Add(audited);
            if (_oldest == Nothing)
            {
                Volatile.Write(ref _oldest, Time.GetTimestamp());
            }

            Schedule();
            return true;
        }
    }

    /// <summary>What is told to whoever wants to hand a patient on when that can be logged no more.</summary>
    public PatientToolsException Closed() => new(
        "SessionClosed", $"The session on '{Store.Location}' is closed. Use Connect-PatientStore to open it again.", ErrorKind.InvalidOperation)
    { Target = Store.Location };

    /// <summary>So many more chunks of ids wait.</summary>
    public void ChunksWait(int more) => Interlocked.Add(ref _chunks, more);

    /// <summary>Writes when too much waits: whoever is faster than the store waits for it.</summary>
    /// <exception cref="PatientToolsException"><c>AuditTrailNotWritable</c>.</exception>
    public void Relieve()
    {
        if (_waiting.Count < MostWaiting && Volatile.Read(ref _chunks) < MostChunks)
        {
            return;
        }

        try
        {
            Flush();
        }
        catch (PatientToolsException e)
        {
            throw NotWritable(e);
        }
    }

    /// <summary>Writes everything now, and waits for it.</summary>
    /// <param name="except">An event that waits on: that of whoever wants the trail as it was before.</param>
    /// <exception cref="PatientToolsException">The store cannot be written; what waits, waits on.</exception>
    public void Flush(AuditedEvent? except = null)
    {
        lock (_writing)
        {
            Write(except);
        }
    }

    /// <summary>Takes nothing more, and writes the rest.</summary>
    /// <exception cref="PatientToolsException">The store cannot be written.</exception>
    public void Close()
    {
        lock (_writing)
        {
            lock (_gate)
            {
                _isClosed = true;
            }

            Write(null);
        }
    }

    /// <summary>Ends the background work; <see cref="Close"/> comes first.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _waiting = [];
            Volatile.Write(ref _oldest, Nothing);
            _timer?.Dispose();
        }

        // The store is let go next: whoever writes at this moment comes to an end before.
        _writing.Enter();
        _writing.Exit();
    }

    private static bool IsBusy(Exception failure) => failure is PatientToolsException { Kind: ErrorKind.Busy };

    private bool WaitsTooLong()
    {
        var oldest = Volatile.Read(ref _oldest);
        return oldest != Nothing && Time.GetElapsedTime(oldest) > _patience;
    }

    /// <summary>The background had its time: where it has failed and is at it again, or fails once more, that is told. Where it did not come to it, it is done here.</summary>
    private void TryAtLast()
    {
        if (_failure is { } failure && !_writing.TryEnter())
        {
            throw NotWritable(failure);
        }
        else if (!_writing.IsHeldByCurrentThread)
        {
            _writing.Enter();
        }

        try
        {
            if (WaitsTooLong())
            {
                Write(null);
            }
        }
        catch (PatientToolsException e)
        {
            throw NotWritable(e);
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _isScheduled = false;
        }

        try
        {
            Flush();
        }
        catch (Exception e)
        {
            // Nobody waits for this thread, and an exception would end the process. Whoever uses the session next is told.
            _failure = e;
        }
    }

    private void Write(AuditedEvent? except)
    {
        var events = Waiting(except);
        try
        {
            if (events.Count > 0)
            {
                Append(events);
            }

            _failure = null;
            Done([]);
        }
        catch (Exception e)
        {
            _failure = e;
            Done(events);
            throw;
        }
    }

    /// <summary>Writes events in one transaction. Those that were taken out of the list belong to it no more, whatever comes.</summary>
    private void Append(List<AuditedEvent> events)
    {
        using var writer = Store.BeginLog();
        var firsts = new List<AuditDraft?>(events.Count);
        try
        {
            var last = writer.ReadLastAuditEntry();
            foreach (var audited in events)
            {
                var drafts = audited.Take();
                firsts.Add(drafts.Count > 0 ? drafts[0] : null);
                foreach (var draft in drafts)
                {
                    last = AuditChain.Append(writer, Store.Identity.StoreId, last, draft);
                }
            }

            Beside?.Invoke(writer);
            writer.Commit();
        }
        catch
        {
            for (var i = 0; i < firsts.Count; i++)
            {
                events[i].NotWritten();
            }

            events.RemoveRange(0, firsts.Count);
            throw;
        }

        for (var i = 0; i < firsts.Count; i++)
        {
            if (firsts[i] is { } first)
            {
                events[i].Written(first.Continues ?? first.Number);
            }
        }
    }

    /// <summary>Takes out of the list what has something to be written.</summary>
    private List<AuditedEvent> Waiting(AuditedEvent? except)
    {
        List<AuditedEvent> events;
        lock (_gate)
        {
            events = _waiting;
            _waiting = except is not null && events.Remove(except) ? [except] : [];
        }

        events.RemoveAll(audited => !audited.IsToBeWritten());
        return events;
    }

    private void Done(List<AuditedEvent> left)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _waiting.InsertRange(0, left);
            if (_failure is null)
            {
                Volatile.Write(ref _oldest, _waiting.Count > 0 ? Time.GetTimestamp() : Nothing);
            }

            Schedule();
        }
    }

    private void Schedule()
    {
        if (_waiting.Count > 0 && !_isScheduled)
        {
            _isScheduled = true;
            _timer ??= Time.CreateTimer(static journal => ((AuditJournal)journal!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    private PatientToolsException NotWritable(Exception? cause) => new(
        "AuditTrailNotWritable",
        $"The audit trail of '{Store.Location}' cannot be written, so that nothing more is done with the store: {cause?.Message ?? "another process has been writing for too long."}",
        cause is PatientToolsException { Kind: var kind } ? kind : ErrorKind.Unavailable,
        cause)
    { Target = Store.Location };
}
