using System.Text;

namespace PatientTools.Search.Index;

/// <summary>A range of terms, compared byte by byte in UTF-8.</summary>
/// <param name="From">The first bytes that count.</param>
/// <param name="To">The first bytes that do not count any more; null for no bound.</param>
public sealed record TermRange(ReadOnlyMemory<byte> From, ReadOnlyMemory<byte>? To)
{
    /// <summary>The least number of bytes of a term that counts.</summary>
    public int Shortest { get; init; }

    /// <summary>The greatest number of bytes of a term that counts; null for no bound.</summary>
    public int? Longest { get; init; }

    /// <summary>Whether terms are told apart by their length, too.</summary>
    public bool HasLengths => Shortest > 0 || Longest is not null;

    /// <summary>Every term.</summary>
    public static TermRange All { get; } = new(ReadOnlyMemory<byte>.Empty, null);

    /// <summary>One term.</summary>
    /// <param name="term">The term.</param>
    /// <returns>The range that holds nothing else.</returns>
    public static TermRange Exactly(string term)
    {
        var from = Encoding.UTF8.GetBytes(term);
        // No text lies between a term and the same with a byte 0 behind.
        return new(from, (byte[])[.. from, 0]);
    }

    /// <summary>The terms that begin with some text.</summary>
    /// <param name="start">The text; empty for every term.</param>
    /// <returns>The range.</returns>
    public static TermRange StartingWith(string start)
    {
        var from = Encoding.UTF8.GetBytes(start);
        return from.Length == 0 ? All : new(from, After(from));
    }

    /// <summary>The terms from one on, up to and without another.</summary>
    /// <param name="from">The first that counts; null for no bound.</param>
    /// <param name="to">The first that does not count; null for no bound.</param>
    /// <returns>The range.</returns>
    public static TermRange Between(string? from, string? to) =>
        new(Encoding.UTF8.GetBytes(from ?? ""), to is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(to));

    /// <summary>The range of terms that consist of some text and a term of this range.</summary>
    /// <param name="start">The text in front.</param>
    /// <returns>The range.</returns>
    public TermRange Behind(string start)
    {
        var front = Encoding.UTF8.GetBytes(start);
        return new((byte[])[.. front, .. From.Span], To is { } to ? (byte[])[.. front, .. to.Span] : After(front));
    }

    /// <summary>The terms that lie within both ranges.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>The range.</returns>
    public TermRange IntersectWith(TermRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var to = To is not { } ours ? other.To : other.To is not { } theirs || ours.Span.SequenceCompareTo(theirs.Span) < 0 ? To : other.To;
        return new(From.Span.SequenceCompareTo(other.From.Span) > 0 ? From : other.From, to);
    }

    /// <summary>Whether a term lies within.</summary>
    /// <param name="term">The term in UTF-8.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(ReadOnlySpan<byte> term) =>
        term.Length >= Shortest && !(term.Length > Longest)
        && term.SequenceCompareTo(From.Span) >= 0 && (To is not { } to || term.SequenceCompareTo(to.Span) < 0);

    /// <summary>No byte of UTF-8 is 0xFF, so the last one can always be raised: the first text behind all that begin so.</summary>
    private static byte[] After(byte[] start)
    {
        byte[] after = [.. start];
        after[^1]++;
        return after;
    }
}
