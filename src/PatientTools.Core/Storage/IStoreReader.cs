using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Index;

namespace PatientTools.Storage;

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

    /// <summary>The store's epoch in this snapshot: another one than <see cref="StoreIdentity.Epoch"/> when a backup has been restored over the store since it was opened.</summary>
    Guid Epoch { get; }

    /// <summary>Reads what the counters of <see cref="IStoreWriter.DrawNumber"/> stand at, the store's own ones included (sequence, access mark, keys).</summary>
    /// <returns>Number by name.</returns>
    IReadOnlyDictionary<string, long> ReadCounters();

    /// <summary>Counts what the store holds.</summary>
    /// <returns>The counts.</returns>
    StoreTotals ReadTotals();

    /// <summary>Reads the present states of the patients that were written after a sequence.</summary>
    /// <param name="sequence">The sequence; 0 for all.</param>
    /// <returns>The states, removed patients included, by ascending keys, while they are enumerated.</returns>
    IEnumerable<PatientState> ReadPatientsSince(long sequence);

    /// <summary>Reads older states of patients that were written after a sequence.</summary>
    /// <param name="sequence">The sequence; 0 for all.</param>
    /// <returns>The states by ascending keys and versions, while they are enumerated.</returns>
    IEnumerable<PatientState> ReadPatientVersionsSince(long sequence);

    /// <summary>Reads the present states of entries of records that were written after a sequence.</summary>
    /// <param name="sequence">The sequence; 0 for all.</param>
    /// <returns>The states, removed entries included, by ascending keys of the entries, while they are enumerated.</returns>
    IEnumerable<RecordState> ReadRecordsSince(long sequence);

    /// <summary>Reads older states of entries of records that were written after a sequence.</summary>
    /// <param name="sequence">The sequence; 0 for all.</param>
    /// <returns>The states by ascending keys and versions, while they are enumerated.</returns>
    IEnumerable<RecordState> ReadRecordVersionsSince(long sequence);

    /// <summary>Reads the marks of patients that were purged after a sequence.</summary>
    /// <param name="sequence">The sequence; 0 for all.</param>
    /// <returns>The marks by ascending sequences.</returns>
    IReadOnlyList<PurgeMark> ReadPurgesSince(long sequence);

    /// <summary>Reads at which sequences a patient and the entries of its record were written, of all their states.</summary>
    /// <param name="key">The patient's key.</param>
    /// <returns>The sequences, ascending.</returns>
    IReadOnlyList<long> ReadSequencesOf(long key);

    /// <summary>Reads where copies of the store are known to be.</summary>
    /// <returns>The places, the newest first.</returns>
    IReadOnlyList<StorePlace> ReadPlaces();
}
