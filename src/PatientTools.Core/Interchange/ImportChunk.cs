using System.Buffers;

namespace PatientTools.Interchange;

/// <summary>A stretch of a source, cut off cheaply in order; its parsing can happen on any thread.</summary>
/// <param name="weight">The memory it holds, in bytes.</param>
internal abstract class ImportChunk(long weight)
{
    public long Weight { get; } = weight;

    /// <summary>Whether it can be told only when all before it is parsed.</summary>
    public virtual bool IsSummary => false;

    /// <summary>Parses the chunk. Called once.</summary>
    public abstract IEnumerable<ImportItem> Parse();
}

/// <summary>Items that need no parsing.</summary>
internal sealed class ReadyChunk(params ImportItem[] items) : ImportChunk(0)
{
    public override IEnumerable<ImportItem> Parse() => items;
}

/// <summary>What is known when all before is parsed.</summary>
internal sealed class SummaryChunk(Func<IEnumerable<ImportItem>> summary) : ImportChunk(0)
{
    public override bool IsSummary => true;

    public override IEnumerable<ImportItem> Parse() => summary();
}

/// <summary>One or more JSON values of a document, each with the place at which it begins.</summary>
internal sealed class JsonChunk(ReadOnlyMemory<byte> json, IReadOnlyList<JsonSlice> slices, long weight) : ImportChunk(weight)
{
    public override IEnumerable<ImportItem> Parse()
    {
        var items = new List<ImportItem>(slices.Count);
        foreach (var slice in slices)
        {
            ResourceReader.Read(json.Span.Slice(slice.Start, slice.Length), slice.Origin, items);
        }

        return items;
    }
}

/// <summary>Whole lines of NDJSON in a buffer that goes back to the pool once parsed.</summary>
internal sealed class LinesChunk(string file, byte[] pooled, int length, long firstLine) : ImportChunk(length)
{
    public override IEnumerable<ImportItem> Parse()
    {
        var items = new List<ImportItem>();
        var rest = pooled.AsSpan(0, length);
        for (var line = firstLine; !rest.IsEmpty; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            var text = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            if (text.ContainsAnyExcept(" \t\r"u8))
            {
                ResourceReader.Read(text, new JsonOrigin(new SourcePlace(file, line), line, 1), items);
            }

            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        ArrayPool<byte>.Shared.Return(pooled, clearArray: true);
        return items;
    }
}

/// <summary>Where a JSON value begins.</summary>
/// <param name="Place">What to call the place.</param>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Column">The column in bytes, from 1.</param>
internal readonly record struct JsonOrigin(SourcePlace Place, long Line, long Column)
{
    /// <summary>Tells of the whole file what was found in the value.</summary>
    public RejectedItem Reject(InvalidDocumentException error) => new(Place, error.In(Place.File, Line, Column));
}

/// <summary>A JSON value within a larger text.</summary>
internal readonly record struct JsonSlice(int Start, int Length, JsonOrigin Origin);
