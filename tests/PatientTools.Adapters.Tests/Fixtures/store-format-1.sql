-- The store of format 1 that store-format-1.ptstore was made from:
--   sqlite3 store-format-1.ptstore < store-format-1.sql
PRAGMA journal_mode = WAL;
BEGIN;
PRAGMA application_id = 1347701843;
PRAGMA user_version = 1;
CREATE TABLE store(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter(name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE setting(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE patient(
    key INTEGER PRIMARY KEY, id BLOB NOT NULL, version INTEGER NOT NULL, sequence INTEGER NOT NULL,
    created INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL, source TEXT, source_id TEXT,
    mrn TEXT, family_name TEXT, given_name TEXT, title TEXT, birth_date INTEGER, birth_from INTEGER, birth_to INTEGER,
    gender TEXT, kvnr TEXT, street TEXT, postal_code TEXT, city TEXT, country TEXT, phone TEXT, email TEXT,
    deceased INTEGER NOT NULL, deceased_date INTEGER, active INTEGER, document BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX patient_id ON patient(id);
CREATE UNIQUE INDEX patient_source ON patient(source, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX patient_birth ON patient(birth_from, birth_to) WHERE removed = 0;
CREATE TABLE patient_version(
    key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(key), version INTEGER NOT NULL,
    sequence INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL, document BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX patient_version_of ON patient_version(patient, version);
CREATE TABLE search_entry(
    kind INTEGER NOT NULL, term TEXT NOT NULL, patient INTEGER NOT NULL,
    PRIMARY KEY(kind, term, patient)) STRICT, WITHOUT ROWID;
CREATE TABLE record(
    key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(key), resource_type TEXT NOT NULL,
    entry_id TEXT NOT NULL, full_url TEXT, version INTEGER NOT NULL, sequence INTEGER NOT NULL,
    modified INTEGER NOT NULL, removed INTEGER NOT NULL, code TEXT, date INTEGER, json BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX record_entry ON record(patient, resource_type, entry_id);
CREATE TABLE record_version(
    key INTEGER PRIMARY KEY, record INTEGER NOT NULL REFERENCES record(key), version INTEGER NOT NULL,
    full_url TEXT, sequence INTEGER NOT NULL, modified INTEGER NOT NULL, removed INTEGER NOT NULL,
    code TEXT, date INTEGER, json BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX record_version_of ON record_version(record, version);
CREATE TABLE chunk(
    key INTEGER PRIMARY KEY, owner INTEGER NOT NULL, owner_key INTEGER NOT NULL, version INTEGER NOT NULL,
    n INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX chunk_of ON chunk(owner, owner_key, version, n);
INSERT INTO store VALUES
    ('id', '0e6b6f0c-2f0e-4b7e-9d3a-5b8d1c2e3f40'), ('epoch', '7b1f5a52-90a5-4f0a-8a51-0c9d8e7f6a5b'),
    ('created', '2026-01-01T00:00:00.0000000Z'), ('search_entries', '1');
INSERT INTO counter VALUES('#sequence', 5), ('#patient', 3), ('#record', 1), ('mrn', 2);
INSERT INTO setting VALUES('BackupFolder', '/backup');
INSERT INTO patient VALUES
    (1, x'019b76da0001700080000000000000a1', 2, 4, 1767225600000, 1767312000000, 0, 'kis', 'p1', 'M1', 'Müller', 'Änne', NULL,
     19580000, 714778, 715142, 'female', NULL, 'Weg 1', '53111', 'Bonn', 'DE', NULL, NULL, 0, NULL, 1,
     CAST('{"resourceType":"Patient","id":"p1","active":true,"identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:test","value":"M1"}],"name":[{"family":"Müller","given":["Änne"]}],"gender":"female","birthDate":"1958","address":[{"line":["Weg 1"],"city":"Bonn","postalCode":"53111","country":"DE"}]}' AS BLOB)),
    (2, x'019b76da0002700080000000000000a2', 1, 2, 1767225600000, 1767225600000, 0, NULL, NULL, NULL, 'Graf von Buntspecht', NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL,
     CAST('{"resourceType":"Patient","name":[{"family":"Graf von Buntspecht"}]}' AS BLOB)),
    (3, x'019b76da0003700080000000000000a3', 2, 5, 1767225600000, 1767312000000, 1, NULL, NULL, 'M2', 'Weg', NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL,
     CAST('{"resourceType":"Patient","identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:test","value":"M2"}],"name":[{"family":"Weg"}]}' AS BLOB));
INSERT INTO patient_version VALUES
    (1, 1, 1, 1, 1767225600000, 0, CAST('{"resourceType":"Patient","id":"p1","name":[{"family":"Mueller"}]}' AS BLOB)),
    (2, 3, 1, 3, 1767225600000, 0, CAST('{"resourceType":"Patient","name":[{"family":"Weg"}]}' AS BLOB));
INSERT INTO search_entry VALUES(1, 'müller', 1), (1, 'graf von buntspecht', 2), (2, 'änne', 1), (3, 'bonn', 1);
INSERT INTO record VALUES(1, 1, 'Condition', 'c1', NULL, 1, 1, 1767225600000, 0, 'E11.9', 20200500,
    CAST('{"resourceType":"Condition","id":"c1"}' AS BLOB));
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
