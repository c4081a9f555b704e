using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>
/// A store opened by somebody: what <c>Connect-PatientStore</c> returns. Safe to use from many threads and runspaces.
/// </summary>
public sealed class PatientStoreSession : IDisposable
{
    private readonly IPatientStore _store;
    private readonly IPatientStoreProvider _provider;
    private int _closed;

    private PatientStoreSession(IPatientStoreProvider provider, IPatientStore store, StoreOptions options)
    {
        _store = store;
        _provider = provider;
        Options = options;
        Opened = options.Time.GetUtcNow().UtcDateTime;
        SettingsRoom = new StoreSettings(store);
        SearchRoom = new PatientSearch(store, options.Time);
        WriterRoom = new PatientWriter(store, SettingsRoom, options.Time);
        MaintenanceRoom = new StoreMaintenance(store, SearchRoom);
    }

    /// <summary>Raised once, when the session closes.</summary>
    public event EventHandler? Closed;

    /// <summary>Where the store is: for SQLite the full path of its file.</summary>
    public string Location => _store.Location;

    /// <summary>Who the store is.</summary>
    public StoreIdentity Identity => _store.Identity;

    /// <summary>Whether nothing may be written.</summary>
    public bool IsReadOnly => _store.IsReadOnly;

    /// <summary>When the session was opened (UTC).</summary>
    public DateTime Opened { get; }

    /// <summary>Whether the session can be used.</summary>
    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <summary>How the store was opened.</summary>
    public StoreOptions Options { get; }

    private StoreSettings SettingsRoom { get; }

    private PatientSearch SearchRoom { get; }

    private PatientWriter WriterRoom { get; }

    private StoreMaintenance MaintenanceRoom { get; }

    /// <summary>Makes a store and opens it.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="location">Where.</param>
    /// <param name="options">How it is opened.</param>
    /// <returns>The session.</returns>
    /// <exception cref="PatientToolsException">As <see cref="IPatientStoreProvider.Create"/>.</exception>
    public static PatientStoreSession Create(IPatientStoreProvider provider, string location, StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new(provider, provider.Create(location, options), options);
    }

    /// <summary>Opens a store.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="location">Where.</param>
    /// <param name="options">How it is opened.</param>
    /// <returns>The session.</returns>
    /// <exception cref="PatientToolsException">As <see cref="IPatientStoreProvider.Open"/>.</exception>
    public static PatientStoreSession Open(IPatientStoreProvider provider, string location, StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new(provider, provider.Open(location, options), options);
    }

    /// <summary>Finding and reading.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public PatientSearch Search() => WhenOpen(SearchRoom);

    /// <summary>Writing.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>StoreReadOnly</c>.</exception>
    public PatientWriter Writer()
    {
        RefuseReadOnly();
        return WhenOpen(WriterRoom);
    }

    /// <summary>Settings.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public StoreSettings Settings() => WhenOpen(SettingsRoom);

    /// <summary>Status, checks and repairs.</summary>
    /// <returns>The room.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>.</exception>
    public StoreMaintenance Maintenance() => WhenOpen(MaintenanceRoom);

    /// <summary>Refuses to go on when the session may only read.</summary>
    /// <exception cref="PatientToolsException"><c>StoreReadOnly</c>.</exception>
    public void RefuseReadOnly()
    {
        if (IsReadOnly)
        {
            throw new PatientToolsException("StoreReadOnly", $"The store '{Location}' was opened for reading only. Connect to it without -ReadOnly to change it.", ErrorKind.Denied) { Target = Location };
        }
    }

    /// <summary>Closes the session. Everything that was returned is durable already.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _store.Dispose();
            Closed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Location;

    private T WhenOpen<T>(T room) => IsOpen
        ? room
        : throw new PatientToolsException("SessionClosed", $"The session on '{Location}' is closed. Use Connect-PatientStore to open it again.", ErrorKind.InvalidOperation) { Target = Location };
}
