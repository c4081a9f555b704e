namespace PatientTools.Interchange;

/// <summary>Something that patients can be read from.</summary>
/// <remarks>
/// Content that cannot be taken comes as a <see cref="RejectedItem"/> and reading goes on where the format allows. Reading
/// throws only for options that do not fit the file, and when cancelled.
/// </remarks>
public interface IPatientSource
{
    /// <summary>The name of the source, as people know it.</summary>
    string Name { get; }

    /// <summary>The size in bytes, compressed where it is; null when it is not known.</summary>
    long? TotalBytes { get; }

    /// <summary>How many of <see cref="TotalBytes"/> were read so far. May be asked from any thread.</summary>
    long BytesRead { get; }

    /// <summary>Reads the source from its start, parsing ahead on other threads, in the order of the source.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The items, each given as soon as there is one. When enumeration ends, early or not, all is closed and no thread is left behind.</returns>
    IEnumerable<ImportItem> Read(CancellationToken cancellationToken = default);

    /// <summary>As <see cref="Read(CancellationToken)"/>, with more of the work done on the parsing threads.</summary>
    /// <typeparam name="T">What each item becomes.</typeparam>
    /// <param name="prepare">What to do with each item; called from many threads at once.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What became of the items, in the order of the source.</returns>
    IEnumerable<T> Read<T>(Func<ImportItem, T> prepare, CancellationToken cancellationToken = default);

    /// <summary>Cuts the source into chunks from its start, for a reader that parses them by itself.</summary>
    /// <returns>The chunks; content that cannot be read ends them with a rejection.</returns>
    internal IEnumerable<ImportChunk> ReadChunks();
}
