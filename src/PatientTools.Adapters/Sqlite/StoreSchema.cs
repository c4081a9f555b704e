using System.Globalization;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>The tables of a store's file.</summary>
/// <remarks>
/// Each table that holds people's data has a number of columns of its own, so that salvage can tell which table a page
/// belonged to when everything that led to it is destroyed. Change a number only together with
/// <see cref="FormatVersion"/> and the salvage. Accounts, sessions, marks of purged patients and places are in no table tree
/// but in index trees (WITHOUT ROWID), of whose rows salvage looks only at those of two to four columns: an index on a
/// unique 16-byte id beside a row's number would pass for the one of patients' ids. Of three columns are the marks, whose
/// first one is no number, as an entry's of format 2 is.
/// </remarks>
internal static class StoreSchema
{
    /// <summary>"PTLS": tells our files from other SQLite files.</summary>
    public const long ApplicationId = 0x50544C53;

    /// <summary>The format that this version writes.</summary>
    public const int FormatVersion = 5;

    /// <summary>Columns of a patient that make it a <c>Patient</c> without reading its document.</summary>
    public const string PatientColumns =
        """
        key, id, version, sequence, created, modified, removed, source, source_id, mrn, family_name, given_name, title,
        birth_date, gender, kvnr, street, postal_code, city, country, phone, email, deceased, deceased_date, active
        """;

    /// <summary>
    /// The tables; dates are yyyymmdd with 00 for unknown parts, times are milliseconds since 1970. A search entry's term is
    /// UTF-8, its keys are those of a <see cref="Search.Index.KeySegment"/>.
    /// </summary>
    public const string Tables =
        """
        CREATE TABLE store(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE counter(name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE setting(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE patient(
            key INTEGER PRIMARY KEY, id BLOB NOT NULL, version INTEGER NOT NULL, sequence INTEGER NOT NULL,
            created INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL, source TEXT, source_id TEXT,
            mrn TEXT, family_name TEXT, given_name TEXT, title TEXT, birth_date INTEGER, birth_from INTEGER, birth_to INTEGER,
            gender TEXT, kvnr TEXT, street TEXT, postal_code TEXT, city TEXT, country TEXT, phone TEXT, email TEXT,
            deceased INTEGER NOT NULL, deceased_date INTEGER, active INTEGER, legacy BLOB, document BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX patient_id ON patient(id);
        CREATE UNIQUE INDEX patient_source ON patient(source, source_id) WHERE source_id IS NOT NULL;
        CREATE INDEX patient_created ON patient(created);
        CREATE INDEX patient_modified ON patient(modified);
        CREATE INDEX patient_sequence ON patient(sequence);
        CREATE INDEX patient_of_version ON patient(version);
        CREATE TABLE patient_version(
            key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(key), version INTEGER NOT NULL,
            sequence INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL,
            legacy BLOB, document BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX patient_version_of ON patient_version(patient, version);
        CREATE TABLE search_entry(
            kind INTEGER NOT NULL, term BLOB NOT NULL, first INTEGER NOT NULL, gaps BLOB NOT NULL,
            PRIMARY KEY(kind, term, first)) STRICT, WITHOUT ROWID;
        CREATE TABLE record(
            key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(key), resource_type TEXT NOT NULL,
            entry_id TEXT NOT NULL, full_url TEXT, version INTEGER NOT NULL, sequence INTEGER NOT NULL,
            modified INTEGER NOT NULL, removed INTEGER NOT NULL, code TEXT, date INTEGER, json BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX record_entry ON record(patient, resource_type, entry_id);
        CREATE INDEX record_sequence ON record(sequence, patient);
        CREATE TABLE record_version(
            key INTEGER PRIMARY KEY, record INTEGER NOT NULL REFERENCES record(key), version INTEGER NOT NULL,
            full_url TEXT, sequence INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL,
            code TEXT, date INTEGER, json BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX record_version_of ON record_version(record, version);
        CREATE TABLE chunk(
            key INTEGER PRIMARY KEY, owner INTEGER NOT NULL, owner_key INTEGER NOT NULL, version INTEGER NOT NULL,
            n INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX chunk_of ON chunk(owner, owner_key, version, n);
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
        CREATE TABLE purge(id BLOB NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL, time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE place(
            path TEXT NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, epoch BLOB NOT NULL, sequence INTEGER NOT NULL,
            time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Marks a file as a store of this format.</summary>
    public static string Marks => $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {FormatVersion};";

    /// <summary>Names under which <c>counter</c> keeps the store's own numbers; callers' counters have other names.</summary>
    public static class Counters
    {
        public const string Sequence = "#sequence";
        public const string Access = "#access";
        public const string Patient = "#patient";
        public const string Record = "#record";
    }

    /// <summary>Names in <c>store</c>.</summary>
    public static class Facts
    {
        public const string Id = "id";
        public const string Epoch = "epoch";
        public const string Created = "created";
        public const string SearchEntriesVersion = "search_entries";

        /// <summary>Written with a purge and taken back by the scrub: whoever is killed in between leaves word.</summary>
        public const string ScrubPending = "scrub_pending";
    }

    /// <summary>Writes who a store is, and under which rules its search entries are made.</summary>
    public static void WriteIdentity(StoreConnection connection, StoreIdentity identity)
    {
        WriteFact(connection, Facts.Id, identity.StoreId.ToString());
        WriteFact(connection, Facts.Epoch, identity.Epoch.ToString());
        WriteFact(connection, Facts.Created, identity.Created.ToString("O", CultureInfo.InvariantCulture));
        WriteFact(connection, Facts.SearchEntriesVersion, SearchEntries.Version.ToString(CultureInfo.InvariantCulture));
    }

    private static readonly StatementText ReadFactText = new("SELECT value FROM store WHERE name = ?1");
    private static readonly StatementText WriteFactText = new("INSERT OR REPLACE INTO store(name, value) VALUES(?1, ?2)");

    /// <summary>Reads something the store says of itself.</summary>
    public static string? ReadFact(StoreConnection connection, string name)
    {
        using var statement = connection.Rent(ReadFactText);
        return statement.Bind(1, name).Step() ? statement.String(0) : null;
    }

    /// <summary>Writes something the store says of itself.</summary>
    public static void WriteFact(StoreConnection connection, string name, string value)
    {
        using var statement = connection.Rent(WriteFactText);
        statement.Bind(1, name).Bind(2, value).Run();
    }
}
