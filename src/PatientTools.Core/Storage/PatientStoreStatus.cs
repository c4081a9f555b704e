using PatientTools.Accounts;

namespace PatientTools.Storage;

/// <summary>The one page an administrator looks at.</summary>
public sealed record PatientStoreStatus
{
    /// <summary>Where the store is: for SQLite the full path of its file.</summary>
    public required string Location { get; init; }

    /// <summary>Fixed at the store's making.</summary>
    public required Guid StoreId { get; init; }

    /// <summary>New on every restore or copy; sequences compare only within one.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>Grows with every change; see <see cref="Epoch"/>.</summary>
    public required long Sequence { get; init; }

    /// <summary>The version of the stored format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>When the store was made (UTC).</summary>
    public required DateTime Created { get; init; }

    /// <summary>ReadWrite or ReadOnly: what this session may do.</summary>
    public required string Access { get; init; }

    /// <summary>When this session was opened (UTC).</summary>
    public required DateTime OpenSince { get; init; }

    /// <summary>Whether the store has accounts, so that a login is needed; one without is open to everybody who can open its file.</summary>
    public required bool IsProtected { get; init; }

    /// <summary>How many accounts it has.</summary>
    public required int Accounts { get; init; }

    /// <summary>The account of this session; null in a store without accounts.</summary>
    public required string? Account { get; init; }

    /// <summary>The role of this session; null in a store without accounts, where everything is allowed.</summary>
    public required StoreRole? Role { get; init; }

    /// <summary>The id of this session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>Whether what this session does is logged.</summary>
    public required bool IsAudited { get; init; }

    /// <summary>Patients that are not removed.</summary>
    public required long Patients { get; init; }

    /// <summary>Patients that are removed and can be restored.</summary>
    public required long RemovedPatients { get; init; }

    /// <summary>Resources of the patients' records.</summary>
    public required long Records { get; init; }

    /// <summary>Kept old versions of patients and records.</summary>
    public required long Versions { get; init; }

    /// <summary>The size of the store's file.</summary>
    public required ByteSize Size { get; init; }

    /// <summary>Unused space inside the file; Optimize-PatientStore gives it back.</summary>
    public required ByteSize Free { get; init; }

    /// <summary>The size of the write-ahead log.</summary>
    public required ByteSize Log { get; init; }

    /// <summary>How much of the file is kept in memory at most, per connection.</summary>
    public required ByteSize Cache { get; init; }

    /// <summary>How durability is done, in the database's words.</summary>
    public required string JournalMode { get; init; }

    /// <summary>How often the database flushes, in its own words.</summary>
    public required string Synchronous { get; init; }

    /// <summary>Name and version of the database engine.</summary>
    public required string Engine { get; init; }

    /// <summary>When the last backup was made (UTC); null when none is known.</summary>
    public DateTime? LastBackup { get; init; }

    /// <summary>All settings with their values.</summary>
    public required IReadOnlyList<StoreSetting> Settings { get; init; }

    /// <summary>Reads the page.</summary>
    /// <param name="session">The store.</param>
    /// <returns>The page as of now.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, or the store cannot be read.</exception>
    [Requires(StoreOperation.ReadStatus)]
    public static PatientStoreStatus Read(PatientStoreSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Access.Run(StoreOperation.ReadStatus, use => Read(session, use));
    }

    private static PatientStoreStatus Read(PatientStoreSession session, StoreUse use)
    {
        var figures = use.OnStore(store => store.ReadFigures());
        using var reader = use.BeginRead();
        var accounts = reader.ReadAccounts().Count;
        return new PatientStoreStatus
        {
            Location = session.Location,
            StoreId = session.Identity.StoreId,
            Epoch = session.Identity.Epoch,
            Sequence = reader.Sequence,
            FormatVersion = session.Identity.FormatVersion,
            Created = session.Identity.Created,
            Access = session.IsReadOnly ? "ReadOnly" : "ReadWrite",
            OpenSince = session.Opened,
            IsProtected = accounts > 0,
            Accounts = accounts,
            Account = session.Account,
            Role = session.Role,
            SessionId = session.SessionId,
            IsAudited = session.IsAudited,
            Patients = figures.Patients,
            RemovedPatients = figures.RemovedPatients,
            Records = figures.Records,
            Versions = figures.Versions,
            Size = new ByteSize(figures.FileBytes),
            Free = new ByteSize(figures.FreeBytes),
            Log = new ByteSize(figures.LogBytes),
            Cache = new ByteSize(figures.CacheBytes),
            JournalMode = figures.JournalMode,
            Synchronous = figures.Synchronous,
            Engine = figures.Engine,
            LastBackup = reader.ReadPlaces().Where(place => place.Kind == StorePlaceKind.Backups && place.Epoch != Guid.Empty).Max(place => (DateTime?)place.Time),
            Settings = new StoreSettings(session.Identity).ReadAll(reader),
        };
    }
}
