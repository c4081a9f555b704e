using System.Collections.Concurrent;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>An open store in one SQLite file.</summary>
internal sealed class SqlitePatientStore : IPatientStore
{
    private const int MostIdleReaders = 16;
    private readonly ConcurrentStack<StoreConnection> _idleReaders = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConnectionUse _readUse;
    private readonly StoreOptions _options;
    private readonly StoreConnection? _writer;
    private volatile bool _disposed;
    private int _lent;

    /// <summary>Takes over connections to a file that has been checked and brought up to date.</summary>
    /// <param name="location">The full path.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="writer">The writing connection; of a store for reading only, the one that writes the audit trail, or null where nothing can be written.</param>
    /// <param name="reader">A first reading connection, or null.</param>
    /// <param name="readUse">How further reading connections are opened.</param>
    /// <param name="identity">Who the store is.</param>
    public SqlitePatientStore(
        string location, StoreOptions options, StoreConnection? writer, StoreConnection? reader, ConnectionUse readUse, StoreIdentity identity)
    {
        Location = location;
        Identity = identity;
        _options = options;
        _writer = writer;
        _readUse = readUse;
        StoreFile.EnterOpen(location);
        if (reader is not null)
        {
            _idleReaders.Push(reader);
        }
    }

    /// <inheritdoc/>
    public StoreIdentity Identity { get; }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public bool IsReadOnly => _options.ReadOnly;

    /// <inheritdoc/>
    public bool CanLog => _writer is not null;

    /// <inheritdoc/>
    public IStoreReader BeginRead()
    {
        var connection = RentReader();
        try
        {
            return StoreReader.Begin(this, connection);
        }
        catch
        {
            EndRead(connection);
            throw;
        }
    }

    /// <inheritdoc/>
    public IStoreWriter BeginWrite()
    {
        RefuseReadOnly();
        return BeginLog();
    }

    /// <inheritdoc/>
    public IStoreWriter BeginLog() => EnterWriting(connection => StoreWriter.Begin(this, connection));

    /// <inheritdoc/>
    public StoreFigures ReadFigures()
    {
        var connection = RentReader();
        try
        {
            return StoreUpkeep.ReadFigures(connection);
        }
        finally
        {
            EndRead(connection);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> CheckStructure(bool full, CancellationToken cancellation)
    {
        var connection = RentReader();
        try
        {
            return StructureCheck.Run(connection, full, cancellation);
        }
        finally
        {
            EndRead(connection);
        }
    }

    /// <inheritdoc/>
    public void Optimize(CancellationToken cancellation) => Maintain(connection => StoreUpkeep.Optimize(connection, _options.BusyTimeout, cancellation));

    /// <inheritdoc/>
    public void Scrub() => Maintain(connection => StoreUpkeep.Scrub(connection, _options.BusyTimeout));

    /// <inheritdoc/>
    public void Replace(string source, string aside, bool withAccounts, Action<IStoreWriter> finish, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(finish);
        Maintain(connection => new StoreReplacement(this, connection, Path.GetFullPath(source)).Run(Path.GetFullPath(aside), withAccounts, finish, cancellation));
    }

    /// <summary>Does something with a further reading connection.</summary>
    internal void WithReader(Action<StoreConnection> work)
    {
        var reader = RentReader();
        try
        {
            work(reader);
        }
        finally
        {
            EndRead(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        StoreFile.LeaveOpen(Location);
        CloseWhenIdle();
    }

    /// <summary>Ends a reader's transaction and keeps its connection for the next one.</summary>
    internal void EndRead(StoreConnection connection)
    {
        connection.Rollback();
        if (_disposed || _idleReaders.Count >= MostIdleReaders)
        {
            connection.Dispose();
        }
        else
        {
            _idleReaders.Push(connection);
        }

        Interlocked.Decrement(ref _lent);
        CloseWhenIdle();
    }

    /// <summary>Ends the writer's transaction, undoing it unless it was committed.</summary>
    internal void EndWrite(StoreConnection connection)
    {
        connection.Rollback();
        _writing.Release();
        CloseWhenIdle();
    }

    private StoreConnection RentReader()
    {
        Interlocked.Increment(ref _lent);
        try
        {
            return _disposed ? throw StoreErrors.Closed(Location)
                : _idleReaders.TryPop(out var idle) ? idle
                : StoreConnection.Open(Location, _readUse, _options.BusyTimeout);
        }
        catch
        {
            Interlocked.Decrement(ref _lent);
            throw;
        }
    }

    /// <summary>
    /// Closes what is left once nobody reads or writes any more. The writing connection goes last: only it can bring the log
    /// into the file.
    /// </summary>
    private void CloseWhenIdle()
    {
        if (!_disposed || Volatile.Read(ref _lent) > 0)
        {
            return;
        }

        while (_idleReaders.TryPop(out var reader))
        {
            reader.Dispose();
        }

        if (_writing.Wait(0))
        {
            _writer?.Dispose();
            _writing.Release();
        }
    }

    /// <summary>Waits for the writing connection. Whoever gets it calls <see cref="EndWrite"/>.</summary>
    private T EnterWriting<T>(Func<StoreConnection, T> begin)
    {
        if (_disposed)
        {
            throw StoreErrors.Closed(Location);
        }

        var connection = _writer ?? throw StoreErrors.NotWritable(Location);
        if (!_writing.Wait(_options.BusyTimeout))
        {
            throw StoreErrors.IsBusy(Location);
        }

        if (_disposed)
        {
            _writing.Release();
            throw StoreErrors.Closed(Location);
        }

        try
        {
            return begin(connection);
        }
        catch
        {
            EndWrite(connection);
            throw;
        }
    }

    private void RefuseReadOnly()
    {
        if (IsReadOnly)
        {
            throw StoreErrors.OpenedReadOnly(Location);
        }
    }

    private void Maintain(Action<StoreConnection> work)
    {
        RefuseReadOnly();
        EnterWriting(connection =>
        {
            work(connection);
            return true;
        });
        EndWrite(_writer!);
    }
}
