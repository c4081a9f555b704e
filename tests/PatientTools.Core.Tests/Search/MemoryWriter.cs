using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Search;

/// <summary>A store of one patient in memory: what a transaction does to search entries, without a database.</summary>
internal sealed class MemoryWriter : IStoreWriter
{
    private readonly List<RecordState> _record = [];
    private PatientState? _state;

    /// <summary>The entries there are.</summary>
    public HashSet<SearchEntry> Entries { get; } = [];

    public long Sequence { get; private set; }

    public long NextSequence() => ++Sequence;

    public long? FindKey(PatientId id) => _state?.Stamp.Id == id ? 1 : null;

    public long? FindKey(string source, string sourceId) => _state?.Stamp.SourceId == sourceId ? 1 : null;

    public PatientState? ReadState(long key) => _state;

    public long InsertPatient(PatientState state, IReadOnlyList<SearchEntry> entries)
    {
        _state = state with { Stamp = state.Stamp with { Key = 1 } };
        Entries.UnionWith(entries);
        return 1;
    }

    public void UpdatePatient(PatientState old, IReadOnlyList<SearchEntry> oldEntries, PatientState state, IReadOnlyList<SearchEntry> entries)
    {
        _state = state;
        Entries.ExceptWith(oldEntries);
        Entries.UnionWith(entries);
    }

    public RecordState? FindRecord(long patientKey, string resourceType, string entryId) =>
        _record.Find(entry => entry.ResourceType == resourceType && entry.EntryId == entryId);

    public long InsertRecord(RecordState entry)
    {
        _record.Add(entry with { Key = _record.Count + 1 });
        return _record.Count;
    }

    public void UpdateRecord(RecordState old, RecordState entry) => _record[(int)old.Key - 1] = entry;

    public IEnumerable<RecordState> ReadRecord(long key) => _record.Where(entry => !entry.IsRemoved);

    public IReadOnlyList<RecordState> ReadSearchableRecord(long key) => [.. ReadRecord(key).Where(entry => SearchEntries.RecordTypes.Contains(entry.ResourceType))];

    public void AddSearchEntries(long key, IReadOnlyList<SearchEntry> entries) => Entries.UnionWith(entries);

    public void RemoveSearchEntries(long key, IReadOnlyList<SearchEntry> entries) => Entries.ExceptWith(entries);

    public void RunItem(Action item) => item();

    public void Dispose()
    {
    }

    public void Commit() => throw new NotSupportedException();

    public long DrawNumber(string counter) => throw new NotSupportedException();

    public void PurgePatient(long key, PurgeMark mark) => throw new NotSupportedException();

    public void DeletePurge(PatientId id) => throw new NotSupportedException();

    public void WritePlace(StorePlace place) => throw new NotSupportedException();

    public void DeletePlace(string path) => throw new NotSupportedException();

    public Guid Epoch => throw new NotSupportedException();

    public IReadOnlyDictionary<string, long> ReadCounters() => throw new NotSupportedException();

    public StoreTotals ReadTotals() => throw new NotSupportedException();

    public IEnumerable<PatientState> ReadPatientsSince(long sequence) => throw new NotSupportedException();

    public IEnumerable<PatientState> ReadPatientVersionsSince(long sequence) => throw new NotSupportedException();

    public IEnumerable<RecordState> ReadRecordsSince(long sequence) => throw new NotSupportedException();

    public IEnumerable<RecordState> ReadRecordVersionsSince(long sequence) => throw new NotSupportedException();

    public IReadOnlyList<PurgeMark> ReadPurgesSince(long sequence) => throw new NotSupportedException();

    public IReadOnlyList<long> ReadSequencesOf(long key) => throw new NotSupportedException();

    public IReadOnlyList<StorePlace> ReadPlaces() => throw new NotSupportedException();

    public void ClearSearchEntries() => throw new NotSupportedException();

    public void WriteSetting(string name, string? value) => throw new NotSupportedException();

    public void VisitEntries(SearchEntryKind kind, TermRange range, bool descending, SegmentVisitor visit, CancellationToken cancellation) => throw new NotSupportedException();

    public void VisitNumbers(PatientColumn column, long from, long to, bool descending, Func<long, long, bool> visit, CancellationToken cancellation) => throw new NotSupportedException();

    public void VisitIds(PatientColumn column, Func<long, string, bool> visit, CancellationToken cancellation) => throw new NotSupportedException();

    public IReadOnlyList<long> ReadKeysWrittenAfter(long sequence) => throw new NotSupportedException();

    public PatientState? ReadState(long key, long asOf) => throw new NotSupportedException();

    public IReadOnlyList<RecordState> ReadRecord(long key, long asOf) => throw new NotSupportedException();

    public IEnumerable<PatientState> ReadStates(IReadOnlyList<long> keys) => throw new NotSupportedException();

    public IReadOnlyList<Patient> ReadPatients(ReadOnlySpan<long> keys, long? asOf, DateOnly today) => throw new NotSupportedException();

    public IReadOnlyList<PatientState> ReadVersions(long key) => throw new NotSupportedException();

    public IReadOnlyList<PatientState> ReadStates(long afterKey, int count) => throw new NotSupportedException();

    public IEnumerable<StoredSearchEntry> ReadSearchEntries() => throw new NotSupportedException();

    public IReadOnlyDictionary<string, string> ReadSettings() => throw new NotSupportedException();

    public long AccessMark => throw new NotSupportedException();

    public AccountState? FindAccount(string key) => throw new NotSupportedException();

    public IReadOnlyList<AccountState> ReadAccounts() => throw new NotSupportedException();

    public SessionEntry? FindSession(Guid id) => throw new NotSupportedException();

    public IReadOnlyList<SessionEntry> ReadSessions() => throw new NotSupportedException();

    public AuditEntry? ReadLastAuditEntry() => throw new NotSupportedException();

    public IReadOnlyList<AuditEntry> ReadAuditEntries(long after, int most) => throw new NotSupportedException();

    public IReadOnlyList<AuditEntry> ReadContinuations(long first) => throw new NotSupportedException();

    public IReadOnlyList<AuditEntry> ReadAuditEntries(IReadOnlyList<long> numbers) => throw new NotSupportedException();

    public AuditEventPlan PlanAuditEvents(AuditQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public IReadOnlyList<AuditEntry> ReadAuditEvents(AuditQuery query, long after, long before, int most, bool descending) => throw new NotSupportedException();

    public IReadOnlyList<long> ReadAuditEventsOf(PatientId patient, CancellationToken cancellation) => throw new NotSupportedException();

    public void ChangeAccess() => throw new NotSupportedException();

    public void WriteAccount(AccountState account) => throw new NotSupportedException();

    public void DeleteAccount(Guid id) => throw new NotSupportedException();

    public void WriteSession(SessionEntry session) => throw new NotSupportedException();

    public void DeleteSession(Guid id) => throw new NotSupportedException();

    public void AppendAuditEntry(AuditEntry entry) => throw new NotSupportedException();
}
