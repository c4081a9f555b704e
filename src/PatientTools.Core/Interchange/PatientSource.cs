namespace PatientTools.Interchange;

/// <summary>A file, or text, that patients are read from.</summary>
internal sealed class PatientSource : IPatientSource
{
    /// <summary>How much of the source may be held for parsing at once; a single document may be larger.</summary>
    private const long BytesAhead = 4 << 20;

    private readonly Func<Stream> _open;
    private readonly ImportOptions _options;
    private long _bytesRead;

    public PatientSource(string name, Func<Stream> open, long? totalBytes, ImportOptions options)
    {
        Name = name;
        _open = open;
        _options = options;
        TotalBytes = totalBytes;
        using var _ = OpenContent();
    }

    public string Name { get; }

    public long? TotalBytes { get; }

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public IEnumerable<ImportItem> Read(CancellationToken cancellationToken = default) => Read(item => item, cancellationToken);

    public IEnumerable<T> Read<T>(Func<ImportItem, T> prepare, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        return OrderedParallel.Select(ReadChunks(), Parse, chunk => chunk.Weight, BytesAhead, _options.Workers, cancellationToken)
            .SelectMany(items => items);

        IEnumerable<T> Parse(ImportChunk chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var items = chunk.Parse().Select(prepare);
            return chunk.IsSummary ? items : items.ToArray();
        }
    }

    public IEnumerable<ImportChunk> ReadChunks() => Chunks.Guarded(Name, _ => CutContent());

    private IEnumerable<ImportChunk> CutContent()
    {
        Interlocked.Exchange(ref _bytesRead, 0);
        using var content = OpenContent();
        if (content.Format != ImportFormat.Zip)
        {
            foreach (var chunk in ReadContent(content))
            {
                yield return chunk;
            }

            yield break;
        }

        // The directory of an archive stands at its end, so it is opened a second time, to be read in any order.
        using var archive = OpenStream();
        foreach (var chunk in new ZipReader(Name, _options, ReadContent).Read(archive))
        {
            yield return chunk;
        }
    }

    private IEnumerable<ImportChunk> ReadContent(SourceContent content) => content.Format switch
    {
        ImportFormat.Ndjson => new NdjsonReader(content.File, _options.Limits).Read(content.Stream),
        ImportFormat.Csv => new CsvReader(content.File, _options).Read(content.Stream),
        _ => new JsonDocumentReader(content.File, _options.Limits).Read(content.Stream),
    };

    private SourceContent OpenContent() =>
        SourceContent.Open(OpenStream(), Name, _options, new UnpackingAllowance(Name, _options.Limits.UnpackedBytes));

    private CountingStream OpenStream() => new(_open(), Name, count => Interlocked.Add(ref _bytesRead, count));
}
