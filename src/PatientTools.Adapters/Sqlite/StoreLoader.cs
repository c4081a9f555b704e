using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Auditing;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Fills a file under a name that nobody knows yet.</summary>
/// <remarks>
/// What is refused is refused before anything of it is written: there is no journal to undo it with. Memory stays flat: what
/// grows with the store are the hashes of medical record numbers, some 30 bytes each.
/// </remarks>
internal sealed class StoreLoader : IStoreLoader, IDisposable
{
    private static readonly StatementText HasPatient = new("SELECT 1 FROM patient WHERE key = ?1");
    private static readonly StatementText HasRecord = new("SELECT 1 FROM record WHERE key = ?1");
    private static readonly StatementText KeyOfSource = new("SELECT key FROM patient WHERE source = ?1 AND source_id = ?2");
    private static readonly StatementText WriteCounterText = new("INSERT OR REPLACE INTO counter(name, value) VALUES(?1, ?2)");
    private static readonly StatementText WriteSettingText = new("INSERT OR REPLACE INTO setting(name, value) VALUES(?1, ?2)");
    private readonly Dictionary<ulong, long> _mrnHolders = [];
    private readonly StoreConnection _connection;
    private readonly PatientWrites _patients;
    private readonly SearchEntryRuns _entries;

    /// <summary>Begins to fill.</summary>
    /// <param name="connection">A connection to the empty file; stays the caller's.</param>
    /// <param name="identity">Who the store is.</param>
    public StoreLoader(StoreConnection connection, StoreIdentity identity)
    {
        _connection = connection;
        _patients = new PatientWrites(connection);
        connection.Execute("BEGIN;" + StoreSchema.Tables + StoreSchema.Marks);
        StoreSchema.WriteIdentity(connection, identity);
        _entries = new SearchEntryRuns(connection.Path + "-runs");
    }

    /// <inheritdoc/>
    /// <exception cref="ConflictException">Also <c>PatientExists</c>.</exception>
    public void AddPatient(PatientState state, IReadOnlyList<SearchEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(entries);
        var key = state.Stamp.Key;
        RefuseConflicts(state, entries);
        if (!_patients.TryInsert(key, state))
        {
            throw StoreConflicts.PatientExists(state.Stamp.Id);
        }

        foreach (var entry in entries)
        {
            if (IsMrn(entry))
            {
                _mrnHolders.TryAdd(Hash(entry.Term), key);
            }

            _entries.Add(key, entry);
        }
    }

    /// <inheritdoc/>
    public bool AddPatientVersion(PatientState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!Has(HasPatient, state.Stamp.Key))
        {
            return false;
        }

        _patients.InsertVersion(state);
        return true;
    }

    /// <inheritdoc/>
    public bool AddRecord(RecordState state, IReadOnlyList<SearchEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(entries);
        if (!Has(HasPatient, state.PatientKey))
        {
            return false;
        }

        RecordRows.Insert(_connection, state.Key, state);
        foreach (var entry in entries)
        {
            _entries.Add(state.PatientKey, entry);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool AddRecordVersion(RecordState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!Has(HasRecord, state.Key))
        {
            return false;
        }

        RecordRows.InsertVersion(_connection, state);
        return true;
    }

    /// <inheritdoc/>
    public void AddPurge(PurgeMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        CopyRows.Write(_connection, mark);
    }

    /// <inheritdoc/>
    public void AddAccount(AccountState account)
    {
        ArgumentNullException.ThrowIfNull(account);
        AccountRows.Write(_connection, account);
    }

    /// <inheritdoc/>
    public void AddSetting(string name, string value)
    {
        using var statement = _connection.Rent(WriteSettingText);
        statement.Bind(1, name).Bind(2, value).Run();
    }

    /// <inheritdoc/>
    public void AddAuditEntry(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        AuditRows.Append(_connection, entry);
    }

    /// <inheritdoc/>
    public void SetCounter(string name, long value)
    {
        using var statement = _connection.Rent(WriteCounterText);
        statement.Bind(1, name).Bind(2, value).Run();
    }

    /// <inheritdoc/>
    public void SetSequence(long value) => SetCounter(StoreSchema.Counters.Sequence, value);

    /// <summary>Writes the search entries and makes the file a store as any other.</summary>
    public void Finish()
    {
        _entries.WriteTo(_connection);
        _connection.Execute("COMMIT; PRAGMA locking_mode = NORMAL; PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL;");
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private static bool IsMrn(SearchEntry entry) => entry is { Kind: SearchEntryKind.Mrn, Term.Length: > 0 };

    private static ulong Hash(string term)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(term), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private bool Has(StatementText text, long key)
    {
        using var statement = _connection.Rent(text);
        return statement.Bind(1, key).Step();
    }

    private void RefuseConflicts(PatientState state, IReadOnlyList<SearchEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            // That hashes are equal proves nothing: the other one's document does.
            if (IsMrn(entries[i]) && _mrnHolders.TryGetValue(Hash(entries[i].Term), out var holder)
                && PatientRows.ReadState(_connection, holder) is { } other && SearchEntries.Of(other, []).Contains(entries[i]))
            {
                throw StoreConflicts.MrnInUse(entries[i].Term, other.Stamp.Id);
            }
        }

        if (state.Stamp.SourceId is { } sourceId)
        {
            using var statement = _connection.Rent(KeyOfSource);
            if (statement.Bind(1, state.Stamp.Source).Bind(2, sourceId).Step())
            {
                throw StoreConflicts.SourceIdInUse(state.Stamp, _patients.IdOf(statement.Int64(0)));
            }
        }
    }
}
