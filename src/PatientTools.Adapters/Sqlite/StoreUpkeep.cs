using System.Diagnostics;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Figures of a store's file, and what keeps it small and clean.</summary>
internal static class StoreUpkeep
{
    private static readonly StatementText CountRecords = new("SELECT count(*) FROM record");
    private static readonly StatementText CountVersions =
        new("SELECT (SELECT count(*) FROM patient_version) + (SELECT count(*) FROM record_version)");

    /// <summary>SQLite keeps one directory for temporary files in the whole process.</summary>
    private static readonly Lock TemporaryFolder = new();

    public static StoreFigures ReadFigures(StoreConnection connection)
    {
        var pageBytes = connection.ReadNumber("page_size");
        var cache = connection.ReadNumber("cache_size");
        var totals = ReadTotals(connection);
        return new StoreFigures(
            Length(connection.Path),
            Length(connection.Path + "-wal"),
            connection.ReadNumber("freelist_count") * pageBytes,
            totals.Patients,
            totals.RemovedPatients,
            totals.Records,
            totals.Versions,
            connection.ReadPragma("journal_mode"),
            SynchronousName(connection.ReadPragma("synchronous")),
            cache < 0 ? -cache * 1024 : cache * pageBytes,
            StoreConnection.EngineVersion);
    }

    /// <summary>Counts what a store holds.</summary>
    public static StoreTotals ReadTotals(StoreConnection connection) => new(
        SegmentRows.Count(connection, SearchEntryKind.State, StateTerms.Living),
        SegmentRows.Count(connection, SearchEntryKind.State, StateTerms.Removed),
        connection.ReadInt64(CountRecords),
        connection.ReadInt64(CountVersions));

    /// <summary>Gives space back when a tenth of the file is unused, brings the log into the file, refreshes statistics.</summary>
    public static void Optimize(StoreConnection connection, TimeSpan busyTimeout, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        connection.Execute("PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002;");
        cancellation.ThrowIfCancellationRequested();
        if (ScrubIfPending(connection, busyTimeout))
        {
            return;
        }

        if (connection.ReadNumber("freelist_count") * 10 > connection.ReadNumber("page_count"))
        {
            Vacuum(connection);
        }

        cancellation.ThrowIfCancellationRequested();
        EmptyLog(connection, busyTimeout);
    }

    /// <summary>
    /// <c>secure_delete</c> overwrites what is deleted, but where pages were split or merged, copies of rows stay behind in
    /// space that belongs to no row any more. Only writing every page anew, and then emptying the log, erases those.
    /// </summary>
    public static void Scrub(StoreConnection connection, TimeSpan busyTimeout)
    {
        Vacuum(connection);
        EmptyLog(connection, busyTimeout);
        StoreSchema.WriteFact(connection, StoreSchema.Facts.ScrubPending, "0");
    }

    /// <summary>Scrubs when a purge was not followed by a scrub, because its process was killed or others kept the log in use.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public static bool ScrubIfPending(StoreConnection connection, TimeSpan busyTimeout)
    {
        if (StoreSchema.ReadFact(connection, StoreSchema.Facts.ScrubPending) != "1")
        {
            return false;
        }

        Scrub(connection, busyTimeout);
        return true;
    }

    private static string SynchronousName(string level) => level switch
    {
        "0" => "OFF",
        "1" => "NORMAL",
        "2" => "FULL",
        "3" => "EXTRA",
        _ => level,
    };

    private static long Length(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>Writes the file anew. The copy is a file beside the store that SQLite makes for its owner only (mode 0600).</summary>
    private static void Vacuum(StoreConnection connection)
    {
        var folder = Path.GetDirectoryName(connection.Path)!.Replace("'", "''", StringComparison.Ordinal);
        lock (TemporaryFolder)
        {
            try
            {
                connection.Execute($"PRAGMA temp_store_directory = '{folder}'; PRAGMA temp_store = FILE; VACUUM;");
            }
            finally
            {
                _ = connection.TryExecute("PRAGMA temp_store_directory = ''; PRAGMA temp_store = MEMORY;");
            }
        }
    }

    /// <summary>Copies the log into the file and cuts it to nothing, waiting for readers of old snapshots.</summary>
    public static void EmptyLog(StoreConnection connection, TimeSpan busyTimeout)
    {
        var waiting = Stopwatch.StartNew();
        using var pause = new ManualResetEventSlim();
        while (connection.ReadPragma("wal_checkpoint(TRUNCATE)") != "0")
        {
            if (waiting.Elapsed >= busyTimeout)
            {
                throw StoreErrors.LogInUse(connection.Path);
            }

            pause.Wait(TimeSpan.FromMilliseconds(20));
        }
    }
}
