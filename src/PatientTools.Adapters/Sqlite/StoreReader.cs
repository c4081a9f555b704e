using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Reads from the snapshot of one connection's transaction.</summary>
internal class StoreReader : IStoreReader
{
    private static readonly StatementText BeginText = new("BEGIN");
    private static readonly StatementText KeyOfId = new("SELECT key FROM patient WHERE id = ?1");
    private static readonly StatementText KeyOfSource = new("SELECT key FROM patient WHERE source = ?1 AND source_id = ?2");
    private static readonly StatementText SettingsText = new("SELECT name, value FROM setting ORDER BY name");
    private static readonly StatementText CountersText = new("SELECT name, value FROM counter");
    private static readonly StatementText CounterText = new("SELECT value FROM counter WHERE name = ?1");

    /// <summary>One statement for both: it is the first of every snapshot.</summary>
    private static readonly StatementText MarksText = new(
        $"""
        SELECT (SELECT value FROM counter WHERE name = '{StoreSchema.Counters.Sequence}'),
            (SELECT value FROM counter WHERE name = '{StoreSchema.Counters.Access}')
        """);

    private readonly SqlitePatientStore _store;
    private long? _lastKey;
    private bool _disposed;

    protected StoreReader(SqlitePatientStore store, StoreConnection connection)
    {
        _store = store;
        Connection = connection;
    }

    /// <inheritdoc/>
    public virtual long Sequence { get; private protected set; }

    /// <inheritdoc/>
    public virtual long AccessMark { get; private protected set; }

    /// <summary>The last key of a patient that was drawn.</summary>
    private protected virtual long LastKey => _lastKey ??= ReadCounter(Connection, StoreSchema.Counters.Patient);

    private protected StoreConnection Connection { get; }

    private protected SqlitePatientStore Store => _store;

    /// <summary>Begins a snapshot on a connection that is in no transaction.</summary>
    public static StoreReader Begin(SqlitePatientStore store, StoreConnection connection)
    {
        using (var begin = connection.Rent(BeginText))
        {
            begin.Run();
        }

        // The snapshot begins with the first read, not with BEGIN.
        using var marks = connection.Rent(MarksText);
        marks.Step();
        return new StoreReader(store, connection) { Sequence = marks.Int64(0), AccessMark = marks.Int64(1) };
    }

    /// <inheritdoc/>
    public AccountState? FindAccount(string key) => AccountRows.FindAccount(Use(), key);

    /// <inheritdoc/>
    public IReadOnlyList<AccountState> ReadAccounts() => AccountRows.ReadAccounts(Use());

    /// <inheritdoc/>
    public SessionEntry? FindSession(Guid id) => AccountRows.FindSession(Use(), id);

    /// <inheritdoc/>
    public IReadOnlyList<SessionEntry> ReadSessions() => AccountRows.ReadSessions(Use());

    /// <inheritdoc/>
    public AuditEntry? ReadLastAuditEntry() => AuditRows.ReadLast(Use());

    /// <inheritdoc/>
    public IReadOnlyList<AuditEntry> ReadAuditEntries(long after, int most) => AuditRows.Read(Use(), after, most);

    /// <inheritdoc/>
    public IReadOnlyList<AuditEntry> ReadContinuations(long first) => AuditRows.ReadContinuations(Use(), first);

    /// <inheritdoc/>
    public AuditEventPlan PlanAuditEvents(AuditQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new AuditEventSelection(Use(), query).Plan(cancellation);
    }

    /// <inheritdoc/>
    public IReadOnlyList<AuditEntry> ReadAuditEvents(AuditQuery query, long after, long before, int most, bool descending)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new AuditEventSelection(Use(), query).Read(after, before, most, descending);
    }

    /// <inheritdoc/>
    public IReadOnlyList<AuditEntry> ReadAuditEntries(IReadOnlyList<long> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return AuditRows.Read(Use(), numbers);
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> ReadAuditEventsOf(PatientId patient, CancellationToken cancellation) => AuditRows.FindEventsOf(Use(), patient, cancellation);

    /// <inheritdoc/>
    public long? FindKey(PatientId id)
    {
        using var statement = Use().Rent(KeyOfId);
        return statement.Bind(1, id.Value).Step() ? statement.Int64(0) : null;
    }

    /// <inheritdoc/>
    public long? FindKey(string source, string sourceId)
    {
        using var statement = Use().Rent(KeyOfSource);
        return statement.Bind(1, source).Bind(2, sourceId).Step() ? statement.Int64(0) : null;
    }

    /// <inheritdoc/>
    public void VisitEntries(SearchEntryKind kind, TermRange range, bool descending, SegmentVisitor visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(visit);
        BeforeSearch();
        var last = LastKey;
        SegmentRows.Visit(
            Use(),
            kind,
            range,
            descending,
            (term, first, gaps) => KeySegment.IsWithin(first, gaps, last) ? visit(term, first, gaps) : throw StoreErrors.IsDamaged(Connection.Path),
            cancellation);
    }

    /// <inheritdoc/>
    public void VisitNumbers(PatientColumn column, long from, long to, bool descending, Func<long, long, bool> visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visit);
        PatientKeys.VisitNumbers(Use(), column, from, to, descending, visit, cancellation);
    }

    /// <inheritdoc/>
    public void VisitIds(PatientColumn column, Func<long, string, bool> visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visit);
        PatientKeys.VisitIds(Use(), column, visit, cancellation);
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> ReadKeysWrittenAfter(long sequence) => PatientKeys.WrittenAfter(Use(), sequence);

    /// <inheritdoc/>
    public IReadOnlyList<Patient> ReadPatients(ReadOnlySpan<long> keys, long? asOf, DateOnly today) =>
        PatientRows.ReadPatients(Use(), keys, asOf, today);

    /// <inheritdoc/>
    public PatientState? ReadState(long key) => PatientRows.ReadState(Use(), key);

    /// <inheritdoc/>
    public PatientState? ReadState(long key, long asOf) => PatientRows.ReadState(Use(), key, asOf);

    /// <inheritdoc/>
    public IEnumerable<PatientState> ReadStates(IReadOnlyList<long> keys)
    {
        foreach (var state in PatientRows.ReadStates(Use(), keys))
        {
            yield return state;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PatientState> ReadVersions(long key) => PatientRows.ReadVersions(Use(), key);

    /// <inheritdoc/>
    public IReadOnlyList<PatientState> ReadStates(long afterKey, int count) => PatientRows.ReadStates(Use(), afterKey, count);

    /// <inheritdoc/>
    public IEnumerable<RecordState> ReadRecord(long key)
    {
        foreach (var entry in RecordRows.Read(Use(), key))
        {
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RecordState> ReadRecord(long key, long asOf) => RecordRows.Read(Use(), key, asOf);

    /// <inheritdoc/>
    public IReadOnlyList<RecordState> ReadSearchableRecord(long key) => RecordRows.ReadSearchable(Use(), key);

    /// <inheritdoc/>
    public IEnumerable<StoredSearchEntry> ReadSearchEntries()
    {
        BeforeSearch();
        foreach (var entry in SegmentRows.ReadAll(Use(), LastKey))
        {
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ReadSettings()
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var statement = Use().Rent(SettingsText);
        while (statement.Step())
        {
            settings.Add(statement.String(0)!, statement.String(1)!);
        }

        return settings;
    }

    /// <inheritdoc/>
    public Guid Epoch => Guid.TryParse(ReadFact(StoreSchema.Facts.Epoch), out var epoch) ? epoch : throw StoreErrors.IsDamaged(Connection.Path);

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, long> ReadCounters()
    {
        var counters = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var statement = Use().Rent(CountersText);
        while (statement.Step())
        {
            counters.Add(statement.String(0)!, statement.Int64(1));
        }

        return counters;
    }

    /// <inheritdoc/>
    public StoreTotals ReadTotals()
    {
        BeforeSearch();
        return StoreUpkeep.ReadTotals(Use());
    }

    /// <inheritdoc/>
    public IEnumerable<PatientState> ReadPatientsSince(long sequence) => InUse(PatientRows.ReadSince(Use(), sequence));

    /// <inheritdoc/>
    public IEnumerable<PatientState> ReadPatientVersionsSince(long sequence) => InUse(PatientRows.ReadVersionsSince(Use(), sequence));

    /// <inheritdoc/>
    public IEnumerable<RecordState> ReadRecordsSince(long sequence) => InUse(RecordRows.ReadSince(Use(), sequence));

    /// <inheritdoc/>
    public IEnumerable<RecordState> ReadRecordVersionsSince(long sequence) => InUse(RecordRows.ReadVersionsSince(Use(), sequence));

    /// <inheritdoc/>
    public IReadOnlyList<PurgeMark> ReadPurgesSince(long sequence) => CopyRows.ReadPurges(Use(), sequence);

    /// <inheritdoc/>
    public IReadOnlyList<long> ReadSequencesOf(long key) => PatientKeys.SequencesOf(Use(), key);

    /// <inheritdoc/>
    public IReadOnlyList<StorePlace> ReadPlaces() => CopyRows.ReadPlaces(Use());

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            End();
        }
    }

    /// <summary>Reads something the store says of itself.</summary>
    internal string? ReadFact(string name) => StoreSchema.ReadFact(Use(), name);

    private protected static long ReadCounter(StoreConnection connection, string name)
    {
        using var statement = connection.Rent(CounterText);
        return statement.Bind(1, name).Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Gives the connection back.</summary>
    private protected virtual void End() => _store.EndRead(Connection);

    /// <summary>Makes sure that a search sees everything written before it.</summary>
    private protected virtual void BeforeSearch()
    {
    }

    /// <summary>Hands rows on while the snapshot is there.</summary>
    private IEnumerable<T> InUse<T>(IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            Use();
            yield return row;
        }
    }

    /// <summary>The connection, while there is a transaction on it.</summary>
    private protected virtual StoreConnection Use()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Connection;
    }
}
