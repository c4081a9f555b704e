using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Auditing;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Finds the first entries of events that a query asks for. Every entry pays for every index, and reading one patient makes one:
/// so there is one index, which tells of an event its time, operation and account without a look at the event.
/// </summary>
internal sealed class AuditEventSelection(StoreConnection connection, AuditQuery query)
{
    /// <summary>The events found by the index come in the order of their times: so many are put in the order of their numbers, more are found on the way through all.</summary>
    private const int FewEvents = 20_000;

    private const string InIndex = "FROM audit_event INDEXED BY audit_event_first WHERE continues IS NULL AND time >= ?1 AND time < ?2";
    private const string InOrder = "FROM audit_event NOT INDEXED WHERE continues IS NULL AND time >= ?1 AND time < ?2 AND number > ?3 AND number < ?4 ORDER BY number";

    private static readonly StatementText ByIndex = new($"SELECT number, operation, account {InIndex}");
    private static readonly StatementText Bounds = new($"SELECT min(number), max(number) {InIndex}");
    private static readonly StatementText Ascending = new($"SELECT {AuditRows.Columns} {InOrder} ASC");
    private static readonly StatementText Descending = new($"SELECT {AuditRows.Columns} {InOrder} DESC");
    private static readonly StatementText LastNumber = new("SELECT max(number) FROM audit_event");

    private readonly string? _account = query.Account is null ? null : AccountName.KeyOf(query.Account);
    private readonly Dictionary<string, bool> _names = new(StringComparer.Ordinal);

    /// <summary>Looks where the events are, once for all pages.</summary>
    public AuditEventPlan Plan(CancellationToken cancellation)
    {
        var hasTime = query.Since is not null || query.Until is not null;
        if (!hasTime && _account is null && query.Operations.Count == 0)
        {
            return new AuditEventPlan(null, 0, Last() + 1);
        }

        using var interruption = connection.InterruptOn(cancellation);
        return FindFew() is { } few ? new AuditEventPlan(few, 0, 0)
            : hasTime ? Within()
            : new AuditEventPlan(null, 0, Last() + 1);
    }

    /// <summary>Reads a page on the way through all.</summary>
    /// <param name="after">The number behind which to look.</param>
    /// <param name="before">The number before which to look.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="descending">Whether to begin at the end.</param>
    public List<AuditEntry> Read(long after, long before, int most, bool descending)
    {
        var entries = new List<AuditEntry>();
        using var rows = connection.Rent(descending ? Descending : Ascending);
        BindTime(rows).Bind(3, Math.Max(after, 0)).Bind(4, before);
        while (entries.Count < most && rows.Step())
        {
            if (IsWanted(rows, AuditRows.Operation, AuditRows.Account))
            {
                entries.Add(AuditRows.Entry(connection, rows));
            }
        }

        return entries;
    }

    private long[]? FindFew()
    {
        var numbers = new List<long>();
        using var rows = connection.Rent(ByIndex);
        BindTime(rows);
        while (rows.Step())
        {
            if (IsWanted(rows, operation: 1, account: 2))
            {
                numbers.Add(rows.Int64(0));
                if (numbers.Count > FewEvents)
                {
                    return null;
                }
            }
        }

        return [.. numbers.Where(number => number > 0).Order()];
    }

    /// <summary>Where a stretch of time begins and ends: numbers go along with time, but for clocks that are set and events that were long in coming.</summary>
    private AuditEventPlan Within()
    {
        using var bounds = connection.Rent(Bounds);
        BindTime(bounds).Step();
        return new AuditEventPlan(null, bounds.Int64(0) - 1, Behind(bounds.Int64(1)));
    }

    private long Last()
    {
        using var last = connection.Rent(LastNumber);
        return last.Step() ? Behind(last.Int64(0)) - 1 : 0;
    }

    /// <summary>No entry of ours has the greatest number there is.</summary>
    private static long Behind(long number) => number == long.MaxValue ? number : number + 1;

    private Statement BindTime(Statement rows) => rows
        .Bind(1, query.Since is { } since ? StoredTime.EncodeUp(since) : long.MinValue)
        .Bind(2, query.Until is { } until ? StoredTime.EncodeUp(until) : long.MaxValue);

    private bool IsWanted(Statement row, int operation, int account) =>
        (query.Operations.Count == 0 || query.Operations.Contains(StoredNames<StoreOperation>.Find(row.Bytes(operation))))
        && (_account is null || IsOfAccount(row.Repeating(account, connection.Texts)));

    private bool IsOfAccount(string? name)
    {
        if (name is null)
        {
            return false;
        }

        if (!_names.TryGetValue(name, out var isWanted))
        {
            _names.Add(name, isWanted = AccountName.KeyOf(name) == _account);
        }

        return isWanted;
    }
}
