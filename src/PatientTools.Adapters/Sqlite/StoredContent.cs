using PatientTools.Adapters.Sqlite.Engine;

namespace PatientTools.Adapters.Sqlite;

/// <summary>What a piece of content belongs to. The numbers are stored.</summary>
internal enum ContentOwner
{
    /// <summary>A patient's document.</summary>
    Document = 1,

    /// <summary>A patient's legacy members.</summary>
    Legacy = 2,

    /// <summary>An entry of a record.</summary>
    Record = 3,
}

/// <summary>
/// JSON of any size: in its row when it is small, else in chunks beside it, because SQLite refuses a value of more than a
/// billion bytes and reads a large one only as a whole. An empty value in the row says that there are chunks.
/// </summary>
internal static class StoredContent
{
    /// <summary>The largest content in a row, and the size of a chunk, in bytes.</summary>
    public const int ChunkBytes = 256 * 1024;

    private static readonly StatementText Insert = new("INSERT INTO chunk(owner, owner_key, version, n, data) VALUES(?1, ?2, ?3, ?4, ?5)");
    private static readonly StatementText Select =
        new("SELECT data FROM chunk WHERE owner = ?1 AND owner_key = ?2 AND version = ?3 ORDER BY n");

    private static readonly StatementText Measure =
        new("SELECT coalesce(sum(length(data)), 0) FROM chunk WHERE owner = ?1 AND owner_key = ?2 AND version = ?3");

    private static readonly StatementText Delete = new("DELETE FROM chunk WHERE owner = ?1 AND owner_key = ?2");

    /// <summary>Stores what does not fit into the row.</summary>
    /// <returns>What goes into the row.</returns>
    public static ReadOnlySpan<byte> Write(StoreConnection connection, ContentOwner owner, long key, long version, ReadOnlySpan<byte> content)
    {
        if (content.Length <= ChunkBytes)
        {
            return content;
        }

        using var insert = connection.Rent(Insert);
        insert.Bind(1, (long)owner).Bind(2, key).Bind(3, version);
        for (int n = 0, at = 0; at < content.Length; n++, at += ChunkBytes)
        {
            insert.Bind(4, n).BindBlob(5, content.Slice(at, Math.Min(ChunkBytes, content.Length - at))).Run();
        }

        return default;
    }

    /// <summary>Reads content whose row has been reached.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="row">The row's value.</param>
    /// <param name="owner">What the content belongs to.</param>
    /// <param name="key">The owner's key.</param>
    /// <param name="version">The owner's version.</param>
    /// <returns>The whole content.</returns>
    public static byte[] Read(StoreConnection connection, ReadOnlySpan<byte> row, ContentOwner owner, long key, long version)
    {
        if (!row.IsEmpty)
        {
            return row.ToArray();
        }

        using var measure = connection.Rent(Measure);
        measure.Bind(1, (long)owner).Bind(2, key).Bind(3, version).Step();
        var content = new byte[measure.Int64(0)];
        var rest = content.AsSpan();
        using var select = connection.Rent(Select);
        select.Bind(1, (long)owner).Bind(2, key).Bind(3, version);
        while (select.Step())
        {
            var chunk = select.Bytes(0);
            chunk.CopyTo(rest);
            rest = rest[chunk.Length..];
        }

        return content.Length > 0 ? content : throw StoreErrors.IsDamaged(connection.Path);
    }

    /// <summary>Erases all chunks of an owner, of every version.</summary>
    public static void Erase(StoreConnection connection, ContentOwner owner, long key)
    {
        using var statement = connection.Rent(Delete);
        statement.Bind(1, (long)owner).Bind(2, key).Run();
    }
}
