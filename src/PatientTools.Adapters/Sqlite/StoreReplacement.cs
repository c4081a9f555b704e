using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Puts the content of another store in the place of an open one's.</summary>
/// <remarks>
/// One transaction, so that whoever has the store open sees the old content or the new one. The copy of the old content is
/// made by another connection while the write lock is held: nobody writes anything that would be in neither.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="connection">Its writing connection, which is lent for this.</param>
/// <param name="source">The full path of the other store's file, which nobody has open.</param>
internal sealed class StoreReplacement(SqlitePatientStore store, StoreConnection connection, string source)
{
    private const string Other = "source";

    /// <summary>How long readers of the old content are waited for, so that the log can be cut: it is only space.</summary>
    private static readonly TimeSpan LogWait = TimeSpan.FromSeconds(1);

    /// <summary>All that is not the installation's own: accounts, sessions, trail and places are.</summary>
    private static readonly string[] Tables =
        ["setting", "patient", "patient_version", "search_entry", "record", "record_version", "chunk", "purge"];

    private static readonly StatementText Counters = new($"SELECT name, value FROM {Other}.counter");

    /// <summary>Replaces the content.</summary>
    /// <param name="aside">The full path for the copy of the old content.</param>
    /// <param name="withAccounts">Whether the other store's accounts are taken over, too.</param>
    /// <param name="finish">What else belongs to the transaction; it commits.</param>
    /// <param name="cancellation">Gives up.</param>
    public void Run(string aside, bool withAccounts, Action<IStoreWriter> finish, CancellationToken cancellation)
    {
        try
        {
            StoreFile.CheckFree(aside);
            using var making = StoreFile.Claim(aside);

            connection.Attach(source, Other);
            try
            {
                // Tables are replaced one after the other.
                connection.Execute("PRAGMA foreign_keys = OFF");
                Run(making.Path, aside, withAccounts, finish, cancellation);
            }
            finally
            {
                connection.Rollback();
                connection.Execute($"DETACH {Other}; PRAGMA foreign_keys = ON;");
                CutLog();
            }
        }
        finally
        {
            StoreFile.Delete(source);
        }
    }

    private void Run(string making, string aside, bool withAccounts, Action<IStoreWriter> finish, CancellationToken cancellation)
    {
        connection.Execute("BEGIN IMMEDIATE");
        KeepAside(making, aside, cancellation);
        using (connection.InterruptOn(cancellation))
        {
            Copy(withAccounts);
        }

        cancellation.ThrowIfCancellationRequested();
        using var writer = StoreWriter.Continue(store, connection);
        CopyCounters(writer);
        StoreFile.Rename(making, aside);
        try
        {
            finish(writer);
        }
        finally
        {
            if (!writer.IsCommitted)
            {
                StoreFile.Delete(aside);
            }
        }

        if (!writer.IsCommitted)
        {
            throw new InvalidOperationException("What finishes a replacement has to commit it.");
        }
    }

    private void KeepAside(string making, string aside, CancellationToken cancellation)
    {
        StoreFile.Make(making);
        store.WithReader(reader =>
        {
            using var interruption = reader.InterruptOn(cancellation);
            reader.CopyTo(making);
        });
        using (var copy = StoreConnection.Open(making, ConnectionUse.Write, TimeSpan.Zero))
        {
            // Nobody has the copy open. Put back in the store's place one day, it is no copy that is kept aside.
            copy.Execute("DELETE FROM session");
            CopyRows.DeletePlace(copy, aside);
            copy.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        StoreFile.Flush(making);
    }

    private void Copy(bool withAccounts)
    {
        if (StoreSchema.ReadFact(connection, StoreSchema.Facts.Id) is var id && connection.ReadTexts($"SELECT value FROM {Other}.store WHERE name = '{StoreSchema.Facts.Id}'") is not [var other] || other != id)
        {
            throw StoreErrors.NotAStore(source, "it is not a copy of the store that is to be replaced");
        }

        foreach (var table in withAccounts ? Tables.Append("account") : Tables)
        {
            // Into an empty table of the same form SQLite copies rows without looking into them. A statement that fails may take the
            // transaction with it: otherwise SQLite keeps every page that it overwrites in memory, to undo the statement alone.
            connection.Execute($"DELETE FROM main.{table}; INSERT OR ROLLBACK INTO main.{table} SELECT * FROM {Other}.{table};");
        }

        connection.Execute(
            $"""
            DELETE FROM main.session;
            INSERT OR REPLACE INTO main.store SELECT * FROM {Other}.store
                WHERE name IN ('{StoreSchema.Facts.Epoch}', '{StoreSchema.Facts.SearchEntriesVersion}');
            """);
    }

    /// <summary>The store's own counters go where the other one's stand. Numbers that were handed out to people are not handed out again.</summary>
    private void CopyCounters(StoreWriter writer)
    {
        using var rows = connection.Rent(Counters);
        var present = writer.ReadCounters();
        while (rows.Step())
        {
            var (name, value) = (rows.String(0)!, rows.Int64(1));
            var isOwn = name is StoreSchema.Counters.Sequence or StoreSchema.Counters.Patient or StoreSchema.Counters.Record;
            writer.SetCounter(name, isOwn ? value : Math.Max(value, present.GetValueOrDefault(name)));
        }

        writer.ChangeAccess();
    }

    private void CutLog()
    {
        try
        {
            StoreUpkeep.EmptyLog(connection, LogWait);
        }
        catch (PatientToolsException e) when (e.Kind is ErrorKind.Busy or ErrorKind.Full)
        {
            // The next checkpoint cuts it.
        }
    }
}
