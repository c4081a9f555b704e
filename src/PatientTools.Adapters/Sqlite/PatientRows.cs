using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Reads rows of patients and their old versions.</summary>
internal static class PatientRows
{
    private const string Stamp = "key, id, version, sequence, created, modified, removed, source, source_id";

    private static readonly StatementText PatientByKey = new($"SELECT {StoreSchema.PatientColumns} FROM patient WHERE key = ?1");

    private static readonly StatementText PatientsInRange =
        new($"SELECT {StoreSchema.PatientColumns} FROM patient WHERE key BETWEEN ?1 AND ?2 ORDER BY key");

    private static readonly StatementText StateByKey = new($"SELECT {Stamp}, legacy, document FROM patient WHERE key = ?1");

    private static readonly StatementText StatesAfter =
        new($"SELECT {Stamp}, legacy, document FROM patient WHERE key > ?1 ORDER BY key LIMIT ?2");

    private static readonly StatementText AllStates = new($"SELECT {Stamp}, legacy, document FROM patient ORDER BY key");

    private static readonly StatementText KeysSince = new("SELECT key FROM patient INDEXED BY patient_sequence WHERE sequence > ?1");

    /// <summary>By the index of versions, so that who has none is not read.</summary>
    private static readonly StatementText AllVersions = new(
        $"""
        SELECT v.version, v.sequence, v.modified, v.removed, v.legacy, v.document, {string.Join(", ", Stamp.Split(", ").Select(column => "p." + column))}
        FROM patient_version v INDEXED BY patient_version_of CROSS JOIN patient p ON p.key = v.patient ORDER BY v.patient, v.version
        """);

    private static readonly StatementText VersionsSince =
        new("""
            SELECT version, sequence, modified, removed, legacy, document FROM patient_version
            WHERE patient = ?1 AND sequence > ?2 ORDER BY version
            """);

    private static readonly StatementText Versions =
        new("SELECT version, sequence, modified, removed, legacy, document FROM patient_version WHERE patient = ?1 ORDER BY version");

    private static readonly StatementText VersionAsOf =
        new("""
            SELECT version, sequence, modified, removed, legacy, document FROM patient_version
            WHERE patient = ?1 AND sequence <= ?2 ORDER BY version DESC LIMIT 1
            """);

    /// <summary>Reads patients in the order of their keys as given.</summary>
    public static List<Patient> ReadPatients(StoreConnection connection, ReadOnlySpan<long> keys, long? asOf, DateOnly today)
    {
        var patients = new List<Patient>(keys.Length);
        var limit = asOf ?? long.MaxValue;
        if (IsDense(keys))
        {
            ReadRange(connection, keys, limit, today, patients);
            return patients;
        }

        using var statement = connection.Rent(PatientByKey);
        foreach (var key in keys)
        {
            if (statement.Bind(1, key).Step())
            {
                Add(connection, statement, limit, today, patients);
            }

            statement.Reset();
        }

        return patients;
    }

    public static PatientState? ReadState(StoreConnection connection, long key)
    {
        using var statement = connection.Rent(StateByKey);
        return statement.Bind(1, key).Step() ? State(connection, statement) : null;
    }

    /// <summary>Reads a patient as it was at a sequence.</summary>
    public static PatientState? ReadState(StoreConnection connection, long key, long asOf)
    {
        using var statement = connection.Rent(StateByKey);
        if (!statement.Bind(1, key).Step())
        {
            return null;
        }

        if (statement.Int64(3) <= asOf)
        {
            return State(connection, statement);
        }

        using var older = connection.Rent(VersionAsOf);
        return older.Bind(1, key).Bind(2, asOf).Step() ? Version(connection, older, Stamped(statement)) : null;
    }

    /// <summary>Reads the present states of ascending keys.</summary>
    public static IEnumerable<PatientState> ReadStates(StoreConnection connection, IReadOnlyList<long> keys)
    {
        using var statement = connection.Rent(StateByKey);
        foreach (var key in keys)
        {
            if (statement.Bind(1, key).Step())
            {
                yield return State(connection, statement);
            }

            statement.Reset();
        }
    }

    public static List<PatientState> ReadStates(StoreConnection connection, long afterKey, int count)
    {
        using var statement = connection.Rent(StatesAfter);
        statement.Bind(1, afterKey).Bind(2, count);
        var states = new List<PatientState>();
        while (statement.Step())
        {
            states.Add(State(connection, statement));
        }

        return states;
    }

    public static List<PatientState> ReadVersions(StoreConnection connection, long key)
    {
        if (ReadState(connection, key) is not { } present)
        {
            return [];
        }

        var states = new List<PatientState>();
        using var statement = connection.Rent(Versions);
        statement.Bind(1, key);
        while (statement.Step())
        {
            states.Add(Version(connection, statement, present.Stamp));
        }

        states.Add(present);
        return states;
    }

    /// <summary>Reads the present states that were written after a sequence, by their keys.</summary>
    public static IEnumerable<PatientState> ReadSince(StoreConnection connection, long sequence)
    {
        if (sequence > 0)
        {
            foreach (var state in ReadStates(connection, ReadKeys(connection, KeysSince, sequence)))
            {
                yield return state;
            }

            yield break;
        }

        using var statement = connection.Rent(AllStates);
        while (statement.Step())
        {
            yield return State(connection, statement);
        }
    }

    /// <summary>Reads the older states that were written after a sequence, by keys and versions.</summary>
    /// <remarks>Of a patient that has one, the present state was written later still: it leads to the older ones without an index of its own.</remarks>
    public static IEnumerable<PatientState> ReadVersionsSince(StoreConnection connection, long sequence)
    {
        if (sequence > 0)
        {
            using var versions = connection.Rent(VersionsSince);
            using var present = connection.Rent(StateByKey);
            foreach (var key in ReadKeys(connection, KeysSince, sequence))
            {
                versions.Bind(1, key).Bind(2, sequence);
                while (versions.Step())
                {
                    present.Reset();
                    present.Bind(1, key).Step();
                    yield return Version(connection, versions, Stamped(present));
                }

                versions.Reset();
            }

            yield break;
        }

        using var statement = connection.Rent(AllVersions);
        while (statement.Step())
        {
            yield return Version(connection, statement, Stamped(statement, first: 6));
        }
    }

    /// <summary>Reads keys of what was written after a sequence, in ascending order.</summary>
    public static List<long> ReadKeys(StoreConnection connection, StatementText since, long sequence)
    {
        var keys = new List<long>();
        using (var statement = connection.Rent(since))
        {
            statement.Bind(1, sequence);
            while (statement.Step())
            {
                keys.Add(statement.Int64(0));
            }
        }

        keys.Sort();
        return keys;
    }

    /// <summary>yyyymmdd with 00 for what is unknown.</summary>
    public static long? Encode(PartialDate? date) => date is { } value ? (value.Year * 10000) + ((value.Month ?? 0) * 100) + (value.Day ?? 0) : null;

    /// <summary>Reads what <see cref="Encode(PartialDate?)"/> made; 0, as NULL reads, is no date.</summary>
    public static PartialDate? DecodeDate(long encoded) =>
        encoded == 0 ? null : new PartialDate((int)(encoded / 10000), (int)(encoded / 100 % 100), (int)(encoded % 100));

    /// <summary>Whether reading the whole range of ascending keys costs less than looking each one up.</summary>
    private static bool IsDense(ReadOnlySpan<long> keys)
    {
        if (keys.Length < 4 || keys[^1] - keys[0] > keys.Length * 2L)
        {
            return false;
        }

        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i] <= keys[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static void ReadRange(StoreConnection connection, ReadOnlySpan<long> keys, long limit, DateOnly today, List<Patient> patients)
    {
        using var statement = connection.Rent(PatientsInRange);
        statement.Bind(1, keys[0]).Bind(2, keys[^1]);
        while (statement.Step())
        {
            var key = statement.Int64(0);
            while (keys[0] < key)
            {
                keys = keys[1..];
            }

            if (keys[0] == key)
            {
                Add(connection, statement, limit, today, patients);
            }
        }
    }

    private static void Add(StoreConnection connection, Statement row, long limit, DateOnly today, List<Patient> patients)
    {
        if (row.Int64(3) <= limit)
        {
            patients.Add(Patient(row, today, connection.Texts));
            return;
        }

        using var older = connection.Rent(VersionAsOf);
        if (older.Bind(1, row.Int64(0)).Bind(2, limit).Step())
        {
            patients.Add(Version(connection, older, Stamped(row)).ToPatient(today));
        }
    }

    private static Patient Patient(Statement row, DateOnly today, RepeatingTexts texts) => new()
    {
        Key = row.Int64(0),
        Id = new PatientId(row.Guid(1)),
        Version = row.Int64(2),
        Sequence = row.Int64(3),
        Created = StoredTime.Decode(row.Int64(4)),
        Modified = StoredTime.Decode(row.Int64(5)),
        IsRemoved = row.Bool(6),
        Source = row.Repeating(7, texts),
        SourceId = row.String(8),
        Today = today,
        Mrn = row.String(9),
        FamilyName = row.String(10),
        GivenName = row.String(11),
        Title = row.Repeating(12, texts),
        BirthDate = DecodeDate(row.Int64(13)),
        Gender = row.Repeating(14, texts),
        Kvnr = row.String(15),
        Street = row.String(16),
        PostalCode = row.Repeating(17, texts),
        City = row.Repeating(18, texts),
        Country = row.Repeating(19, texts),
        Phone = row.String(20),
        Email = row.String(21),
        Deceased = row.Bool(22),
        DeceasedDate = DecodeDate(row.Int64(23)),
        Active = row.IsNull(24) ? null : row.Bool(24),
    };

    private static PatientStamp Stamped(Statement row, int first = 0) => new(
        row.Int64(first),
        new PatientId(row.Guid(first + 1)),
        row.Int64(first + 2),
        row.Int64(first + 3),
        StoredTime.Decode(row.Int64(first + 4)),
        StoredTime.Decode(row.Int64(first + 5)),
        row.Bool(first + 6),
        row.String(first + 7),
        row.String(first + 8));

    private static PatientState State(StoreConnection connection, Statement row)
    {
        var stamp = Stamped(row);
        return Whole(connection, row, stamp, legacy: 9, document: 10);
    }

    private static PatientState Version(StoreConnection connection, Statement row, PatientStamp present)
    {
        var stamp = present with
        {
            Version = row.Int64(0),
            Sequence = row.Int64(1),
            Modified = StoredTime.Decode(row.Int64(2)),
            IsRemoved = row.Bool(3),
        };
        return Whole(connection, row, stamp, legacy: 4, document: 5);
    }

    private static PatientState Whole(StoreConnection connection, Statement row, PatientStamp stamp, int legacy, int document)
    {
        ReadOnlyMemory<byte>? beside = row.IsNull(legacy)
            ? default(ReadOnlyMemory<byte>?)
            : StoredContent.Read(connection, row.Bytes(legacy), ContentOwner.Legacy, stamp.Key, stamp.Version);
        var content = StoredContent.Read(connection, row.Bytes(document), ContentOwner.Document, stamp.Key, stamp.Version);
        return new PatientState(stamp, PatientDocument.FromStore(content), beside);
    }
}
