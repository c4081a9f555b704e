using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Reads and writes accounts and open sessions.</summary>
internal static class AccountRows
{
    private const string AccountColumns =
        "id, name, key, role, disabled, password, created, modified, password_changed, failed_attempts, locked_until, last_login";

    private const string SessionColumns =
        "id, account_id, account, role, user_name, machine, process_id, process_started, opened, last_used, read_only";

    private static readonly StatementText AccountByKey = new($"SELECT {AccountColumns} FROM account WHERE key = ?1");
    private static readonly StatementText AllAccounts = new($"SELECT {AccountColumns} FROM account ORDER BY key");
    private static readonly StatementText SessionById = new($"SELECT {SessionColumns} FROM session WHERE id = ?1");
    private static readonly StatementText AllSessions = new($"SELECT {SessionColumns} FROM session ORDER BY opened, id");
    private static readonly StatementText DeleteAccountText = new("DELETE FROM account WHERE id = ?1");
    private static readonly StatementText DeleteSessionText = new("DELETE FROM session WHERE id = ?1");

    // Not INSERT OR REPLACE, which would push another account of the same key aside.
    private static readonly StatementText WriteAccountText = new(
        $"""
        INSERT INTO account({AccountColumns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT(id) DO UPDATE SET name = ?2, key = ?3, role = ?4, disabled = ?5, password = ?6, created = ?7, modified = ?8,
            password_changed = ?9, failed_attempts = ?10, locked_until = ?11, last_login = ?12
        """);

    private static readonly StatementText WriteSessionText = new(
        $"INSERT OR REPLACE INTO session({SessionColumns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");

    public static AccountState? FindAccount(StoreConnection connection, string key)
    {
        using var row = connection.Rent(AccountByKey);
        return row.Bind(1, key).Step() ? Account(row) : null;
    }

    public static List<AccountState> ReadAccounts(StoreConnection connection)
    {
        var accounts = new List<AccountState>();
        using var row = connection.Rent(AllAccounts);
        while (row.Step())
        {
            accounts.Add(Account(row));
        }

        return accounts;
    }

    public static void Write(StoreConnection connection, AccountState account)
    {
        using var statement = connection.Rent(WriteAccountText);
        statement.Bind(1, account.Id).Bind(2, account.Name).Bind(3, account.Key).Bind(4, account.Role.ToString())
            .Bind(5, account.IsDisabled).Bind(6, account.Password).Bind(7, StoredTime.Encode(account.Created))
            .Bind(8, StoredTime.Encode(account.Modified)).Bind(9, StoredTime.Encode(account.PasswordChanged))
            .Bind(10, account.FailedAttempts).Bind(11, StoredTime.Encode(account.LockedUntil)).Bind(12, StoredTime.Encode(account.LastLogin)).Run();
    }

    public static void DeleteAccount(StoreConnection connection, Guid id)
    {
        using var statement = connection.Rent(DeleteAccountText);
        statement.Bind(1, id).Run();
    }

    public static SessionEntry? FindSession(StoreConnection connection, Guid id)
    {
        using var row = connection.Rent(SessionById);
        return row.Bind(1, id).Step() ? Session(row) : null;
    }

    public static List<SessionEntry> ReadSessions(StoreConnection connection)
    {
        var sessions = new List<SessionEntry>();
        using var row = connection.Rent(AllSessions);
        while (row.Step())
        {
            sessions.Add(Session(row));
        }

        return sessions;
    }

    public static void Write(StoreConnection connection, SessionEntry session)
    {
        using var statement = connection.Rent(WriteSessionText);
        (session.AccountId is { } account ? statement.Bind(2, account) : statement.BindNull(2))
            .Bind(1, session.Id).Bind(3, session.Account).Bind(4, session.Role?.ToString()).Bind(5, session.UserName)
            .Bind(6, session.Machine).Bind(7, session.ProcessId).Bind(8, StoredTime.Encode(session.ProcessStarted))
            .Bind(9, StoredTime.Encode(session.Opened)).Bind(10, StoredTime.Encode(session.LastUsed)).Bind(11, session.IsReadOnly).Run();
    }

    public static void DeleteSession(StoreConnection connection, Guid id)
    {
        using var statement = connection.Rent(DeleteSessionText);
        statement.Bind(1, id).Run();
    }

    private static AccountState Account(Statement row) => new(
        row.Id(0),
        row.String(1)!,
        row.String(2)!,
        StoredNames<StoreRole>.Find(row.Bytes(3)),
        row.Bool(4),
        row.String(5)!,
        row.Time(6),
        row.Time(7),
        row.Time(8),
        (int)Math.Clamp(row.Int64(9), 0, int.MaxValue),
        row.IsNull(10) ? null : row.Time(10),
        row.IsNull(11) ? null : row.Time(11));

    private static SessionEntry Session(Statement row) => new(
        row.Id(0),
        row.IsNull(1) ? null : row.Id(1),
        row.String(2),
        row.IsNull(3) ? null : StoredNames<StoreRole>.Find(row.Bytes(3)),
        row.String(4)!,
        row.String(5)!,
        (int)row.Int64(6),
        row.Time(7),
        row.Time(8),
        row.Time(9),
        row.Bool(10));
}
