using Microsoft.Data.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Benchmarks;

/// <summary>What a careful person would write by hand: the same rows and entries, one thread, sorted batches, WAL, FULL.</summary>
internal static class HandWrittenStore
{
    private const int BatchSize = 10_000;

    public static double Insert(string sampleFile, string path)
    {
        File.Delete(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-131072;");
        Execute(connection, """
            CREATE TABLE patient(key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, source TEXT, source_id TEXT, family TEXT, given TEXT, birth TEXT, gender TEXT, kvnr TEXT, mrn TEXT, street TEXT, postal TEXT, city TEXT, document BLOB);
            CREATE UNIQUE INDEX patient_source ON patient(source, source_id);
            CREATE INDEX patient_birth ON patient(birth);
            CREATE TABLE entry(kind INTEGER, term TEXT, patient INTEGER, PRIMARY KEY(kind, term, patient)) WITHOUT ROWID;
            """);
        long count = 0;
        var time = Report.Time(() =>
        {
            foreach (var batch in File.ReadLines(sampleFile).Chunk(BatchSize))
            {
                Insert(connection, batch, count);
                count += batch.Length;
            }
        });
        return count / time.TotalSeconds;
    }

    private static void Insert(SqliteConnection connection, string[] lines, long offset)
    {
        using var transaction = connection.BeginTransaction();
        using var patient = Command(connection, "INSERT INTO patient VALUES ($0,$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)", 14);
        var entries = new List<(int Kind, string Term, long Key)>();
        for (var i = 0; i < lines.Length; i++)
        {
            var document = PatientDocument.Parse(lines[i]);
            var properties = document.Properties;
            var key = offset + i + 1;
            Set(patient, key, Guid.CreateVersion7().ToByteArray(bigEndian: true), "samples", properties.FhirId, properties.FamilyName, properties.GivenName, properties.BirthDate?.ToString(), properties.Gender, properties.Kvnr, properties.Mrn, properties.Street, properties.Address?.PostalCode, properties.Address?.City, document.Utf8.ToArray());
            entries.AddRange(SearchEntries.Of(properties).Select(entry => ((int)entry.Kind, entry.Term, key)));
        }

        entries.Sort((left, right) => left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind)
            : string.CompareOrdinal(left.Term, right.Term) is var order and not 0 ? order : left.Key.CompareTo(right.Key));
        using var insert = Command(connection, "INSERT INTO entry VALUES ($0,$1,$2)", 3);
        foreach (var (kind, term, key) in entries)
        {
            Set(insert, kind, term, key);
        }

        transaction.Commit();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        return command;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
