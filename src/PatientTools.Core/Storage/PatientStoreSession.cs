using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>
/// A store opened by somebody: what <c>Connect-PatientStore</c> returns. Safe to use from many threads and runspaces.
/// </summary>
public sealed class PatientStoreSession : IDisposable
{
    private readonly OpenSession _session;
    private readonly StoreAccess _access;
    private PatientSearch? _search;
    private PatientWriter? _writer;
    private StoreSettings? _settings;
    private StoreMaintenance? _maintenance;
    private StoreAccounts? _accounts;
    private StoreSessions? _sessions;
    private AuditTrail? _auditTrail;
    private StoreBackups? _backups;

    internal PatientStoreSession(OpenSession session, StoreCall? call)
    {
        _session = session;
        _access = new StoreAccess(session, call);
    }

    /// <summary>Raised once, when the session closes.</summary>
    public event EventHandler? Closed
    {
        add => _session.Closed += value;
        remove => _session.Closed -= value;
    }

    /// <summary>Where the store is: for SQLite the full path of its file.</summary>
    public string Location => _session.Store.Location;

    /// <summary>Who the store is.</summary>
    public StoreIdentity Identity => _session.Store.Identity;

    /// <summary>The session's id, by which others see and end it.</summary>
    public Guid SessionId => _session.Entry.Id;

    /// <summary>The account; null in a store without accounts.</summary>
    public string? Account => _session.Entry.Account;

    /// <summary>The account's role; null in a store without accounts, where everything is allowed.</summary>
    public StoreRole? Role => _session.Entry.Role;

    /// <summary>When the session was opened (UTC): the time of login.</summary>
    public DateTime Opened => _session.Entry.Opened;

    /// <summary>Whether nothing may be written.</summary>
    public bool IsReadOnly => _session.Store.IsReadOnly;

    /// <summary>Whether what is done is logged; it is not only where the store has no accounts and its file cannot be written.</summary>
    public bool IsAudited => _session.Store.CanLog;

    /// <summary>Whether the session can be used, as far as this process knows.</summary>
    public bool IsOpen => _session.IsOpen;

    /// <summary>How the store was opened.</summary>
    public StoreOptions Options => _session.Options;

    /// <summary>The way to the store, for what is no room of its own: runs, the status page.</summary>
    internal StoreAccess Access => WhenOpen(_access);

    /// <summary>Makes a store and opens it.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="location">Where.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="administrator">Name and password of its first administrator; null for a store without accounts.</param>
    /// <param name="caller">What the trail tells of the caller.</param>
    /// <returns>The session.</returns>
    /// <exception cref="PatientToolsException">As <see cref="IPatientStoreProvider.Create"/>, and those of passwords.</exception>
    public static PatientStoreSession Create(
        IPatientStoreProvider provider, string location, StoreOptions options, StoreCredential? administrator = null, CallerNote? caller = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        var note = (caller ?? CallerNote.None).Checked();
        if (administrator is null)
        {
            return LogIn(provider, provider.Create(location, options), options, null, note);
        }

        // Before the file is there: a password that is refused leaves none behind.
        var settings = StoreSettings.Defaults;
        var account = NewAccount.Of(administrator, StoreRole.Administrator, settings, options);
        var entry = OpenedHere.NewEntry(account, account.Created, options.ReadOnly);
        var store = provider.Create(location, options, (writer, identity) =>
        {
            writer.NextSequence();
            writer.ChangeAccess();
            writer.WriteAccount(account with { LastLogin = entry.Opened });
            writer.WriteSession(entry);
            AuditChain.Append(writer, identity.StoreId, Login.Connected(entry, note));
            AuditChain.Append(writer, identity.StoreId, Login.Added(account, entry, note));
        });
        return new PatientStoreSession(new OpenSession(provider, store, options, new LoggedIn(entry, SessionTerms.Of(settings))), null);
    }

    /// <summary>Opens a store.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="location">Where.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="credential">Name and password, where the store has accounts.</param>
    /// <param name="caller">What the trail tells of the caller.</param>
    /// <returns>The session.</returns>
    /// <exception cref="PatientToolsException">As <see cref="IPatientStoreProvider.Open"/>; <c>LoginFailed</c>, <c>CredentialRequired</c>, <c>StoreHasNoAccounts</c>, <c>AuditTrailNotWritable</c>.</exception>
    public static PatientStoreSession Open(
        IPatientStoreProvider provider, string location, StoreOptions options, StoreCredential? credential = null, CallerNote? caller = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        var note = (caller ?? CallerNote.None).Checked();
        return LogIn(provider, provider.Open(location, options), options, credential, note);
    }

    /// <summary>Begins a call, for which the trail has one event for each operation it uses.</summary>
    /// <param name="caller">The cmdlet and the reason.</param>
    /// <returns>The call; <see cref="StoreCall.Session"/> is to be used for whatever belongs to it.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>ReasonInvalid</c>.</exception>
    public StoreCall Begin(CallerNote caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        _session.Use();
        var note = caller.Checked();
        return new StoreCall(_session, note.Command, note.Reason);
    }

    /// <summary>Finding and reading.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public PatientSearch Search() => WhenOpen(_search ??= new(_access));

    /// <summary>Writing.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>StoreReadOnly</c>.</exception>
    public PatientWriter Writer()
    {
        RefuseReadOnly();
        return WhenOpen(_writer ??= new(_access));
    }

    /// <summary>Settings.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public StoreSettings Settings() => WhenOpen(_settings ??= new(_access));

    /// <summary>Status, checks and repairs.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public StoreMaintenance Maintenance() => WhenOpen(_maintenance ??= new(_access));

    /// <summary>Accounts.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public StoreAccounts Accounts() => WhenOpen(_accounts ??= new(_access));

    /// <summary>Who has the store open.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public StoreSessions Sessions() => WhenOpen(_sessions ??= new(_access));

    /// <summary>The audit trail.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public AuditTrail AuditTrail() => WhenOpen(_auditTrail ??= new(_access));

    /// <summary>Backups of the store.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public StoreBackups Backups() => WhenOpen(_backups ??= new(_access));

    /// <summary>Refuses to go on when the session may only read.</summary>
    /// <exception cref="PatientToolsException"><c>StoreReadOnly</c>.</exception>
    public void RefuseReadOnly()
    {
        if (IsReadOnly)
        {
            throw new PatientToolsException("StoreReadOnly", $"The store '{Location}' was opened for reading only. Connect to it without -ReadOnly to change it.", ErrorKind.Denied) { Target = Location };
        }
    }

    /// <summary>Whether an operation is permitted to this session, with the reason that was given; nothing is logged.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>Whether it is.</returns>
    public bool May(StoreOperation operation) => _access.May(operation);

    /// <summary>Refuses an operation before anything is prepared for it. A refusal is logged; what is permitted is logged when it is done.</summary>
    /// <param name="operation">The operation.</param>
    /// <exception cref="PatientToolsException"><c>PermissionDenied</c>, <c>ReasonRequired</c>, <c>SessionClosed</c>, <c>SessionExpired</c>.</exception>
    public void Demand(StoreOperation operation)
    {
        if (!May(operation))
        {
            _access.Begin(operation).Dispose();
        }
    }

    /// <summary>Closes the session. Everything that was returned is durable already; what was done is logged first.</summary>
    /// <param name="caller">What the trail tells of the caller.</param>
    /// <exception cref="PatientToolsException"><c>ReasonInvalid</c>. The trail cannot be written; the session is closed all the same.</exception>
    public void Close(CallerNote? caller = null) => _session.Close((caller ?? CallerNote.None).Checked());

    /// <summary>Closes the session, as <see cref="Close"/> does, and says nothing when the trail cannot be written.</summary>
    public void Dispose()
    {
        try
        {
            Close();
        }
        catch (PatientToolsException)
        {
            // Whoever disposes cannot be told; Close is there for whoever wants to know.
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Location;

    /// <summary>Rooms are made when they are first asked for: most calls need one.</summary>
    private T WhenOpen<T>(T room)
    {
        _session.RefuseWhenOver();
        return room;
    }

    private static PatientStoreSession LogIn(IPatientStoreProvider provider, IPatientStore store, StoreOptions options, StoreCredential? credential, CallerNote note)
    {
        try
        {
            var session = new OpenSession(provider, store, options, Login.Run(store, options, credential, note));
            if (session.Entry.AccountId is null)
            {
                // Opening writes nothing: a store without accounts opens as fast as its file does.
                session.Journal.Add(Login.Connected(session.Entry, note));
            }

            return new PatientStoreSession(session, null);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
