using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PatientTools.Adapters.Sqlite.Engine;

/// <summary>What a connection is for.</summary>
internal enum ConnectionUse
{
    /// <summary>Reads a store that others may write.</summary>
    Read,

    /// <summary>Writes.</summary>
    Write,

    /// <summary>Reads a file that nobody can write, without any lock or log beside it.</summary>
    Immutable,

    /// <summary>Fills a file that nobody else knows, and that is thrown away when that fails: without a log, and without flushing.</summary>
    Load,
}

/// <summary>One connection to a store's file, used by one thread at a time, with the settings every connection has.</summary>
internal sealed unsafe class StoreConnection : IDisposable
{
    private readonly List<Statement?> _prepared = [];
    private readonly TimeSpan _busyTimeout;
    private nint _db;

    private StoreConnection(string path, ConnectionUse use, nint db, TimeSpan busyTimeout)
    {
        _busyTimeout = busyTimeout;
        Path = path;
        Use = use;
        _db = db;
    }

    /// <summary>Told of every connection the product opens, once its settings stand; for tests.</summary>
    internal static Action<StoreConnection>? Opened { get; set; }

    public string Path { get; }

    public ConnectionUse Use { get; }

    /// <summary>Texts that repeat in what this connection reads.</summary>
    public RepeatingTexts Texts { get; } = new();

    public bool InTransaction => Sqlite3.IsAutoCommit(_db) == 0;

    /// <summary>The operating system's own error number of the last failure.</summary>
    public int SystemError => Sqlite3.SystemError(_db);

    public static string EngineVersion => "SQLite " + Marshal.PtrToStringUTF8((nint)Sqlite3.LibraryVersion());

    /// <summary>Opens the file, which has to exist.</summary>
    public static StoreConnection Open(string path, ConnectionUse use, TimeSpan busyTimeout)
    {
        var flags = Sqlite3.OpenNoMutex | Sqlite3.OpenExtendedResultCodes | Sqlite3.OpenUri
            | (use is ConnectionUse.Write or ConnectionUse.Load ? Sqlite3.OpenReadWrite : Sqlite3.OpenReadOnly);
        nint db;
        int code;
        fixed (byte* name = Utf8(use == ConnectionUse.Immutable ? Uri(path) + "?immutable=1" : Uri(path)))
        {
            code = Sqlite3.Open(name, out db, flags, null);
        }

        var connection = new StoreConnection(path, use, db, busyTimeout);
        try
        {
            if (code != Sqlite3.Ok)
            {
                throw connection.Error(code);
            }

            connection.WaitFor(busyTimeout);
            connection.Configure();
            Opened?.Invoke(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that take no values.</summary>
    public void Execute(string sql)
    {
        var code = TryExecute(sql);
        if (code != Sqlite3.Ok)
        {
            throw Error(code);
        }
    }

    /// <summary>Makes another file that nobody writes readable beside this one's, outside of any transaction.</summary>
    public void Attach(string path, string name) => Execute($"ATTACH {Quoted(Uri(path) + "?immutable=1")} AS {name}");

    /// <summary>Copies the present state of the file into an empty one.</summary>
    public void CopyTo(string path) => Execute($"VACUUM INTO {Quoted(Uri(path))}");

    /// <summary>Runs statements that take no values.</summary>
    /// <returns>SQLite's result code.</returns>
    public int TryExecute(string sql)
    {
        fixed (byte* text = Utf8(sql))
        {
            return Sqlite3.Execute(_db, text, 0, 0, 0);
        }
    }

    /// <summary>Lends the prepared statement of a text; several of the same text may be out at once.</summary>
    public Statement Rent(StatementText text)
    {
        if (text.Slot < _prepared.Count && _prepared[text.Slot] is { } prepared)
        {
            _prepared[text.Slot] = null;
            return prepared;
        }

        return Prepare(text);
    }

    /// <summary>The first column of the first row; 0 without a row.</summary>
    public long ReadInt64(StatementText text)
    {
        using var statement = Rent(text);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>The first column of every row of a statement that is run once.</summary>
    public List<string> ReadTexts(string sql)
    {
        var statement = Prepare(new StatementText(sql));
        try
        {
            var texts = new List<string>();
            while (statement.Step())
            {
                texts.Add(statement.String(0) ?? string.Empty);
            }

            return texts;
        }
        finally
        {
            statement.Close();
        }
    }

    /// <summary>What a PRAGMA answers.</summary>
    public string ReadPragma(string name) => ReadTexts("PRAGMA " + name) is [var value, ..] ? value : string.Empty;

    /// <summary>What a PRAGMA answers, where that is a number.</summary>
    public long ReadNumber(string name) => long.Parse(ReadPragma(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Stops what runs on this connection; may be called from any thread while it is open.</summary>
    public void Interrupt() => Sqlite3.Interrupt(_db);

    /// <summary>Stops what runs on this connection when somebody cancels.</summary>
    /// <returns>Ends that, when disposed.</returns>
    public CancellationTokenRegistration InterruptOn(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return cancellation.UnsafeRegister(static connection => ((StoreConnection)connection!).Interrupt(), this);
    }

    /// <summary>Undoes the open transaction, if SQLite has not already done so.</summary>
    public void Rollback()
    {
        if (InTransaction)
        {
            _ = TryExecute("ROLLBACK");
        }
    }

    /// <summary>Finds out whether the file can be written, without waiting for whoever writes it: that somebody does is an answer, too.</summary>
    /// <exception cref="PatientToolsException"><c>StoreNotWritable</c>.</exception>
    public void ProbeWriting()
    {
        // SQLite opens a write-protected file without a word, and even begins to "write" there.
        fixed (byte* main = Utf8("main"))
        {
            if (Sqlite3.IsReadOnly(_db, main) != 0)
            {
                throw StoreErrors.NotWritable(Path);
            }
        }

        WaitFor(TimeSpan.Zero);
        try
        {
            Execute("BEGIN IMMEDIATE");
        }
        catch (PatientToolsException e) when (e.Kind == ErrorKind.Busy)
        {
            // Whoever holds the lock shows that there is one to be had.
        }
        finally
        {
            Rollback();
            WaitFor(_busyTimeout);
        }
    }

    public Exception Error(int code) => StoreErrors.Of(code, this);

    /// <summary>SQLite's own words for the last failure: for the debugger, since they may quote a statement.</summary>
    public string ErrorMessage => Marshal.PtrToStringUTF8((nint)Sqlite3.ErrorMessage(_db)) ?? string.Empty;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _prepared)
        {
            statement?.Close();
        }

        _prepared.Clear();
        if (_db != 0)
        {
            _ = Sqlite3.Close(_db);
            _db = 0;
        }
    }

    internal void Return(Statement statement)
    {
        var slot = statement.Text.Slot;
        while (_db != 0 && _prepared.Count <= slot)
        {
            _prepared.Add(null);
        }

        if (_db == 0 || _prepared[slot] is not null)
        {
            statement.Close();
            return;
        }

        _prepared[slot] = statement;
    }

    private void WaitFor(TimeSpan timeout) => _ = Sqlite3.BusyTimeout(_db, (int)Math.Clamp(timeout.TotalMilliseconds, 0, int.MaxValue));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The path as SQLite's URI (sqlite.org/uri.html).</summary>
    private static string Uri(string path)
    {
        var escaped = path.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("?", "%3f", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            return "file:" + escaped;
        }

        escaped = escaped.Replace('\\', '/');
        return escaped.StartsWith("//", StringComparison.Ordinal) ? "file:" + escaped : "file:///" + escaped;
    }

    private Statement Prepare(StatementText text)
    {
        var sql = Encoding.UTF8.GetBytes(text.Sql);
        fixed (byte* start = sql)
        {
            var code = Sqlite3.Prepare(_db, start, sql.Length, Sqlite3.PreparePersistent, out var handle, 0);
            return code == Sqlite3.Ok ? new Statement(this, text, handle) : throw Error(code);
        }
    }

    private void Configure()
    {
        if (Use == ConnectionUse.Load)
        {
            // Rows are looked for before others refer to them: a failing statement could not be undone.
            Execute(
                """
                PRAGMA trusted_schema = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
                PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; PRAGMA mmap_size = 0;
                """);
            return;
        }

        var cacheKibibytes = Use == ConnectionUse.Write ? 64 * 1024 : 32 * 1024;
        Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PRAGMA trusted_schema = OFF;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = ON;
            PRAGMA foreign_keys = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -{cacheKibibytes};
            PRAGMA mmap_size = 0;
            """));
        if (Use == ConnectionUse.Write)
        {
            Execute("PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 33554432; PRAGMA wal_autocheckpoint = 4000;");
        }
    }
}
