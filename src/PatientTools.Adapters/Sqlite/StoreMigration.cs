using System.Globalization;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Brings stores of older formats forward, each step wholly or not at all.</summary>
internal static class StoreMigration
{
    private const int Batch = 1000;

    private static string CurrentEntries => SearchEntries.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Brings the tables to the present format.</summary>
    public static void BringUpToDate(StoreConnection connection)
    {
        if (ReadFormat(connection) == StoreSchema.FormatVersion)
        {
            return;
        }

        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            // Another process may have done it while we waited.
            if (ReadFormat(connection) == 1)
            {
                FromFormat1(connection);
            }

            connection.Execute("COMMIT");
        }
        catch
        {
            connection.Rollback();
            throw;
        }

        // The format is told from the file's first bytes before SQLite opens it, so it must not wait in the log.
        connection.ReadPragma("wal_checkpoint(FULL)");
    }

    /// <summary>Makes sure that nothing has to be brought forward.</summary>
    public static void CheckUpToDate(StoreConnection connection)
    {
        if (ReadFormat(connection) is var format && format < StoreSchema.FormatVersion)
        {
            throw StoreErrors.TooOld(connection.Path, $"has the older format {format}");
        }

        if (StoreSchema.ReadFact(connection, StoreSchema.Facts.SearchEntriesVersion) != CurrentEntries)
        {
            throw StoreErrors.TooOld(connection.Path, "has search entries made under other rules");
        }
    }

    /// <summary>Makes all search entries anew where they were made under other rules.</summary>
    public static void RebuildSearchEntries(SqlitePatientStore store)
    {
        if (IsCurrent(store))
        {
            return;
        }

        using var writer = (StoreWriter)store.BeginWrite();
        if (writer.ReadFact(StoreSchema.Facts.SearchEntriesVersion) == CurrentEntries)
        {
            return;
        }

        writer.ClearSearchEntries();
        var after = 0L;
        while (writer.ReadStates(after, Batch) is { Count: > 0 } states)
        {
            foreach (var state in states)
            {
                writer.AddSearchEntries(state.Stamp.Key, state.Stamp.IsRemoved, SearchEntries.Of(state.Document.Properties));
            }

            after = states[^1].Stamp.Key;
        }

        writer.WriteFact(StoreSchema.Facts.SearchEntriesVersion, CurrentEntries);
        writer.Commit();
    }

    private static bool IsCurrent(SqlitePatientStore store)
    {
        using var reader = (StoreReader)store.BeginRead();
        return reader.ReadFact(StoreSchema.Facts.SearchEntriesVersion) == CurrentEntries;
    }

    private static int ReadFormat(StoreConnection connection)
    {
        var format = int.Parse(connection.ReadPragma("user_version"), CultureInfo.InvariantCulture);
        return format switch
        {
            > StoreSchema.FormatVersion => throw StoreErrors.TooNew(connection.Path, format),
            < 1 => throw StoreErrors.NotAStore(connection.Path, "it carries no format version"),
            _ => format,
        };
    }

    /// <summary>
    /// Format 1 kept no legacy members, had all its versions and search entries without the mark of the removed, and no
    /// indexes for the removed. Its search entries are dropped: they follow from the documents.
    /// </summary>
    private static void FromFormat1(StoreConnection connection) => connection.Execute(
        """
        PRAGMA defer_foreign_keys = ON;
        """ + StoreSchema.Marks);
}
