using System.Buffers.Binary;
using System.Buffers.Text;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>
/// Where a page ended: which patient came last, of which answer. Written as text for whoever goes on; it holds keys and
/// numbers only, nothing of a patient.
/// </summary>
/// <param name="Epoch">The epoch of the store.</param>
/// <param name="Sequence">The moment of which all pages are.</param>
/// <param name="Today">The day for which ages are told.</param>
/// <param name="LastKey">The patient who came last.</param>
/// <param name="Skipped">How many patients come before the next page.</param>
/// <param name="Total">The total of the answer.</param>
/// <param name="Question">A mark of order and options, so that a cursor is not used for another question by mistake.</param>
internal sealed record PatientCursor(Guid Epoch, long Sequence, DateOnly Today, long LastKey, long Skipped, long Total, uint Question)
{
    private const byte Version = 1;
    private const int Length = 1 + 16 + 8 + 4 + 8 + 8 + 8 + 4;
    private const int CheckLength = 4;

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="PatientToolsException"><c>CursorInvalid</c>.</exception>
    public static PatientCursor Parse(string text)
    {
        var bytes = new byte[Length + CheckLength];
        return Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == bytes.Length && bytes[0] == Version
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Length)) == Check(bytes)
            && Read(bytes) is { LastKey: > 0, Skipped: > 0 } cursor && cursor.Skipped <= cursor.Total
            ? cursor
            : throw new PatientToolsException("CursorInvalid", "This is not a cursor. Give the property Cursor of a page that Find-Patient returned, as it is.", ErrorKind.InvalidArgument);
    }

    /// <summary>The cursor as text: letters, digits, hyphens and underscores.</summary>
    public override string ToString()
    {
        var bytes = new byte[Length + CheckLength];
        bytes[0] = Version;
        Epoch.TryWriteBytes(bytes.AsSpan(1));
        var rest = bytes.AsSpan(17);
        BinaryPrimitives.WriteInt64LittleEndian(rest, Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(rest[8..], Today.DayNumber);
        BinaryPrimitives.WriteInt64LittleEndian(rest[12..], LastKey);
        BinaryPrimitives.WriteInt64LittleEndian(rest[20..], Skipped);
        BinaryPrimitives.WriteInt64LittleEndian(rest[28..], Total);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[36..], Question);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Length), Check(bytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Refuses a cursor of another store, or of this one before it was restored or copied.</summary>
    /// <exception cref="PatientToolsException"><c>CursorExpired</c>.</exception>
    public void CheckStore(StoreIdentity store)
    {
        if (store.Epoch != Epoch)
        {
            throw new PatientToolsException(
                "CursorExpired",
                "The cursor is of another store, or of this one before it was restored or copied. Begin again with the first page.",
                ErrorKind.InvalidOperation);
        }
    }

    /// <summary>Refuses a cursor that another question gave: more patients answer than did then.</summary>
    /// <exception cref="PatientToolsException"><c>CursorOfOtherSearch</c>.</exception>
    public void CheckQuestion(PatientQuery query, long total)
    {
        if (Question != MarkOf(query) || total > Total)
        {
            throw OfOtherSearch();
        }
    }

    /// <summary>The error for a cursor that another question gave.</summary>
    public static PatientToolsException OfOtherSearch() => new(
        "CursorOfOtherSearch",
        "The cursor belongs to another search. Repeat the parameters of the search that gave it, and change nothing but -After and -PageSize.",
        ErrorKind.InvalidArgument);

    /// <summary>The mark of a question.</summary>
    public static uint MarkOf(PatientQuery query)
    {
        var hash = 0x811C9DC5u;
        foreach (var c in string.Join('|', query.Order.Select(order => $"{order.Property.Name}{(order.Descending ? '-' : '+')}")) + $"|{query.IncludeRemoved}|{query.Ranking.Count}")
        {
            hash = (hash ^ c) * 0x01000193;
        }

        return hash;
    }

    private static PatientCursor? Read(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[17..];
        var today = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
        return today < 0 || today > DateOnly.MaxValue.DayNumber ? null : new PatientCursor(
            new Guid(bytes.Slice(1, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(rest),
            DateOnly.FromDayNumber(today),
            BinaryPrimitives.ReadInt64LittleEndian(rest[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(rest[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(rest[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(rest[36..]));
    }

    /// <summary>FNV-1a: against typing errors and cut ends, not against forgery.</summary>
    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        var hash = 0x811C9DC5u;
        foreach (var value in bytes[..Length])
        {
            hash = (hash ^ value) * 0x01000193;
        }

        return hash;
    }
}
