using System.Globalization;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Adapters.Sqlite.Salvage;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Opens and makes stores that are one SQLite file each.</summary>
internal sealed class SqlitePatientStoreProvider : IPatientStoreProvider
{
    private static readonly string[] FilesBeside = ["-wal", "-shm", "-journal"];

    /// <inheritdoc/>
    IPatientStore IPatientStoreProvider.Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.GetFullPath(location);
        CheckFree(path);

        // Made under another name and renamed when complete: a file under the store's name is always a whole store.
        var making = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.new");
        StoreFile.Make(making);
        try
        {
            Make(making, options, fill);
            StoreFile.Rename(making, path);
        }
        finally
        {
            DeleteLeftovers(making);
        }

        return ((IPatientStoreProvider)this).Open(path, options);
    }

    /// <inheritdoc/>
    IPatientStore IPatientStoreProvider.Open(string location, StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.GetFullPath(location);
        StoreFile.Check(path, options.BusyTimeout);
        return options.ReadOnly ? OpenToRead(path, options) : OpenToWrite(path, options);
    }

    /// <inheritdoc/>
    IEnumerable<SalvagedItem> IPatientStoreProvider.Salvage(string location, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(location);
        if (!File.Exists(path))
        {
            throw StoreErrors.NotFound(path);
        }

        if (StoreFile.IsOpen(path))
        {
            throw StoreErrors.OpenHere(path);
        }

        var file = new PageFile(path);
        try
        {
            var map = SalvageMap.Read(file, cancellation);
            return map.IsEmpty
                ? throw StoreErrors.NotAStore(path, "nothing in it looks like a patient")
                : new StoreSalvager(file, map).Read(cancellation);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    bool IPatientStoreProvider.IsOwnedByCaller(string location)
    {
        var path = Path.GetFullPath(location);
        return File.Exists(path) ? StoreOwner.IsCaller(path) : throw StoreErrors.NotFound(path);
    }

    /// <inheritdoc/>
    void IPatientStoreProvider.Build(string location, StoreIdentity identity, Action<IStoreLoader> fill) => throw new NotSupportedException();

    private static void CheckFree(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw StoreErrors.Exists(path);
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw StoreErrors.FolderMissing(path);
        }

        // SQLite would take the log of a store that is gone for the new store's own.
        if (FilesBeside.Select(suffix => path + suffix).FirstOrDefault(File.Exists) is { } leftover)
        {
            throw StoreErrors.Exists(leftover);
        }
    }

    private static void Make(string path, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill)
    {
        using var connection = StoreConnection.Open(path, ConnectionUse.Write, options.BusyTimeout);
        connection.Execute("BEGIN IMMEDIATE;" + StoreSchema.Tables + StoreSchema.Marks);
        StoreSchema.WriteFact(connection, StoreSchema.Facts.Id, Guid.NewGuid().ToString());
        StoreSchema.WriteFact(connection, StoreSchema.Facts.Epoch, Guid.NewGuid().ToString());
        StoreSchema.WriteFact(connection, StoreSchema.Facts.Created, options.Time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        StoreSchema.WriteFact(connection, StoreSchema.Facts.SearchEntriesVersion, SearchEntries.Version.ToString(CultureInfo.InvariantCulture));
        connection.Execute("COMMIT");
        if (fill is not null)
        {
            var writing = StoreConnection.Open(path, ConnectionUse.Write, options.BusyTimeout);
            using var store = new SqlitePatientStore(path, options with { ReadOnly = false }, writing, reader: null, ConnectionUse.Read, ReadIdentity(connection));
            using var writer = store.BeginWrite();
            fill(writer, store.Identity);
            writer.Commit();
        }

        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void DeleteLeftovers(string path)
    {
        File.Delete(path);
        foreach (var suffix in FilesBeside)
        {
            File.Delete(path + suffix);
        }
    }

    private static SqlitePatientStore OpenToWrite(string path, StoreOptions options)
    {
        var writer = StoreConnection.Open(path, ConnectionUse.Write, options.BusyTimeout);
        try
        {
            StoreMigration.BringUpToDate(writer);
            var store = new SqlitePatientStore(path, options, writer, reader: null, ConnectionUse.Read, ReadIdentity(writer));
            StoreMigration.RebuildSearchEntries(store);
            ScrubIfPending(writer);
            return store;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>One try: while others use the store the scrub stays pending, and the next to open it tries again.</summary>
    private static void ScrubIfPending(StoreConnection writer)
    {
        try
        {
            StoreUpkeep.ScrubIfPending(writer, TimeSpan.Zero);
        }
        catch (PatientToolsException e) when (e.Kind is ErrorKind.Busy or ErrorKind.Full)
        {
            // The store is whole and usable; Optimize-PatientStore says what keeps the scrub from being done.
        }
    }

    private static SqlitePatientStore OpenToRead(string path, StoreOptions options)
    {
        var (reader, use) = ConnectToRead(path, options);
        try
        {
            StoreMigration.CheckUpToDate(reader);
            var log = use == ConnectionUse.Immutable ? null : ConnectToLog(path, options);
            return new SqlitePatientStore(path, options, log, reader, use, ReadIdentity(reader));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reading needs an index of the log beside the file. In a folder where it cannot be made nobody can have written a log
    /// either; then the file alone is the whole store.
    /// </summary>
    private static (StoreConnection Reader, ConnectionUse Use) ConnectToRead(string path, StoreOptions options)
    {
        StoreConnection? reader = null;
        try
        {
            reader = StoreConnection.Open(path, ConnectionUse.Read, options.BusyTimeout);
            reader.ReadPragma("user_version");
            return (reader, ConnectionUse.Read);
        }
        catch (PatientToolsException e) when (e.ErrorId == "StoreNotWritable" && !StoreFile.HasLog(path))
        {
            reader?.Dispose();
            return (StoreConnection.Open(path, ConnectionUse.Immutable, options.BusyTimeout), ConnectionUse.Immutable);
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }

    /// <summary>The connection that writes the audit trail of a store opened for reading only; null where nothing can be written.</summary>
    private static StoreConnection? ConnectToLog(string path, StoreOptions options)
    {
        StoreConnection? log = null;
        try
        {
            log = StoreConnection.Open(path, ConnectionUse.Write, options.BusyTimeout);
            log.ProbeWriting();
            return log;
        }
        catch (PatientToolsException e) when (e.ErrorId == "StoreNotWritable")
        {
            log?.Dispose();
            return null;
        }
        catch
        {
            log?.Dispose();
            throw;
        }
    }

    private static StoreIdentity ReadIdentity(StoreConnection connection)
    {
        string Fact(string name) => StoreSchema.ReadFact(connection, name) ?? throw StoreErrors.IsDamaged(connection.Path);
        return new StoreIdentity(
            Guid.Parse(Fact(StoreSchema.Facts.Id)),
            Guid.Parse(Fact(StoreSchema.Facts.Epoch)),
            StoreSchema.FormatVersion,
            DateTime.Parse(Fact(StoreSchema.Facts.Created), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
    }
}
