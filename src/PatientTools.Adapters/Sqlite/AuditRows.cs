using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Auditing;
using PatientTools.Patients;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Appends to the audit trail and reads it. What somebody has changed from outside is read, too, as far as it goes.</summary>
internal static class AuditRows
{
    public const string Columns = "number, time, continues, account, operation, outcome, count, content, previous, hash, patients";

    /// <summary>Places of columns in <see cref="Columns"/>.</summary>
    public const int Account = 3;
    public const int Operation = 4;

    private static readonly StatementText AppendText = new($"INSERT INTO audit_event({Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    private static readonly StatementText Last = new($"SELECT {Columns} FROM audit_event ORDER BY number DESC LIMIT 1");
    private static readonly StatementText ByNumber = new($"SELECT {Columns} FROM audit_event WHERE number = ?1");
    private static readonly StatementText After = new($"SELECT {Columns} FROM audit_event WHERE number > ?1 ORDER BY number LIMIT ?2");
    private static readonly StatementText Continuations = new($"SELECT {Columns} FROM audit_event WHERE continues = ?1 ORDER BY number");
    private static readonly StatementText NamedPatients = new("SELECT number, continues, patients FROM audit_event ORDER BY number");

    public static void Append(StoreConnection connection, AuditEntry entry)
    {
        using var statement = connection.Rent(AppendText);
        statement.Bind(1, entry.Number).Bind(2, StoredTime.Encode(entry.Time)).Bind(3, entry.Continues).Bind(4, entry.Account)
            .Bind(5, entry.Operation.ToString()).Bind(6, entry.Outcome.ToString()).Bind(7, entry.Count)
            .BindBlob(8, entry.Content.Span).BindBlob(9, entry.Previous.Span).BindBlob(10, entry.Hash.Span).BindBlob(11, entry.Patients.Span).Run();
    }

    public static AuditEntry? ReadLast(StoreConnection connection)
    {
        using var row = connection.Rent(Last);
        return row.Step() ? Entry(connection, row) : null;
    }

    public static List<AuditEntry> Read(StoreConnection connection, long after, int most)
    {
        using var rows = connection.Rent(After);
        return ReadAll(connection, rows.Bind(1, after).Bind(2, most));
    }

    public static List<AuditEntry> ReadContinuations(StoreConnection connection, long first)
    {
        using var rows = connection.Rent(Continuations);
        return ReadAll(connection, rows.Bind(1, first));
    }

    public static List<AuditEntry> Read(StoreConnection connection, IEnumerable<long> numbers)
    {
        var entries = new List<AuditEntry>();
        using var row = connection.Rent(ByNumber);
        foreach (var number in numbers)
        {
            if (row.Bind(1, number).Step())
            {
                entries.Add(Entry(connection, row));
            }

            row.Reset();
        }

        return entries;
    }

    /// <summary>Looks into every entry: an index of patients would cost each reading of one more than the reading itself.</summary>
    public static IReadOnlyList<long> FindEventsOf(StoreConnection connection, PatientId patient, CancellationToken cancellation)
    {
        Span<byte> id = stackalloc byte[16];
        patient.Value.TryWriteBytes(id, bigEndian: true, out _);
        var found = new SortedSet<long>();
        using var interruption = connection.InterruptOn(cancellation);
        using var rows = connection.Rent(NamedPatients);
        Span<nint> values = stackalloc nint[3];
        values.Clear();
        while (rows.Step())
        {
            rows.FindValues(values);
            if (Holds(Statement.BytesOf(values[2]), id))
            {
                found.Add(rows.IsNull(1) ? rows.Int64(0) : rows.Int64(1));
            }
        }

        return [.. found];
    }

    private static bool Holds(ReadOnlySpan<byte> patients, ReadOnlySpan<byte> id)
    {
        for (; patients.Length >= 16; patients = patients[16..])
        {
            if (patients[..16].SequenceEqual(id))
            {
                return true;
            }
        }

        return false;
    }

    private static List<AuditEntry> ReadAll(StoreConnection connection, Statement rows)
    {
        var entries = new List<AuditEntry>();
        while (rows.Step())
        {
            entries.Add(Entry(connection, rows));
        }

        return entries;
    }

    /// <summary>An entry whose time, operation or outcome no version of us has written gets an empty hash, which no check takes for the right one.</summary>
    public static AuditEntry Entry(StoreConnection connection, Statement row)
    {
        var isTime = StoredTime.TryDecode(row.Int64(1), out var time);
        var operation = StoredNames<StoreOperation>.Find(row.Bytes(4));
        var outcome = StoredNames<AuditOutcome>.Find(row.Bytes(5));
        return new AuditEntry(
            row.Int64(0),
            time,
            row.IsNull(2) ? null : row.Int64(2),
            row.Repeating(3, connection.Texts),
            operation,
            outcome,
            row.Bytes(7).ToArray(),
            row.Int64(6),
            row.Bytes(10).ToArray(),
            row.Bytes(8).ToArray(),
            isTime && operation != default && outcome != default ? row.Bytes(9).ToArray() : []);
    }
}
