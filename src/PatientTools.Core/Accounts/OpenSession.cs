using System.Globalization;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>
/// A session while it is open: who opened it, whether it still holds, and its journal. The views that calls get of it share it.
/// </summary>
internal sealed class OpenSession
{
    private const long NotStored = long.MaxValue;
    private const long AlwaysStored = -1;

    private long _seenAccess = -1;
    private long _lastUsed;
    private volatile SessionTerms _terms;

    /// <summary>
    /// The access mark at which the session's entry was written: a snapshot with a greater one that has no such entry is one after
    /// somebody has removed it, since who removes it makes the mark grow. With the same one it may be older than the entry.
    /// </summary>
    private long _storedAt = NotStored;
    private PatientToolsException? _over;
    private int _finished;

    public OpenSession(IPatientStoreProvider provider, IPatientStore store, StoreOptions options, LoggedIn login)
    {
        (Provider, Store, Options, Entry, _terms) = (provider, store, options, login.Entry, login.Terms);
        _lastUsed = Entry.Opened.Ticks;
        _storedAt = Entry.AccountId is null ? NotStored : AlwaysStored;
        Journal = new AuditJournal(store, options.Time, options.BusyTimeout) { Beside = KeepEntry };
    }

    public event EventHandler? Closed;

    public IPatientStoreProvider Provider { get; }

    public IPatientStore Store { get; }

    public StoreOptions Options { get; }

    /// <summary>Who opened it; changes only when the store's first account takes the session over.</summary>
    public SessionEntry Entry { get; private set; }

    public AuditJournal Journal { get; }

    public bool IsOpen => Volatile.Read(ref _over) is null;

    /// <summary>Begins to use the session: it has to be open and within its lifetime.</summary>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>SessionExpired</c>, <c>AuditTrailNotWritable</c>.</exception>
    public void Use()
    {
        RefuseWhenOver();
        Journal.RefuseWhenFailing();
        var now = Options.Time.GetUtcNow().UtcTicks;
        if (Entry.AccountId is not null && _terms.Expiry(now - Volatile.Read(ref _lastUsed), now - Entry.Opened.Ticks) is { } expiry)
        {
            throw End(new PatientToolsException(
                "SessionExpired",
                $"The session on '{Store.Location}' has ended: {expiry}. Use Connect-PatientStore -Credential to open another one.",
                ErrorKind.Unauthenticated)
            { Target = Store.Location }, AuditContent.Of(Entry) with { Details = expiry });
        }

        Volatile.Write(ref _lastUsed, now);
    }

    /// <summary>Refuses to go on when the session is over.</summary>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>SessionExpired</c>.</exception>
    public void RefuseWhenOver()
    {
        if (Volatile.Read(ref _over) is { } over)
        {
            throw new PatientToolsException(over.ErrorId, over.Message, over.Kind) { Target = over.Target };
        }
    }

    /// <summary>Makes sure, in the snapshot that a call reads, that nobody has ended the session. One comparison where nothing about accounts, sessions and settings has changed.</summary>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>: it says by what.</exception>
    public void Check(IStoreReader reader)
    {
        if (reader.AccessMark != Volatile.Read(ref _seenAccess))
        {
            Validate(reader);
        }
    }

    /// <summary>Whether a reason has to be given for an operation.</summary>
    public bool NeedsReason(StoreOperation operation) => _terms.NeedsReason(operation);

    /// <summary>A new event of this session.</summary>
    public AuditedEvent NewEvent(StoreOperation operation, string? command, string? reason) =>
        new(Journal, operation, Entry.Account, AuditContent.Of(Entry) with { Command = command, Reason = reason });

    /// <summary>The store's first account takes over the session in which it was made; called when that is committed.</summary>
    /// <param name="entry">The session's entry from now on.</param>
    /// <param name="mark">The access mark before.</param>
    public void TakeOver(SessionEntry entry, long mark)
    {
        Entry = entry;
        Volatile.Write(ref _storedAt, mark);
    }

    /// <summary>Closes: what is not logged yet is, the session's entry and word of its end are written, the store is let go.</summary>
    /// <exception cref="PatientToolsException">The trail cannot be written; the session is closed all the same.</exception>
    public void Close(CallerNote caller)
    {
        var closed = AuditContent.Of(Entry) with { Command = caller.Command, Reason = caller.Reason };
        End(
            Journal.Closed(),
            closed);
        Finish(closed);
    }

    /// <summary>Lets go of the store when somebody else has ended the session; called by whoever has found it out, with no transaction open.</summary>
    public void LetGo()
    {
        try
        {
            Finish(AuditContent.Of(Entry));
        }
        catch (PatientToolsException)
        {
            // The caller is told that the session is over; that its last events could not be written is told by the trail's pending ones.
        }
    }

    private void Validate(IStoreReader reader)
    {
        var stored = reader.FindSession(Entry.Id);
        var isReplaced = reader.Epoch != Store.Identity.Epoch;
        if (Entry.AccountId is null && stored?.AccountId is not null)
        {
            // Another thread has made the first account with this session, and has not come to say so.
            TakeOver(stored, reader.AccessMark - 1);
        }

        var ended = isReplaced ? "the store was restored from a backup"
            : Entry.AccountId is null && reader.ReadAccounts().Count > 0 ? "the store has been given accounts, so that a login is needed"
            : stored is null && reader.AccessMark > Volatile.Read(ref _storedAt) ? "it was closed, or password, role or state of its account was changed"
            : null;
        if (ended is not null)
        {
            var over = new PatientToolsException(
                "SessionClosed", $"The session on '{Store.Location}' has been ended from outside: {ended}. Use Connect-PatientStore to open another one.", ErrorKind.Unauthenticated)
            { Target = Store.Location };
            throw Interlocked.CompareExchange(ref _over, over, null) ?? over;
        }

        _terms = SessionTerms.Of(new StoreSettings(Store.Identity).ReadFrom(reader));
        Volatile.Write(ref _seenAccess, reader.AccessMark);
    }

    private PatientToolsException End(PatientToolsException over, AuditContent told)
    {
        if (Interlocked.CompareExchange(ref _over, over, null) is null)
        {
            Finish(told);
        }

        return over;
    }

    /// <summary>Writes what is left to be told, and lets the store go; once.</summary>
    private void Finish(AuditContent told)
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
        {
            return;
        }

        try
        {
            Journal.Add(new AuditDraft(
                OpenedHere.Now(Options.Time), null, Entry.Account, StoreOperation.Disconnect, AuditOutcome.Succeeded,
                told, 0, default));
            Journal.Close();
        }
        finally
        {
            Journal.Dispose();
            Store.Dispose();
            Closed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>In each transaction that writes events: the session's entry, so that others see when it was used last.</summary>
    private void KeepEntry(IStoreWriter writer)
    {
        if (!IsOpen)
        {
            writer.DeleteSession(Entry.Id);
        }
        else if (writer.FindSession(Entry.Id) is { } stored)
        {
            // As it is stored: the first account may just have taken it over.
            writer.WriteSession(stored with { LastUsed = LastUsed });
        }
        else if (Volatile.Read(ref _storedAt) is NotStored || writer.AccessMark == Volatile.Read(ref _storedAt))
        {
            // New, or its writing was undone. One that somebody else has ended is not written again.
            writer.WriteSession(Entry with { LastUsed = LastUsed });
            Volatile.Write(ref _storedAt, writer.AccessMark);
        }
    }

    private DateTime LastUsed => OpenedHere.Milliseconds(new DateTime(Volatile.Read(ref _lastUsed), DateTimeKind.Utc));
}

/// <summary>How long a session holds, and when it needs reasons: from the store's settings.</summary>
/// <param name="Idle">How long it may stay unused; null for ever.</param>
/// <param name="Lifetime">How long it holds at most; null for ever.</param>
/// <param name="Reasons">For what a reason has to be given.</param>
internal sealed record SessionTerms(TimeSpan? Idle, TimeSpan? Lifetime, ReasonRequirement Reasons)
{
    public static SessionTerms Of(StoreSettingValues settings) => new(settings.SessionIdleTime, settings.SessionLifetime, settings.Reasons);

    /// <summary>Why a session is over; null when it is not.</summary>
    /// <param name="unused">For how long it has not been used, in ticks.</param>
    /// <param name="age">For how long it has been open, in ticks.</param>
    public string? Expiry(long unused, long age) =>
        unused > Idle?.Ticks ? string.Create(CultureInfo.InvariantCulture, $"it was not used for more than {Idle?.TotalMinutes:0} minutes")
        : age > Lifetime?.Ticks ? string.Create(CultureInfo.InvariantCulture, $"it was open for more than {Lifetime?.TotalMinutes:0} minutes")
        : null;

    public bool NeedsReason(StoreOperation operation) => Reasons != ReasonRequirement.None && operation switch
    {
        StoreOperation.ChangeSetting or StoreOperation.AddPatient or StoreOperation.ChangePatient or StoreOperation.RemovePatient
            or StoreOperation.RestorePatient or StoreOperation.PurgePatient or StoreOperation.ImportPatients or StoreOperation.ExportPatients
            or StoreOperation.MaintainStore or StoreOperation.AddAccount or StoreOperation.ChangeAccount or StoreOperation.RemoveAccount
            or StoreOperation.UnlockAccount or StoreOperation.CloseSession or StoreOperation.BackUpStore or StoreOperation.RemoveBackup
            or StoreOperation.RestoreStore => true,
        StoreOperation.ReadPatient or StoreOperation.SearchPatients or StoreOperation.ValidatePatients => Reasons == ReasonRequirement.All,
        _ => false,
    };
}

/// <summary>For what a reason has to be given.</summary>
public enum ReasonRequirement
{
    /// <summary>For nothing.</summary>
    None,

    /// <summary>For whatever changes something, and for exports.</summary>
    Changes,

    /// <summary>For whatever touches patients, and for changes.</summary>
    All,
}
