using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Writes in the one write transaction there is.</summary>
internal sealed class StoreWriter : StoreReader, IStoreWriter
{
    private static readonly StatementText BeginText = new("BEGIN IMMEDIATE");
    private static readonly StatementText CommitText = new("COMMIT");
    private static readonly StatementText BeginItemText = new("SAVEPOINT item");
    private static readonly StatementText EndItemText = new("RELEASE item");
    private static readonly StatementText UndoItemText = new("ROLLBACK TO item");
    private static readonly StatementText WriteCounterText = new("INSERT OR REPLACE INTO counter(name, value) VALUES(?1, ?2)");
    private static readonly StatementText WriteSettingText = new("INSERT OR REPLACE INTO setting(name, value) VALUES(?1, ?2)");
    private static readonly StatementText DeleteSettingText = new("DELETE FROM setting WHERE name = ?1");
    private static readonly StatementText ClearSearchEntriesText = new("DELETE FROM search_entry");
    private readonly Dictionary<string, long> _counters = new(StringComparer.Ordinal);
    private readonly SearchEntryBuffer _entries;
    private readonly PatientWrites _patients;
    private readonly PurgedPatients _purged;
    private readonly Action<StoreConnection> _end;
    private bool _committed;
    private bool _inItem;

    private StoreWriter(SqlitePatientStore store, StoreConnection connection, Action<StoreConnection> end)
        : base(store, connection)
    {
        _end = end;
        _entries = new SearchEntryBuffer(connection);
        _patients = new PatientWrites(connection);
        _purged = new PurgedPatients(connection, _entries);
    }

    /// <inheritdoc/>
    public override long Sequence => Counter(StoreSchema.Counters.Sequence);

    /// <inheritdoc/>
    public override long AccessMark => Counter(StoreSchema.Counters.Access);

    /// <inheritdoc/>
    private protected override long LastKey => Counter(StoreSchema.Counters.Patient);

    /// <summary>Begins the transaction on the store's writing connection.</summary>
    public static new StoreWriter Begin(SqlitePatientStore store, StoreConnection connection)
    {
        using (var begin = connection.Rent(BeginText))
        {
            begin.Run();
        }

        return new StoreWriter(store, connection, store.EndWrite);
    }

    /// <summary>Goes on in a transaction that somebody else has begun, and ends unless it is committed.</summary>
    public static StoreWriter Continue(SqlitePatientStore store, StoreConnection connection) =>
        new(store, connection, static connection => connection.Rollback());

    /// <summary>Whether everything was made durable.</summary>
    public bool IsCommitted => _committed;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, long> ReadCounters()
    {
        var counters = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, value) in base.ReadCounters().Concat(_counters.Where(counter => counter.Value > 0)))
        {
            counters[name] = value;
        }

        return counters;
    }

    /// <inheritdoc/>
    public long NextSequence() => DrawNumber(StoreSchema.Counters.Sequence);

    /// <inheritdoc/>
    public long DrawNumber(string counter)
    {
        Use();
        return _counters[counter] = Counter(counter) + 1;
    }

    /// <summary>Sets what a counter stands at.</summary>
    internal void SetCounter(string name, long value) => _counters[name] = value;

    /// <inheritdoc/>
    public void RunItem(Action item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (_inItem)
        {
            throw new InvalidOperationException("Items of a batch do not nest.");
        }

        Run(BeginItemText);
        _entries.BeginItem();
        var purged = _purged.Mark;
        _inItem = true;
        try
        {
            item();
            Run(EndItemText);
            _entries.EndItem();
        }
        catch
        {
            _entries.UndoItem();
            _purged.Undo(purged);
            if (Connection.InTransaction)
            {
                Run(UndoItemText);
                Run(EndItemText);
            }

            throw;
        }
        finally
        {
            _inItem = false;
        }
    }

    /// <inheritdoc/>
    public long InsertPatient(PatientState state, IReadOnlyList<SearchEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(entries);
        Use();
        CheckMrns(entries, owner: 0);
        var key = DrawNumber(StoreSchema.Counters.Patient);
        if (!_patients.TryInsert(key, state))
        {
            throw StoreConflicts.SourceIdInUse(
                state.Stamp, _patients.IdOf(FindKey(state.Stamp.Source!, state.Stamp.SourceId!) ?? 0));
        }

        AddSearchEntries(key, entries);
        return key;
    }

    /// <inheritdoc/>
    public void UpdatePatient(PatientState old, IReadOnlyList<SearchEntry> oldEntries, PatientState state, IReadOnlyList<SearchEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(oldEntries);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(entries);
        Use();
        var key = old.Stamp.Key;
        CheckMrns(entries, key);
        _patients.Update(state with { Stamp = state.Stamp with { Key = key } });
        ChangeEntries(key, oldEntries, without: entries, isRemoval: true);
        ChangeEntries(key, entries, without: oldEntries, isRemoval: false);
    }

    /// <inheritdoc/>
    public void PurgePatient(long key, PurgeMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        RecordRows.Erase(Use(), key);
        _patients.Erase(key);
        _purged.Add(key);
        CopyRows.Write(Connection, mark);
    }

    /// <inheritdoc/>
    public void DeletePurge(PatientId id) => CopyRows.DeletePurge(Use(), id);

    /// <inheritdoc/>
    public void WritePlace(StorePlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        CopyRows.Write(Use(), place);
    }

    /// <inheritdoc/>
    public void DeletePlace(string path) => CopyRows.DeletePlace(Use(), path);

    /// <inheritdoc/>
    public RecordState? FindRecord(long patientKey, string resourceType, string entryId) =>
        RecordRows.Find(Use(), patientKey, resourceType, entryId);

    /// <inheritdoc/>
    public long InsertRecord(RecordState entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var key = DrawNumber(StoreSchema.Counters.Record);
        RecordRows.Insert(Connection, key, entry);
        return key;
    }

    /// <inheritdoc/>
    public void UpdateRecord(RecordState old, RecordState entry)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(entry);
        RecordRows.Update(Use(), entry with { Key = old.Key });
    }

    /// <inheritdoc/>
    public void ClearSearchEntries()
    {
        BeforeSearch();
        Run(ClearSearchEntriesText);
    }

    /// <inheritdoc/>
    public void AddSearchEntries(long key, IReadOnlyList<SearchEntry> entries) => ChangeEntries(key, entries, without: [], isRemoval: false);

    /// <inheritdoc/>
    public void RemoveSearchEntries(long key, IReadOnlyList<SearchEntry> entries) => ChangeEntries(key, entries, without: [], isRemoval: true);

    /// <inheritdoc/>
    public void WriteSetting(string name, string? value)
    {
        using var statement = Use().Rent(value is null ? DeleteSettingText : WriteSettingText);
        statement.Bind(1, name);
        (value is null ? statement : statement.Bind(2, value)).Run();
    }

    /// <inheritdoc/>
    public void ChangeAccess() => DrawNumber(StoreSchema.Counters.Access);

    /// <inheritdoc/>
    public void WriteAccount(AccountState account)
    {
        ArgumentNullException.ThrowIfNull(account);
        AccountRows.Write(Use(), account);
    }

    /// <inheritdoc/>
    public void DeleteAccount(Guid id) => AccountRows.DeleteAccount(Use(), id);

    /// <inheritdoc/>
    public void WriteSession(SessionEntry session)
    {
        ArgumentNullException.ThrowIfNull(session);
        AccountRows.Write(Use(), session);
    }

    /// <inheritdoc/>
    public void DeleteSession(Guid id) => AccountRows.DeleteSession(Use(), id);

    /// <inheritdoc/>
    public void AppendAuditEntry(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        AuditRows.Append(Use(), entry);
    }

    /// <summary>Writes something the store says of itself.</summary>
    internal void WriteFact(string name, string value) => StoreSchema.WriteFact(Use(), name, value);

    /// <inheritdoc/>
    public void Commit()
    {
        BeforeSearch();
        using (var write = Connection.Rent(WriteCounterText))
        {
            foreach (var (name, value) in _counters)
            {
                write.Bind(1, name).Bind(2, value).Run();
            }
        }

        Run(CommitText);
        _committed = true;
    }

    /// <inheritdoc/>
    private protected override void End() => _end(Connection);

    /// <inheritdoc/>
    private protected override void BeforeSearch()
    {
        Use();
        _entries.Write();
        _purged.EraseSearchEntries();
    }

    /// <inheritdoc/>
    private protected override StoreConnection Use()
    {
        base.Use();
        if (_committed)
        {
            throw new InvalidOperationException("The writer has been committed; begin another one.");
        }

        // A full disk or a failing one makes SQLite undo the whole transaction; what came then would stand alone.
        return Connection.InTransaction ? Connection : throw StoreErrors.Undone(Connection.Path);
    }

    private long Counter(string name)
    {
        if (!_counters.TryGetValue(name, out var value))
        {
            _counters[name] = value = ReadCounter(Connection, name);
        }

        return value;
    }

    private void Run(StatementText text)
    {
        using var statement = Use().Rent(text);
        statement.Run();
    }

    /// <summary>Adds or removes those entries that are not among some others.</summary>
    private void ChangeEntries(long key, IReadOnlyList<SearchEntry> entries, IReadOnlyList<SearchEntry> without, bool isRemoval)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Use();
        for (var i = 0; i < entries.Count; i++)
        {
            // What stays mostly stands in the same place.
            if ((i >= without.Count || entries[i] != without[i]) && !without.Contains(entries[i]))
            {
                _entries.Change(key, entries[i], isRemoval);
            }
        }
    }

    private void CheckMrns(IReadOnlyList<SearchEntry> entries, long owner)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is { Kind: SearchEntryKind.Mrn, Term: { Length: > 0 } term }
                && _entries.FindHolderOfMrn(term, key => key != owner && !_purged.Contains(key)) is { } holder)
            {
                throw StoreConflicts.MrnInUse(term, _patients.IdOf(holder));
            }
        }
    }
}
