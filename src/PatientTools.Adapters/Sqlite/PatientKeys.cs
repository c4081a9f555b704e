using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Patients;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Reads patients' keys from the indexes on columns that are not made of the document; no row of a patient is read.</summary>
internal static class PatientKeys
{
    private static readonly Dictionary<PatientColumn, (StatementText Ascending, StatementText Descending)> Numbers = new()
    {
        [PatientColumn.Created] = Visiting("created", "patient_created"),
        [PatientColumn.Modified] = Visiting("modified", "patient_modified"),
        [PatientColumn.Sequence] = Visiting("sequence", "patient_sequence"),
        [PatientColumn.Version] = Visiting("version", "patient_of_version"),
    };

    private static readonly StatementText Ids = new("SELECT key, id FROM patient INDEXED BY patient_id");
    private static readonly StatementText SourceIds = new("SELECT key, source_id FROM patient INDEXED BY patient_source WHERE source_id IS NOT NULL");

    private static readonly StatementText WrittenAfterText =
        new("SELECT key FROM patient WHERE sequence > ?1 UNION SELECT patient FROM record WHERE sequence > ?1 ORDER BY 1");

    private static readonly StatementText SequencesOfText =
        new("""
            SELECT sequence FROM patient WHERE key = ?1
            UNION SELECT sequence FROM patient_version WHERE patient = ?1
            UNION SELECT sequence FROM record WHERE patient = ?1
            UNION SELECT v.sequence FROM record r JOIN record_version v ON v.record = r.key WHERE r.patient = ?1
            ORDER BY 1
            """);

    /// <summary>Visits patients in the order of a number.</summary>
    public static void VisitNumbers(
        StoreConnection connection, PatientColumn column, long from, long to, bool descending, Func<long, long, bool> visit, CancellationToken cancellation)
    {
        if (!Numbers.TryGetValue(column, out var texts))
        {
            throw new ArgumentOutOfRangeException(nameof(column), column, "The column holds no numbers.");
        }

        using var interruption = connection.InterruptOn(cancellation);
        using var statement = connection.Rent(descending ? texts.Descending : texts.Ascending);
        statement.Bind(1, from).Bind(2, to);
        Span<nint> row = stackalloc nint[2];
        row.Clear();
        while (statement.Step())
        {
            statement.FindValues(row);
            if (!visit(Statement.Int64Of(row[0]), Statement.Int64Of(row[1])))
            {
                return;
            }
        }
    }

    /// <summary>Visits patients with an id as text.</summary>
    public static void VisitIds(StoreConnection connection, PatientColumn column, Func<long, string, bool> visit, CancellationToken cancellation)
    {
        if (column is not (PatientColumn.Id or PatientColumn.SourceId))
        {
            throw new ArgumentOutOfRangeException(nameof(column), column, "The column holds no ids.");
        }

        using var interruption = connection.InterruptOn(cancellation);
        using var statement = connection.Rent(column == PatientColumn.Id ? Ids : SourceIds);
        while (statement.Step() && visit(statement.Int64(0), column == PatientColumn.Id ? new PatientId(statement.Guid(1)).ToString() : statement.String(1)!))
        {
        }
    }

    /// <summary>Who was written after a sequence, or whose record was.</summary>
    public static List<long> WrittenAfter(StoreConnection connection, long sequence) => ReadNumbers(connection, WrittenAfterText, sequence);

    /// <summary>At which sequences a patient or its record was written.</summary>
    public static List<long> SequencesOf(StoreConnection connection, long key) => ReadNumbers(connection, SequencesOfText, key);

    private static List<long> ReadNumbers(StoreConnection connection, StatementText text, long parameter)
    {
        var numbers = new List<long>();
        using var statement = connection.Rent(text);
        statement.Bind(1, parameter);
        while (statement.Step())
        {
            numbers.Add(statement.Int64(0));
        }

        return numbers;
    }

    private static (StatementText Ascending, StatementText Descending) Visiting(string column, string index)
    {
        var select = $"SELECT key, {column} FROM patient INDEXED BY {index} WHERE {column} BETWEEN ?1 AND ?2 ORDER BY {column}";
        return (new StatementText($"{select}, key"), new StatementText($"{select} DESC, key DESC"));
    }
}
