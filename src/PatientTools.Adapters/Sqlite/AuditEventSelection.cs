using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Auditing;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Finds the first entries of events that a query asks for. Each wanted operation, or account, is a stream of numbers from
/// its index; the streams are merged page by page, so that no page costs more than it holds.
/// </summary>
internal sealed class AuditEventSelection(StoreConnection connection, AuditQuery query, bool descending)
{
    /// <summary>Up to so many events of a stretch of time are sorted for each page; more are found on the way through all.</summary>
    private const int FewEvents = 20_000;

    private const string Within = "time >= ?3 AND time < ?4";

    private static readonly StatementText CountFew = new(
        $"SELECT count(*) FROM (SELECT 1 FROM audit_event INDEXED BY audit_event_time WHERE continues IS NULL AND time >= ?1 AND time < ?2 LIMIT {FewEvents})");

    private static readonly StatementText Bounds = new(
        "SELECT min(number), max(number) FROM audit_event INDEXED BY audit_event_time WHERE continues IS NULL AND time >= ?1 AND time < ?2");

    /// <summary>The names under which there are events, each found from the one before.</summary>
    private static readonly StatementText Accounts = new(
        """
        WITH RECURSIVE name(value) AS (
            SELECT min(account) FROM audit_event INDEXED BY audit_event_account WHERE continues IS NULL
            UNION ALL
            SELECT (SELECT min(account) FROM audit_event INDEXED BY audit_event_account WHERE continues IS NULL AND account > value) FROM name WHERE value IS NOT NULL)
        SELECT value FROM name WHERE value IS NOT NULL
        """);

    private static readonly (StatementText Ascending, StatementText Descending) ByTime = Texts("INDEXED BY audit_event_time", "(?5 IS NULL OR operation = ?5)", "(?6 IS NULL OR account = ?6)");
    private static readonly (StatementText Ascending, StatementText Descending) ByOperation = Texts("INDEXED BY audit_event_operation", "operation = ?5", "(?6 IS NULL OR account = ?6)");
    private static readonly (StatementText Ascending, StatementText Descending) ByAccount = Texts("INDEXED BY audit_event_account", "(?5 IS NULL OR ?5 = operation)", "account = ?6");
    private static readonly (StatementText Ascending, StatementText Descending) ByNumber = Texts("NOT INDEXED", "?5 IS NULL", "?6 IS NULL");

    private readonly long _since = query.Since is { } since ? StoredTime.EncodeUp(since) : long.MinValue;
    private readonly long _until = query.Until is { } until ? StoredTime.EncodeUp(until) : long.MaxValue;

    /// <summary>Reads a page.</summary>
    /// <param name="after">The number behind which, or descending before which, to go on.</param>
    /// <param name="most">How many at most.</param>
    public List<AuditEntry> Read(long after, int most)
    {
        var (low, high) = descending ? (0, after) : (Math.Max(after, 0), long.MaxValue);
        if (HasTime && IsBeginning(after) && !TryNarrow(ref low, ref high))
        {
            return [];
        }

        string?[] names = query.Account is { } account ? [.. NamesOf(account)] : [null];
        string?[] operations = query.Operations.Count > 0 ? [.. query.Operations.Distinct().Select(operation => operation.ToString())] : [null];
        var text = Text(names.Length * operations.Length);
        var numbers = new List<long>();
        foreach (var name in names)
        {
            foreach (var operation in operations)
            {
                ReadNumbers(text, low, high, operation, name, most, numbers);
            }
        }

        return AuditRows.Read(connection, (descending ? numbers.OrderDescending() : numbers.Order()).Take(most));
    }

    private static (StatementText Ascending, StatementText Descending) Texts(string index, string operation, string account)
    {
        StatementText Text(string order) => new(
            $"""
            SELECT number FROM audit_event {index}
            WHERE continues IS NULL AND number > ?1 AND number < ?2 AND {Within} AND {operation} AND {account} ORDER BY number {order} LIMIT ?7
            """);
        return (Text("ASC"), Text("DESC"));
    }

    private bool HasTime => query.Since is not null || query.Until is not null;

    private bool IsBeginning(long after) => descending ? after == long.MaxValue : after <= 0;

    /// <summary>Where the stretch of time begins and ends; numbers go along with time but for clocks that are set.</summary>
    private bool TryNarrow(ref long low, ref long high)
    {
        using var bounds = connection.Rent(Bounds);
        bounds.Bind(1, _since).Bind(2, _until).Step();
        if (bounds.IsNull(0))
        {
            return false;
        }

        low = Math.Max(low, bounds.Int64(0) - 1);
        high = bounds.Int64(1) < high ? bounds.Int64(1) + 1 : high;
        return true;
    }

    private StatementText Text(int streams)
    {
        var texts = HasTime && IsFew(streams) ? ByTime
            : query.Operations.Count > 0 ? ByOperation
            : query.Account is not null ? ByAccount
            : ByNumber;
        return descending ? texts.Descending : texts.Ascending;
    }

    private bool IsFew(int streams)
    {
        using var count = connection.Rent(CountFew);
        return count.Bind(1, _since).Bind(2, _until).Step() && count.Int64(0) * streams < FewEvents;
    }

    private List<string> NamesOf(string account)
    {
        var key = AccountName.KeyOf(account);
        var names = new List<string>();
        using var rows = connection.Rent(Accounts);
        while (rows.Step())
        {
            if (rows.String(0) is { } name && AccountName.KeyOf(name) == key)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private void ReadNumbers(StatementText text, long low, long high, string? operation, string? account, int most, List<long> numbers)
    {
        using var rows = connection.Rent(text);
        rows.Bind(1, low).Bind(2, high).Bind(3, _since).Bind(4, _until).Bind(5, operation).Bind(6, account).Bind(7, most);
        while (rows.Step())
        {
            numbers.Add(rows.Int64(0));
        }
    }
}
