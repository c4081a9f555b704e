using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Hosting;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Index;

namespace PatientTools.Storage;

/// <summary>
/// Opens and makes stores of one kind of database. What it does is for the engine alone, which asks who somebody is before it
/// hands a store out; others open one by <see cref="PatientStoreSession"/>.
/// </summary>
public interface IPatientStoreProvider
{
    /// <summary>Makes a new, empty store.</summary>
    /// <param name="location">Where: for SQLite the path of a file that does not exist yet.</param>
    /// <param name="options">How it is opened afterwards.</param>
    /// <param name="fill">Writes what the store begins with, before it appears under its name; null for nothing.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="PatientToolsException"><c>StoreExists</c>, <c>StoreFolderMissing</c>, <c>StoreNotWritable</c>, <c>StoreFull</c>.</exception>
    internal IPatientStore Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill = null);

    /// <summary>Opens a store, migrating an older format forward when it may write.</summary>
    /// <param name="location">Where: for SQLite the path of its file.</param>
    /// <param name="options">How it is opened.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>StoreNotFound</c>, <c>NotAStore</c>, <c>StoreTooNew</c>, <c>StoreTooOld</c> (read-only and in need of a migration),
    /// <c>StoreNotWritable</c>, <c>StoreBusy</c>, <c>StoreDamaged</c>.
    /// </exception>
    internal IPatientStore Open(string location, StoreOptions options);

    /// <summary>Reads what a damaged store still holds.</summary>
    /// <param name="location">Where the damaged store is; it is only read.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>What was found, and what is known to be lost, as it is read.</returns>
    /// <exception cref="PatientToolsException"><c>StoreNotFound</c>, <c>NotAStore</c>.</exception>
    internal IEnumerable<SalvagedItem> Salvage(string location, CancellationToken cancellation);

    /// <summary>Whether the caller, as a user of the operating system, owns a store, or may do whatever its owner may.</summary>
    /// <param name="location">Where it is.</param>
    /// <returns>Whether the store is the caller's.</returns>
    /// <exception cref="PatientToolsException"><c>StoreNotFound</c>.</exception>
    internal bool IsOwnedByCaller(string location);
}

/// <summary>How a store is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>Whether nothing may be written.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another writer; 30 seconds by default.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock. Tests have their own; nobody else, since whoever sets it ends the waiting after wrong passwords.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>bcrypt of the adapters, which are loaded when it is first used. Tests have their own; nobody else, since it says which passwords are right.</summary>
    internal IPasswordHasher Passwords { get => field ?? AdapterHost.Catalog.Passwords; init; }
}

/// <summary>Who a store is.</summary>
/// <param name="StoreId">Fixed at its making.</param>
/// <param name="Epoch">Random, new on every restore or copy; sequences compare only within one.</param>
/// <param name="FormatVersion">The version of the stored format, from 1.</param>
/// <param name="Created">When the store was made (UTC).</param>
public sealed record StoreIdentity(Guid StoreId, Guid Epoch, int FormatVersion, DateTime Created)
{
    /// <summary>The store's id, for messages at the prompt.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => StoreId.ToString();
}

/// <summary>
/// A database that holds patients. Safe to use from many threads; many processes may open the same one. Whatever a
/// writer has committed survives a kill and a power cut.
/// </summary>
internal interface IPatientStore : IDisposable
{
    /// <summary>Who the store is.</summary>
    StoreIdentity Identity { get; }

    /// <summary>Where it is: for SQLite the full path of its file.</summary>
    string Location { get; }

    /// <summary>Whether nothing may be written.</summary>
    bool IsReadOnly { get; }

    /// <summary>Begins to read from one snapshot. Short-lived: never held while a pipeline runs.</summary>
    /// <returns>The reader; disposing it ends the snapshot.</returns>
    /// <exception cref="PatientToolsException"><c>StoreDamaged</c>, <c>StoreBusy</c>, <c>StoreUnavailable</c>.</exception>
    IStoreReader BeginRead();

    /// <summary>Begins the only write transaction there is at a time, in any thread or process.</summary>
    /// <returns>The writer; disposing it without <see cref="IStoreWriter.Commit"/> undoes everything.</returns>
    /// <exception cref="PatientToolsException"><c>StoreReadOnly</c>, <c>StoreBusy</c> after the busy timeout, <c>StoreFull</c>, <c>StoreDamaged</c>.</exception>
    IStoreWriter BeginWrite();

    /// <summary>
    /// Whether the audit trail can be written. A store opened for reading only is logged to all the same; only where the file
    /// itself cannot be written is nothing logged.
    /// </summary>
    bool CanLog { get; }

    /// <summary>Begins a write transaction for the audit trail, sessions and logins, which a store opened for reading only allows, too.</summary>
    /// <returns>The writer; used for nothing else.</returns>
    /// <exception cref="PatientToolsException">As <see cref="BeginWrite"/>, <c>StoreNotWritable</c> when not <see cref="CanLog"/>.</exception>
    IStoreWriter BeginLog();

    /// <summary>What the database says of itself, cheap enough for a status page.</summary>
    /// <returns>The figures.</returns>
    StoreFigures ReadFigures();

    /// <summary>Checks the database's own structure.</summary>
    /// <param name="full">Whether index contents are held against tables too, which reads everything.</param>
    /// <param name="cancellation">Stops checking.</param>
    /// <returns>What is wrong, in plain words; empty when nothing is.</returns>
    IReadOnlyList<string> CheckStructure(bool full, CancellationToken cancellation);

    /// <summary>Gives unused space back, brings the write-ahead log into the file and refreshes the planner's statistics.</summary>
    /// <param name="cancellation">Stops between the steps.</param>
    void Optimize(CancellationToken cancellation);

    /// <summary>
    /// After a purge: makes sure that no byte of the store's files still holds what was erased, in free space, page
    /// remnants or log.
    /// </summary>
    /// <exception cref="PatientToolsException"><c>StoreBusy</c> when another process keeps the log in use.</exception>
    void Scrub();
}

/// <summary>Figures for the status page.</summary>
/// <param name="FileBytes">Size of the store's main file.</param>
/// <param name="LogBytes">Size of the write-ahead log.</param>
/// <param name="FreeBytes">Unused space inside the main file.</param>
/// <param name="Patients">Patients that are not removed.</param>
/// <param name="RemovedPatients">Patients that are removed and can be restored.</param>
/// <param name="Records">Record resources.</param>
/// <param name="Versions">Kept old versions of patients and records.</param>
/// <param name="JournalMode">How durability is done, in the database's words, such as <c>wal</c>.</param>
/// <param name="Synchronous">How often it flushes, in the database's words, such as <c>FULL</c>.</param>
/// <param name="CacheBytes">How much of the file is kept in memory at most, per connection.</param>
/// <param name="Engine">Name and version of the database engine.</param>
public sealed record StoreFigures(
    long FileBytes,
    long LogBytes,
    long FreeBytes,
    long Patients,
    long RemovedPatients,
    long Records,
    long Versions,
    string JournalMode,
    string Synchronous,
    long CacheBytes,
    string Engine);

/// <summary>Reads from one snapshot of a store. Used by one thread.</summary>
internal interface IStoreReader : IDisposable
{
    /// <summary>The store's sequence in this snapshot.</summary>
    long Sequence { get; }

    /// <summary>A number that grows with every change after which open sessions have to be looked at again: of accounts, of settings, the end of a session.</summary>
    long AccessMark { get; }

    /// <summary>Finds an account.</summary>
    /// <param name="key">Its name as it is compared.</param>
    /// <returns>The account, or null.</returns>
    AccountState? FindAccount(string key);

    /// <summary>Reads all accounts.</summary>
    /// <returns>The accounts in the order of their keys (ordinal).</returns>
    IReadOnlyList<AccountState> ReadAccounts();

    /// <summary>Finds an open session.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The session; null when it has ended.</returns>
    SessionEntry? FindSession(Guid id);

    /// <summary>Reads all open sessions.</summary>
    /// <returns>The sessions, the oldest first.</returns>
    IReadOnlyList<SessionEntry> ReadSessions();

    /// <summary>Reads the last entry of the audit trail.</summary>
    /// <returns>The entry; null of an empty trail.</returns>
    AuditEntry? ReadLastAuditEntry();

    /// <summary>Reads entries of the audit trail as they are stored, in the order of their numbers; gaps are not told.</summary>
    /// <param name="after">The number behind which to begin; 0 for the first.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>The entries. What cannot be read as an entry, because somebody changed it, comes with an empty hash.</returns>
    IReadOnlyList<AuditEntry> ReadAuditEntries(long after, int most);

    /// <summary>Reads the entries that continue an event.</summary>
    /// <param name="first">The number of its first entry.</param>
    /// <returns>The entries, in the order of their numbers.</returns>
    IReadOnlyList<AuditEntry> ReadContinuations(long first);

    /// <summary>Reads entries by their numbers.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <returns>The entries in the order of the numbers; those that are missing are left out.</returns>
    IReadOnlyList<AuditEntry> ReadAuditEntries(IReadOnlyList<long> numbers);

    /// <summary>Looks where the events are that a query asks for, once for all pages of an answer.</summary>
    /// <param name="query">Which; <see cref="AuditQuery.Patient"/>, <see cref="AuditQuery.Outcomes"/> and <see cref="AuditQuery.Newest"/> are the caller's to see to.</param>
    /// <param name="cancellation">Stops looking.</param>
    /// <returns>Where they are.</returns>
    AuditEventPlan PlanAuditEvents(AuditQuery query, CancellationToken cancellation);

    /// <summary>Reads first entries of the events that a query asks for, going through all that lie between two numbers.</summary>
    /// <param name="query">The query, of which the same members count as when it was planned.</param>
    /// <param name="after">The number behind which to look.</param>
    /// <param name="before">The number before which to look.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="descending">Whether to go from the end.</param>
    /// <returns>The entries in the order of their numbers, or descending.</returns>
    IReadOnlyList<AuditEntry> ReadAuditEvents(AuditQuery query, long after, long before, int most, bool descending);

    /// <summary>Reads the numbers of the events some entry of which names a patient.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The numbers of their first entries, ascending, each once.</returns>
    IReadOnlyList<long> ReadAuditEventsOf(PatientId patient, CancellationToken cancellation);

    /// <summary>Finds a patient's key.</summary>
    /// <param name="id">The patient.</param>
    /// <returns>The key inside the store; null when there is no such patient. Removed ones are found.</returns>
    long? FindKey(PatientId id);

    /// <summary>Finds the patient that came from a source under an id.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="sourceId">The id there.</param>
    /// <returns>The key, or null. Removed ones are found.</returns>
    long? FindKey(string source, string sourceId);

    /// <summary>Visits terms of a kind with the keys of their patients, in the order of the terms.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="range">Which terms.</param>
    /// <param name="descending">Whether the last term comes first; the segments of one term come in descending order then, too.</param>
    /// <param name="visit">Called for each segment, which can be read: <see cref="KeySegment.IsWithin"/>. A term with many patients has several.</param>
    /// <param name="cancellation">Stops the visit.</param>
    /// <exception cref="PatientToolsException"><c>StoreDamaged</c>: a segment cannot be read.</exception>
    void VisitEntries(SearchEntryKind kind, TermRange range, bool descending, SegmentVisitor visit, CancellationToken cancellation);

    /// <summary>Visits patients, removed ones too, whose number in a column lies within two bounds, in the order of the numbers.</summary>
    /// <param name="column">One of the columns that hold numbers.</param>
    /// <param name="from">The least number.</param>
    /// <param name="to">The greatest number.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <param name="visit">Called with key and number; returns false to stop.</param>
    /// <param name="cancellation">Stops the visit.</param>
    void VisitNumbers(PatientColumn column, long from, long to, bool descending, Func<long, long, bool> visit, CancellationToken cancellation);

    /// <summary>Visits the ids of all patients, removed ones too; who has none is left out.</summary>
    /// <param name="column"><see cref="PatientColumn.Id"/> or <see cref="PatientColumn.SourceId"/>.</param>
    /// <param name="visit">Called with key and id; returns false to stop.</param>
    /// <param name="cancellation">Stops the visit.</param>
    void VisitIds(PatientColumn column, Func<long, string, bool> visit, CancellationToken cancellation);

    /// <summary>Finds the patients that were written, or whose record was written, after a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns>The keys, ascending, each once. Purged ones are not told.</returns>
    IReadOnlyList<long> ReadKeysWrittenAfter(long sequence);

    /// <summary>Reads a patient's state as it was at a sequence.</summary>
    /// <param name="key">The key.</param>
    /// <param name="asOf">The sequence.</param>
    /// <returns>The state, or null when the patient did not exist yet or is purged.</returns>
    PatientState? ReadState(long key, long asOf);

    /// <summary>Reads the entries of a patient's record as they were at a sequence.</summary>
    /// <param name="key">The patient's key.</param>
    /// <param name="asOf">The sequence.</param>
    /// <returns>The entries that existed and were not removed.</returns>
    IReadOnlyList<RecordState> ReadRecord(long key, long asOf);

    /// <summary>Reads the states of some patients.</summary>
    /// <param name="keys">Ascending keys.</param>
    /// <returns>The present states, removed patients included, in the order of the keys, without those that are purged.</returns>
    IEnumerable<PatientState> ReadStates(IReadOnlyList<long> keys);

    /// <summary>Reads patients as they were at a sequence.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="asOf">The sequence; null for the present state.</param>
    /// <param name="today">The day for which ages are told.</param>
    /// <returns>The patients in the order of the keys, without those that are purged or did not exist yet.</returns>
    IReadOnlyList<Patient> ReadPatients(ReadOnlySpan<long> keys, long? asOf, DateOnly today);

    /// <summary>Reads the whole present state of a patient.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The state, or null when there is no such key.</returns>
    PatientState? ReadState(long key);

    /// <summary>Reads all versions of a patient, oldest first, the present one last.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The versions.</returns>
    IReadOnlyList<PatientState> ReadVersions(long key);

    /// <summary>Reads the present states of many patients in key order.</summary>
    /// <param name="afterKey">The key after which to go on; 0 to begin.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>The states, removed patients included; empty at the end.</returns>
    IReadOnlyList<PatientState> ReadStates(long afterKey, int count);

    /// <summary>Reads the entries of a patient's record, in the order they came.</summary>
    /// <param name="key">The patient's key.</param>
    /// <returns>The present entries that are not removed.</returns>
    IEnumerable<RecordState> ReadRecord(long key);

    /// <summary>Reads those entries of a patient's record that search entries are made of.</summary>
    /// <param name="key">The patient's key.</param>
    /// <returns>The present entries of the types <see cref="SearchEntries.RecordTypes"/> that are not removed.</returns>
    IReadOnlyList<RecordState> ReadSearchableRecord(long key);

    /// <summary>Reads every search entry of the store, in the store's own order.</summary>
    /// <returns>Entries with their patients' keys.</returns>
    IEnumerable<StoredSearchEntry> ReadSearchEntries();

    /// <summary>Reads the settings that were set.</summary>
    /// <returns>Value by name.</returns>
    IReadOnlyDictionary<string, string> ReadSettings();
}

/// <summary>Writes in one transaction, and reads its own writes. Used by one thread.</summary>
internal interface IStoreWriter : IStoreReader
{
    /// <summary>Draws the next sequence number; every change takes one.</summary>
    /// <returns>The number.</returns>
    long NextSequence();

    /// <summary>Draws the next number of a named counter, from 1.</summary>
    /// <param name="counter">The counter's name.</param>
    /// <returns>A number that was never drawn before from a committed transaction.</returns>
    long DrawNumber(string counter);

    /// <summary>Runs one item of a batch so that it happens wholly or not at all, whatever becomes of the others.</summary>
    /// <param name="item">The item's writes; an exception undoes them and is rethrown.</param>
    void RunItem(Action item);

    /// <summary>Writes a new patient with its search entries.</summary>
    /// <param name="state">The first state; its key is ignored.</param>
    /// <param name="entries">Its search entries.</param>
    /// <returns>The new key.</returns>
    /// <exception cref="ConflictException"><c>MrnInUse</c>, <c>SourceIdInUse</c>.</exception>
    long InsertPatient(PatientState state, IReadOnlyList<SearchEntry> entries);

    /// <summary>Replaces a patient's state, keeping the old one as a version.</summary>
    /// <param name="old">The present state, as read in this transaction.</param>
    /// <param name="oldEntries">The search entries of the present state.</param>
    /// <param name="state">The next state, with the same key and the next version.</param>
    /// <param name="entries">The search entries of the next state.</param>
    /// <exception cref="ConflictException"><c>MrnInUse</c>.</exception>
    void UpdatePatient(PatientState old, IReadOnlyList<SearchEntry> oldEntries, PatientState state, IReadOnlyList<SearchEntry> entries);

    /// <summary>Erases a patient: state, versions, search entries, record. <see cref="IPatientStore.Scrub"/> has to follow.</summary>
    /// <param name="key">The key.</param>
    void PurgePatient(long key);

    /// <summary>Finds an entry of a patient's record.</summary>
    /// <param name="patientKey">The patient's key.</param>
    /// <param name="resourceType">The FHIR resource type.</param>
    /// <param name="entryId">The resource's FHIR id, or its content key.</param>
    /// <returns>The entry, removed or not; null when there is none.</returns>
    RecordState? FindRecord(long patientKey, string resourceType, string entryId);

    /// <summary>Writes a new entry of a patient's record.</summary>
    /// <param name="entry">The first state; its key is ignored.</param>
    /// <returns>The new entry's key.</returns>
    long InsertRecord(RecordState entry);

    /// <summary>Replaces an entry's state, keeping the old one as a version.</summary>
    /// <param name="old">The present state.</param>
    /// <param name="entry">The next state, with the same key and the next version.</param>
    void UpdateRecord(RecordState old, RecordState entry);

    /// <summary>Removes all search entries, before they are made anew.</summary>
    void ClearSearchEntries();

    /// <summary>Adds search entries of a patient; one that is there already stays as it is.</summary>
    /// <param name="key">The patient's key.</param>
    /// <param name="entries">The entries.</param>
    void AddSearchEntries(long key, IReadOnlyList<SearchEntry> entries);

    /// <summary>Removes search entries of a patient.</summary>
    /// <param name="key">The patient's key.</param>
    /// <param name="entries">The entries; one that is not there does not matter.</param>
    void RemoveSearchEntries(long key, IReadOnlyList<SearchEntry> entries);

    /// <summary>Sets a setting.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="value">The value; null goes back to the default.</param>
    void WriteSetting(string name, string? value);

    /// <summary>Makes <see cref="IStoreReader.AccessMark"/> grow.</summary>
    void ChangeAccess();

    /// <summary>Adds or replaces an account, by its id.</summary>
    /// <param name="account">The account.</param>
    void WriteAccount(AccountState account);

    /// <summary>Removes an account.</summary>
    /// <param name="id">Its id.</param>
    void DeleteAccount(Guid id);

    /// <summary>Adds or replaces a session, by its id.</summary>
    /// <param name="session">The session.</param>
    void WriteSession(SessionEntry session);

    /// <summary>Removes a session.</summary>
    /// <param name="id">Its id; one that is gone does not matter.</param>
    void DeleteSession(Guid id);

    /// <summary>Appends an entry to the audit trail.</summary>
    /// <param name="entry">The entry, whose number follows the last one's.</param>
    void AppendAuditEntry(AuditEntry entry);

    /// <summary>Makes everything written so far durable and visible. The writer can only be disposed afterwards.</summary>
    /// <exception cref="PatientToolsException"><c>StoreFull</c>, <c>StoreUnavailable</c>: then nothing was written.</exception>
    void Commit();
}
