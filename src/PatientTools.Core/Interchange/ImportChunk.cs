using System.Buffers;
using PatientTools.Validation;

namespace PatientTools.Interchange;

/// <summary>A stretch of a source, cut off cheaply in order; its parsing can happen on any thread.</summary>
/// <param name="weight">The memory it holds, in bytes.</param>
internal abstract class ImportChunk(long weight)
{
    public long Weight { get; } = weight;

    /// <summary>Whether it can be told only when all before it is parsed.</summary>
    public virtual bool IsSummary => false;

    /// <summary>Parses the chunk. Called once, unless <see cref="ReadInputs"/> is.</summary>
    public abstract IEnumerable<ImportItem> Parse();

    /// <summary>
    /// Reads what there is to be checked, without parsing what can be checked as it came. Called once, unless
    /// <see cref="Parse"/> is.
    /// </summary>
    /// <returns>The patients, and what should have been some; their memory may be part of the chunk's.</returns>
    public virtual List<PatientInput> ReadInputs()
    {
        var inputs = new List<PatientInput>();
        AddInputs(Parse(), inputs);
        return inputs;
    }

    /// <summary>Gives memory back once nobody reads it any more. After <see cref="Parse"/> that is done already.</summary>
    public virtual void GiveBack()
    {
    }

    /// <summary>Adds what items have to be checked; notices are about no patient.</summary>
    protected static void AddInputs(IEnumerable<ImportItem> items, List<PatientInput> inputs)
    {
        foreach (var item in items)
        {
            if (PatientInput.Of(item) is { } input)
            {
                inputs.Add(input);
            }
        }
    }
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

    public override List<PatientInput> ReadInputs()
    {
        var inputs = new List<PatientInput>(slices.Count);
        foreach (var slice in slices)
        {
            var text = json.Slice(slice.Start, slice.Length);
            if (ResourceReader.IsPlain(text.Span))
            {
                inputs.Add(new PatientInput { Place = slice.Origin.Place, Document = text });
                continue;
            }

            var items = new List<ImportItem>();
            ResourceReader.Read(text.Span, slice.Origin, items);
            AddInputs(items, inputs);
        }

        return inputs;
    }
}

/// <summary>Whole lines of NDJSON in a buffer that goes back to the pool once parsed.</summary>
internal sealed class LinesChunk(string file, byte[] pooled, int length, long firstLine) : ImportChunk(length)
{
    public override IEnumerable<ImportItem> Parse()
    {
        var items = new List<ImportItem>();
        foreach (var (line, text) in Lines())
        {
            ResourceReader.Read(text.Span, new JsonOrigin(new SourcePlace(file, line), line, 1), items);
        }

        GiveBack();
        return items;
    }

    public override List<PatientInput> ReadInputs()
    {
        var inputs = new List<PatientInput>();
        var isPlain = ResourceReader.HoldsOnlyPlain(pooled.AsSpan(0, length));
        foreach (var (line, text) in Lines())
        {
            if (isPlain || ResourceReader.IsPlain(text.Span))
            {
                inputs.Add(new PatientInput { Place = new SourcePlace(file, line), Document = text });
                continue;
            }

            var items = new List<ImportItem>();
            ResourceReader.Read(text.Span, new JsonOrigin(new SourcePlace(file, line), line, 1), items);
            AddInputs(items, inputs);
        }

        return inputs;
    }

    public override void GiveBack() => ArrayPool<byte>.Shared.Return(pooled, clearArray: true);

    /// <summary>The lines that hold more than blanks.</summary>
    private IEnumerable<(long Number, ReadOnlyMemory<byte> Text)> Lines()
    {
        var rest = pooled.AsMemory(0, length);
        for (var line = firstLine; !rest.IsEmpty; line++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var text = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            if (text.Span.ContainsAnyExcept(" \t\r"u8))
            {
                yield return (line, text);
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }
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
