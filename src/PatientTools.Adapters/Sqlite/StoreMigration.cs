using System.Globalization;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Brings stores of older formats forward, each step wholly or not at all.</summary>
internal static class StoreMigration
{
    private const int Batch = 1000;

    private static string CurrentEntries => SearchEntries.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Brings the tables to the present format.</summary>
    public static void BringUpToDate(StoreConnection connection)
    {
        if (ReadFormat(connection) == StoreSchema.FormatVersion)
        {
            return;
        }

        // Tables are replaced by others of the same name, which foreign keys would take for a loss of their rows.
        connection.Execute("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;");
        try
        {
            // Another process may have done it while we waited.
            if (ReadFormat(connection) == 1)
            {
                FromFormat1(connection);
            }

            if (ReadFormat(connection) == 2)
            {
                FromFormat2(connection);
            }

            if (ReadFormat(connection) == 3)
            {
                FromFormat3(connection);
            }

            if (ReadFormat(connection) == 4)
            {
                FromFormat4(connection);
            }

            connection.Execute("COMMIT");
        }
        catch
        {
            connection.Rollback();
            throw;
        }
        finally
        {
            connection.Execute("PRAGMA foreign_keys = ON");
        }

        // The format is told from the file's first bytes before SQLite opens it, so it must not wait in the log.
        connection.ReadPragma("wal_checkpoint(FULL)");
    }

    /// <summary>Makes sure that nothing has to be brought forward.</summary>
    public static void CheckUpToDate(StoreConnection connection)
    {
        if (ReadFormat(connection) is var format && format < StoreSchema.FormatVersion)
        {
            throw StoreErrors.TooOld(connection.Path, $"has the older format {format}");
        }

        if (StoreSchema.ReadFact(connection, StoreSchema.Facts.SearchEntriesVersion) != CurrentEntries)
        {
            throw StoreErrors.TooOld(connection.Path, "has search entries made under other rules");
        }
    }

    /// <summary>Makes all search entries anew where they were made under other rules.</summary>
    public static void RebuildSearchEntries(SqlitePatientStore store)
    {
        if (IsCurrent(store))
        {
            return;
        }

        using var writer = (StoreWriter)store.BeginWrite();
        if (writer.ReadFact(StoreSchema.Facts.SearchEntriesVersion) == CurrentEntries)
        {
            return;
        }

        writer.ClearSearchEntries();
        var after = 0L;
        while (writer.ReadStates(after, Batch) is { Count: > 0 } states)
        {
            foreach (var state in states)
            {
                writer.AddSearchEntries(state.Stamp.Key, SearchEntries.Of(state, writer.ReadSearchableRecord(state.Stamp.Key)));
            }

            after = states[^1].Stamp.Key;
        }

        writer.WriteFact(StoreSchema.Facts.SearchEntriesVersion, CurrentEntries);
        writer.Commit();
    }

    private static bool IsCurrent(SqlitePatientStore store)
    {
        using var reader = (StoreReader)store.BeginRead();
        return reader.ReadFact(StoreSchema.Facts.SearchEntriesVersion) == CurrentEntries;
    }

    private static long ReadFormat(StoreConnection connection)
    {
        var format = connection.ReadNumber("user_version");
        return format switch
        {
            > StoreSchema.FormatVersion => throw StoreErrors.TooNew(connection.Path, format),
            < 1 => throw StoreErrors.NotAStore(connection.Path, "it carries no format version"),
            _ => format,
        };
    }

    /// <summary>
    /// Format 1 kept no legacy members and had search entries for the living only. The entries are dropped: they follow from
    /// the documents and are made anew. The statements are those of their time and do not follow later changes.
    /// </summary>
    private static void FromFormat1(StoreConnection connection) => connection.Execute(
        """
        CREATE TABLE patient_2(
            key INTEGER PRIMARY KEY, id BLOB NOT NULL, version INTEGER NOT NULL, sequence INTEGER NOT NULL,
            created INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL, source TEXT, source_id TEXT,
            mrn TEXT, family_name TEXT, given_name TEXT, title TEXT, birth_date INTEGER, birth_from INTEGER, birth_to INTEGER,
            gender TEXT, kvnr TEXT, street TEXT, postal_code TEXT, city TEXT, country TEXT, phone TEXT, email TEXT,
            deceased INTEGER NOT NULL, deceased_date INTEGER, active INTEGER, legacy BLOB, document BLOB NOT NULL) STRICT;
        INSERT INTO patient_2
            SELECT key, id, version, sequence, created, modified, removed, source, source_id, mrn, family_name, given_name,
                title, birth_date, birth_from, birth_to, gender, kvnr, street, postal_code, city, country, phone, email,
                deceased, deceased_date, active, NULL, document FROM patient;
        DROP TABLE patient;
        ALTER TABLE patient_2 RENAME TO patient;
        CREATE UNIQUE INDEX patient_id ON patient(id);
        CREATE UNIQUE INDEX patient_source ON patient(source, source_id) WHERE source_id IS NOT NULL;
        CREATE INDEX patient_birth ON patient(birth_from, birth_to) WHERE removed = 0;
        CREATE INDEX patient_removed ON patient(birth_from, birth_to) WHERE removed = 1;
        CREATE TABLE patient_version_2(
            key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(key), version INTEGER NOT NULL,
            sequence INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL,
            legacy BLOB, document BLOB NOT NULL) STRICT;
        INSERT INTO patient_version_2
            SELECT key, patient, version, sequence, modified, removed, NULL, document FROM patient_version;
        DROP TABLE patient_version;
        ALTER TABLE patient_version_2 RENAME TO patient_version;
        CREATE UNIQUE INDEX patient_version_of ON patient_version(patient, version);
        DELETE FROM search_entry;
        UPDATE store SET value = '0' WHERE name = 'search_entries';
        PRAGMA user_version = 2;
        """);

    /// <summary>Format 2 had a row for each search entry, and told from the birth date's columns who is removed.</summary>
    private static void FromFormat2(StoreConnection connection) => connection.Execute(
        """
        DROP INDEX patient_birth;
        DROP INDEX patient_removed;
        CREATE INDEX patient_created ON patient(created);
        CREATE INDEX patient_modified ON patient(modified);
        CREATE INDEX patient_sequence ON patient(sequence);
        CREATE INDEX patient_of_version ON patient(version);
        CREATE INDEX record_sequence ON record(sequence, patient);
        DROP TABLE search_entry;
        CREATE TABLE search_entry(
            kind INTEGER NOT NULL, term BLOB NOT NULL, first INTEGER NOT NULL, gaps BLOB NOT NULL,
            PRIMARY KEY(kind, term, first)) STRICT, WITHOUT ROWID;
        UPDATE store SET value = '0' WHERE name = 'search_entries';
        PRAGMA user_version = 3;
        """);

    /// <summary>Format 3 had neither accounts nor an audit trail.</summary>
    private static void FromFormat3(StoreConnection connection) => connection.Execute(
        """
        CREATE TABLE account(
            id BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, role TEXT NOT NULL, disabled INTEGER NOT NULL,
            password TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL, password_changed INTEGER NOT NULL,
            failed_attempts INTEGER NOT NULL, locked_until INTEGER, last_login INTEGER) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX account_key ON account(key);
        CREATE TABLE session(
            id BLOB NOT NULL PRIMARY KEY, account_id BLOB, account TEXT, role TEXT, user_name TEXT NOT NULL,
            machine TEXT NOT NULL, process_id INTEGER NOT NULL, process_started INTEGER NOT NULL, opened INTEGER NOT NULL,
            last_used INTEGER NOT NULL, read_only INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE audit_event(
            number INTEGER PRIMARY KEY, time INTEGER NOT NULL, continues INTEGER, account TEXT, operation TEXT NOT NULL,
            outcome TEXT NOT NULL, count INTEGER NOT NULL, content BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL,
            patients BLOB NOT NULL) STRICT;
        CREATE INDEX audit_event_first ON audit_event(time, operation, account) WHERE continues IS NULL;
        CREATE INDEX audit_event_continues ON audit_event(continues) WHERE continues IS NOT NULL;
        PRAGMA user_version = 4;
        """);

    /// <summary>Format 4 knew neither who had been purged nor where its copies are.</summary>
    private static void FromFormat4(StoreConnection connection) => connection.Execute(
        """
        CREATE TABLE purge(id BLOB NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL, time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE place(
            path TEXT NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, epoch BLOB NOT NULL, sequence INTEGER NOT NULL,
            time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        PRAGMA user_version = 5;
        """);
}
