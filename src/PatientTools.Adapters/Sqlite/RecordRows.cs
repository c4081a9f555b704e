using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Reads and writes rows of patients' records and their old versions.</summary>
internal static class RecordRows
{
    private const string Columns =
        "key, patient, resource_type, entry_id, full_url, version, sequence, modified, removed, code, date, json";

    private const string VersionColumns =
        """
        SELECT r.key, r.patient, r.resource_type, r.entry_id, v.full_url, v.version, v.sequence, v.modified, v.removed,
            v.code, v.date, v.json
        """;

    private static readonly StatementText OfPatient = new($"SELECT {Columns} FROM record WHERE patient = ?1 AND removed = 0 ORDER BY key");

    private static readonly StatementText AllOfPatient = new($"SELECT {Columns} FROM record WHERE patient = ?1 ORDER BY key");

    private static readonly StatementText SearchableOfPatient = new(
        $"""
        SELECT {Columns} FROM record
        WHERE patient = ?1 AND resource_type IN ({string.Join(", ", SearchEntries.RecordTypes.Select(type => $"'{type}'"))}) AND removed = 0
        ORDER BY key
        """);

    private static readonly StatementText VersionAsOf =
        new($"""
            {VersionColumns}
            FROM record r JOIN record_version v ON v.record = r.key
            WHERE r.key = ?1 AND v.sequence <= ?2 ORDER BY v.version DESC LIMIT 1
            """);

    private static readonly StatementText ByKey = new($"SELECT {Columns} FROM record WHERE key = ?1");
    private static readonly StatementText AllText = new($"SELECT {Columns} FROM record ORDER BY key");
    private static readonly StatementText KeysSince = new("SELECT key FROM record INDEXED BY record_sequence WHERE sequence > ?1");

    private static readonly StatementText AllVersions = new(
        $"{VersionColumns} FROM record_version v INDEXED BY record_version_of CROSS JOIN record r ON r.key = v.record ORDER BY v.record, v.version");

    private static readonly StatementText VersionsSince = new(
        $"{VersionColumns} FROM record r CROSS JOIN record_version v ON v.record = r.key WHERE r.key = ?1 AND v.sequence > ?2 ORDER BY v.version");

    private static readonly StatementText ByEntry =
        new($"SELECT {Columns} FROM record WHERE patient = ?1 AND resource_type = ?2 AND entry_id = ?3");

    private static readonly StatementText InsertText =
        new($"INSERT INTO record({Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");

    private static readonly StatementText InsertVersionText = new(
        """
        INSERT INTO record_version(record, version, full_url, sequence, modified, removed, code, date, json)
        VALUES(?1, ?3, ?2, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    private static readonly StatementText KeepText =
        new("""
            INSERT INTO record_version(record, version, full_url, sequence, modified, removed, code, date, json)
            SELECT key, version, full_url, sequence, modified, removed, code, date, json FROM record WHERE key = ?1
            """);

    private static readonly StatementText UpdateText =
        new("""
            UPDATE record SET full_url = ?2, version = ?3, sequence = ?4, modified = ?5, removed = ?6, code = ?7, date = ?8, json = ?9
            WHERE key = ?1
            """);

    private static readonly StatementText Keys = new("SELECT key FROM record WHERE patient = ?1");
    private static readonly StatementText EraseVersions = new("DELETE FROM record_version WHERE record = ?1");
    private static readonly StatementText EraseRecord = new("DELETE FROM record WHERE key = ?1");

    public static IEnumerable<RecordState> Read(StoreConnection connection, long patient)
    {
        using var statement = connection.Rent(OfPatient);
        statement.Bind(1, patient);
        while (statement.Step())
        {
            yield return State(connection, statement);
        }
    }

    /// <summary>Reads a patient's record as it was at a sequence.</summary>
    public static List<RecordState> Read(StoreConnection connection, long patient, long asOf)
    {
        var record = new List<RecordState>();
        using var present = connection.Rent(AllOfPatient);
        using var older = connection.Rent(VersionAsOf);
        present.Bind(1, patient);
        while (present.Step())
        {
            var row = present;
            if (present.Int64(6) > asOf)
            {
                older.Reset();
                row = older.Bind(1, present.Int64(0)).Bind(2, asOf).Step() ? older : null;
            }

            if (row?.Bool(8) == false)
            {
                record.Add(State(connection, row));
            }
        }

        return record;
    }

    /// <summary>Reads those present entries of which search entries are made.</summary>
    public static List<RecordState> ReadSearchable(StoreConnection connection, long patient)
    {
        var record = new List<RecordState>();
        using var statement = connection.Rent(SearchableOfPatient);
        statement.Bind(1, patient);
        while (statement.Step())
        {
            record.Add(State(connection, statement));
        }

        return record;
    }

    /// <summary>Reads the present states that were written after a sequence, by their keys.</summary>
    public static IEnumerable<RecordState> ReadSince(StoreConnection connection, long sequence) =>
        ReadSince(connection, sequence, AllText, ByKey);

    /// <summary>Reads the older states that were written after a sequence, by keys and versions. As of patients, the present state leads to them.</summary>
    public static IEnumerable<RecordState> ReadVersionsSince(StoreConnection connection, long sequence) =>
        ReadSince(connection, sequence, AllVersions, VersionsSince);

    public static RecordState? Find(StoreConnection connection, long patient, string resourceType, string entryId)
    {
        using var statement = connection.Rent(ByEntry);
        return statement.Bind(1, patient).Bind(2, resourceType).Bind(3, entryId).Step() ? State(connection, statement) : null;
    }

    public static void Insert(StoreConnection connection, long key, RecordState entry)
    {
        var row = StoredContent.Write(connection, ContentOwner.Record, key, entry.Version, entry.Json.Span);
        using var statement = connection.Rent(InsertText);
        statement.Bind(1, key).Bind(2, entry.PatientKey).Bind(3, entry.ResourceType).Bind(4, entry.EntryId).Bind(5, entry.FullUrl)
            .Bind(6, entry.Version).Bind(7, entry.Sequence).Bind(8, StoredTime.Encode(entry.Modified)).Bind(9, entry.IsRemoved)
            .Bind(10, entry.Code).Bind(11, PatientRows.Encode(entry.Date)).BindBlob(12, row).Run();
    }

    public static void Update(StoreConnection connection, RecordState entry)
    {
        using (var keep = connection.Rent(KeepText))
        {
            keep.Bind(1, entry.Key).Run();
        }

        BindAndRun(connection, UpdateText, entry);
    }

    /// <summary>Writes an older state of an entry that is there.</summary>
    public static void InsertVersion(StoreConnection connection, RecordState entry) => BindAndRun(connection, InsertVersionText, entry);

    private static void BindAndRun(StoreConnection connection, StatementText text, RecordState entry)
    {
        var row = StoredContent.Write(connection, ContentOwner.Record, entry.Key, entry.Version, entry.Json.Span);
        using var statement = connection.Rent(text);
        statement.Bind(1, entry.Key).Bind(2, entry.FullUrl).Bind(3, entry.Version).Bind(4, entry.Sequence)
            .Bind(5, StoredTime.Encode(entry.Modified)).Bind(6, entry.IsRemoved).Bind(7, entry.Code)
            .Bind(8, PatientRows.Encode(entry.Date)).BindBlob(9, row).Run();
    }

    /// <summary>Erases a patient's whole record with its versions.</summary>
    public static void Erase(StoreConnection connection, long patient)
    {
        var keys = new List<long>();
        using (var statement = connection.Rent(Keys))
        {
            statement.Bind(1, patient);
            while (statement.Step())
            {
                keys.Add(statement.Int64(0));
            }
        }

        using var versions = connection.Rent(EraseVersions);
        using var record = connection.Rent(EraseRecord);
        foreach (var key in keys)
        {
            StoredContent.Erase(connection, ContentOwner.Record, key);
            versions.Bind(1, key).Run();
            record.Bind(1, key).Run();
        }
    }

    private static IEnumerable<RecordState> ReadSince(StoreConnection connection, long sequence, StatementText all, StatementText ofKey)
    {
        using var statement = connection.Rent(sequence > 0 ? ofKey : all);
        foreach (var key in sequence > 0 ? PatientRows.ReadKeys(connection, KeysSince, sequence) : [0])
        {
            // Only older states are asked for their sequence, too.
            if (sequence > 0)
            {
                statement.Bind(1, key);
            }

            if (sequence > 0 && ofKey == VersionsSince)
            {
                statement.Bind(2, sequence);
            }

            while (statement.Step())
            {
                yield return State(connection, statement);
            }

            statement.Reset();
        }
    }

    private static RecordState State(StoreConnection connection, Statement row)
    {
        var key = row.Int64(0);
        var version = row.Int64(5);
        return new RecordState(
            key,
            row.Int64(1),
            row.String(2)!,
            row.String(3)!,
            row.String(4),
            version,
            row.Int64(6),
            StoredTime.Decode(row.Int64(7)),
            row.Bool(8),
            row.String(9),
            PatientRows.DecodeDate(row.Int64(10)),
            StoredContent.Read(connection, row.Bytes(11), ContentOwner.Record, key, version));
    }
}
