using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace PatientTools.Adapters.Sqlite.Engine;

/// <summary>
/// A prepared statement on loan from its connection; disposing it gives it back. Parameters count from 1, columns from 0.
/// </summary>
internal sealed unsafe class Statement : IDisposable
{
    private const int StackBytes = 512;
    private readonly StoreConnection _connection;
    private readonly nint _handle;

    public Statement(StoreConnection connection, StatementText text, nint handle)
    {
        _connection = connection;
        _handle = handle;
        Text = text;
    }

    public StatementText Text { get; }

    public Statement Bind(int index, long value)
    {
        Check(Sqlite3.BindInt64(_handle, index, value));
        return this;
    }

    public Statement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    public Statement Bind(int index, long? value) => value is { } present ? Bind(index, present) : BindNull(index);

    public Statement BindNull(int index)
    {
        Check(Sqlite3.BindNull(_handle, index));
        return this;
    }

    [SkipLocalsInit]
    public Statement Bind(int index, string? value)
    {
        if (value is null)
        {
            return BindNull(index);
        }

        var most = value.Length * 3;
        if (most <= StackBytes)
        {
            Span<byte> stack = stackalloc byte[StackBytes];
            return BindUtf8(index, stack[..Encoding.UTF8.GetBytes(value, stack)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return BindUtf8(index, rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    public Statement BindUtf8(int index, ReadOnlySpan<byte> text)
    {
        byte none = 0;
        fixed (byte* bytes = text)
        {
            Check(Sqlite3.BindText(_handle, index, bytes is null ? &none : bytes, text.Length, Sqlite3.Transient));
        }

        return this;
    }

    public Statement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        byte none = 0;
        fixed (byte* bytes = value)
        {
            Check(Sqlite3.BindBlob(_handle, index, bytes is null ? &none : bytes, value.Length, Sqlite3.Transient));
        }

        return this;
    }

    public Statement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BindBlob(index, bytes);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step() => Sqlite3.Step(_handle) switch
    {
        Sqlite3.Row => true,
        Sqlite3.Done => false,
        var code => throw Fail(code),
    };

    /// <summary>Runs a statement that gives no rows, and makes it ready for its next values.</summary>
    public void Run()
    {
        var code = Sqlite3.Step(_handle);
        if (code is not (Sqlite3.Done or Sqlite3.Row))
        {
            throw Fail(code);
        }

        _ = Sqlite3.Reset(_handle);
    }

    /// <summary>Makes the statement ready for its next values; those bound stay.</summary>
    public void Reset() => _ = Sqlite3.Reset(_handle);

    public long Int64(int column) => Sqlite3.ColumnInt64(_handle, column);

    public bool Bool(int column) => Sqlite3.ColumnInt64(_handle, column) != 0;

    public bool IsNull(int column) => Sqlite3.ColumnType(_handle, column) == Sqlite3.TypeNull;

    /// <summary>The bytes of a text or blob, valid until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var bytes = Sqlite3.ColumnBlob(_handle, column);
        return bytes is null ? default : new ReadOnlySpan<byte>(bytes, Sqlite3.ColumnBytes(_handle, column));
    }

    /// <summary>Finds the values of the row's first columns, valid until the next step.</summary>
    /// <remarks>
    /// For rows by the hundred thousand: a value is read in a third of the time that a column takes. The columns of a row are
    /// one array in SQLite's memory, so where the first one is where it was, so are the others.
    /// </remarks>
    /// <param name="values">The values of the row before, or zeros.</param>
    public void FindValues(Span<nint> values)
    {
        var first = Sqlite3.ColumnValue(_handle, 0);
        if (values[0] == first)
        {
            return;
        }

        values[0] = first;
        for (var column = 1; column < values.Length; column++)
        {
            values[column] = Sqlite3.ColumnValue(_handle, column);
        }
    }

    public static long Int64Of(nint value) => Sqlite3.ValueInt64(value);

    /// <summary>The bytes of a text or blob, valid until the next step.</summary>
    public static ReadOnlySpan<byte> BytesOf(nint value) => new(Sqlite3.ValueBlob(value), Sqlite3.ValueBytes(value));

    public string? String(int column)
    {
        var bytes = Sqlite3.ColumnBlob(_handle, column);
        if (bytes is not null)
        {
            return Encoding.UTF8.GetString(bytes, Sqlite3.ColumnBytes(_handle, column));
        }

        return IsNull(column) ? null : string.Empty;
    }

    /// <summary>A text that repeats from row to row, taken from a cache where it is there.</summary>
    public string? Repeating(int column, RepeatingTexts texts)
    {
        var bytes = Sqlite3.ColumnBlob(_handle, column);
        if (bytes is not null)
        {
            return texts.Get(new ReadOnlySpan<byte>(bytes, Sqlite3.ColumnBytes(_handle, column)));
        }

        return IsNull(column) ? null : string.Empty;
    }

    public Guid Guid(int column) => new(Bytes(column), bigEndian: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Sqlite3.Reset(_handle);
        _ = Sqlite3.ClearBindings(_handle);
        _connection.Return(this);
    }

    /// <summary>An id of whose form nobody can be sure, because somebody may have changed it from outside.</summary>
    public Guid Id(int column) => Bytes(column).Length == 16 ? Guid(column) : throw StoreErrors.IsDamaged(_connection.Path);

    /// <summary>A moment of whose form nobody can be sure.</summary>
    public DateTime Time(int column) => StoredTime.TryDecode(Int64(column), out var time) ? time : throw StoreErrors.IsDamaged(_connection.Path);

    internal void Close() => _ = Sqlite3.Finalize(_handle);

    private void Check(int code)
    {
        if (code != Sqlite3.Ok)
        {
            throw _connection.Error(code);
        }
    }

    private Exception Fail(int code)
    {
        var error = _connection.Error(code);
        _ = Sqlite3.Reset(_handle);
        return error;
    }
}
