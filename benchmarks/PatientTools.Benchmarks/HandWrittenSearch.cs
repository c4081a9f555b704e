using Microsoft.Data.Sqlite;
using PatientTools.Search.Text;
using PatientTools.Synthesis;

namespace PatientTools.Benchmarks;

/// <summary>
/// What a careful person would write by hand for exactly the questions that are measured: one table of patients, one of
/// name parts with the birth date beside, one of phonetic codes, one of diagnoses, and an index for each question.
/// </summary>
internal sealed class HandWrittenSearch : IDisposable
{
    private readonly SqliteConnection _connection;

    public HandWrittenSearch(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA cache_size=-131072; PRAGMA mmap_size=0;");
    }

    /// <summary>Puts samples into a new file.</summary>
    public static void Build(string path, IEnumerable<PatientSample> samples)
    {
        File.Delete(path);
        using var store = new HandWrittenSearch(path);
        store.Execute("""
            PRAGMA synchronous=OFF;
            CREATE TABLE patient(key INTEGER PRIMARY KEY, family TEXT, given TEXT, birth TEXT, gender TEXT, city TEXT, postal TEXT, document BLOB);
            CREATE TABLE name_part(term TEXT, birth TEXT, patient INTEGER, PRIMARY KEY(term, birth, patient)) WITHOUT ROWID;
            CREATE TABLE sound(code TEXT, patient INTEGER, PRIMARY KEY(code, patient)) WITHOUT ROWID;
            CREATE TABLE diagnosis(code TEXT, patient INTEGER, PRIMARY KEY(code, patient)) WITHOUT ROWID;
            BEGIN;
            """);
        using var patient = store.Command("INSERT INTO patient VALUES(?,?,?,?,?,?,?,?)", 8);
        using var part = store.Command("INSERT OR IGNORE INTO name_part VALUES(?,?,?)", 3);
        using var sound = store.Command("INSERT OR IGNORE INTO sound VALUES(?,?)", 2);
        using var diagnosis = store.Command("INSERT OR IGNORE INTO diagnosis VALUES(?,?)", 2);
        foreach (var sample in samples)
        {
            var properties = sample.Document.Properties;
            var birth = properties.BirthDate?.ToString() ?? "";
            Run(patient, sample.Number, properties.FamilyName, properties.GivenName, birth, properties.Gender, properties.Address?.City, properties.Address?.PostalCode, sample.Document.Utf8.ToArray());
            foreach (var word in TextFolding.Words($"{properties.FamilyName} {properties.GivenName}"))
            {
                Run(part, word, birth, sample.Number);
                Run(sound, ColognePhonetics.Encode(word), sample.Number);
            }

            foreach (var code in sample.Record.Select(json => Interchange.RecordResource.Parse(json.Span)).Where(resource => resource.ResourceType == "Condition"))
            {
                Run(diagnosis, code.Code, sample.Number);
            }
        }

        store.Execute("""
            COMMIT;
            CREATE INDEX patient_name ON patient(family, given, key);
            CREATE INDEX patient_city ON patient(city, gender, birth);
            CREATE INDEX patient_birth ON patient(birth);
            ANALYZE;
            """);
    }

    /// <summary>Runs a query and reads every column of every row.</summary>
    public long Read(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        using var reader = command.ExecuteReader();
        var rows = 0L;
        while (reader.Read())
        {
            rows++;
            for (var column = 0; column < reader.FieldCount; column++)
            {
                _ = reader.GetValue(column);
            }
        }

        return rows;
    }

    /// <summary>Runs a query for one number.</summary>
    public long Number(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return (long)command.ExecuteScalar()!;
    }

    /// <summary>All name parts, each once.</summary>
    public List<string> NameParts()
    {
        using var command = Command("SELECT DISTINCT term FROM name_part", 0);
        using var reader = command.ExecuteReader();
        var parts = new List<string>();
        while (reader.Read())
        {
            parts.Add(reader.GetString(0));
        }

        return parts;
    }

    public void Dispose() => _connection.Dispose();

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        for (var i = 0; i < parameters; i++)
        {
            // Microsoft.Data.Sqlite binds by name only.
            var at = sql.IndexOf('?', StringComparison.Ordinal);
            sql = $"{sql[..at]}$p{i}{sql[(at + 1)..]}";
            command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
        }

        command.CommandText = sql;
        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
