using System.Globalization;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Adapters.Sqlite.Salvage;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Opens and makes stores that are one SQLite file each.</summary>
internal sealed class SqlitePatientStoreProvider : IPatientStoreProvider
{
    /// <inheritdoc/>
    IPatientStore IPatientStoreProvider.Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.GetFullPath(location);
        StoreFile.CheckFree(path);

        // Made under another name and renamed when complete: a file under the store's name is always a whole store.
        using (var making = StoreFile.Claim(path))
        {
            StoreFile.Make(making.Path);
            Make(making.Path, options, fill);
            StoreFile.Rename(making.Path, path);
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
    void IPatientStoreProvider.Build(string location, StoreIdentity identity, Action<IStoreLoader> fill)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(fill);
        var path = Path.GetFullPath(location);
        StoreFile.CheckFree(path);
        using var making = StoreFile.Claim(path);
        StoreFile.Make(making.Path);
        using (var connection = StoreConnection.Open(making.Path, ConnectionUse.Load, TimeSpan.Zero))
        using (var loader = new StoreLoader(connection, identity))
        {
            fill(loader);
            loader.Finish();
        }

        StoreFile.Flush(making.Path);
        StoreFile.Rename(making.Path, path);
    }

    private static void Make(string path, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill)
    {
        using var connection = StoreConnection.Open(path, ConnectionUse.Write, options.BusyTimeout);
        connection.Execute("BEGIN IMMEDIATE;" + StoreSchema.Tables + StoreSchema.Marks);
        StoreSchema.WriteIdentity(connection, new StoreIdentity(Guid.NewGuid(), Guid.NewGuid(), StoreSchema.FormatVersion, options.Time.GetUtcNow().UtcDateTime));
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
