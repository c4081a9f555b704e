using System.IO.Compression;
using PatientTools.Storage;

namespace PatientTools.Validation.Reports;

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    /// <summary>Told from the file's name: <c>.csv</c>, <c>.ndjson</c> (FHIR), else JSON; <c>.gz</c> behind it compresses.</summary>
    Auto,

    /// <summary>One JSON array of results with their issues.</summary>
    Json,

    /// <summary>A row for each issue.</summary>
    Csv,

    /// <summary>NDJSON: a FHIR R4 OperationOutcome for each patient.</summary>
    OperationOutcome,
}

/// <summary>
/// Writes results into a file that appears wholly or not at all, readable by its owner alone. Each result is written when it
/// comes, so that a report of any length takes little memory. Belongs to one thread.
/// </summary>
public sealed class ReportRun : IDisposable
{
    private readonly WholeFile _file;
    private readonly Stream _content;
    private readonly ReportWriter _writer;
    private long _count;

    /// <summary>Begins.</summary>
    /// <param name="path">The file; <c>.gz</c> at the end of its name compresses it.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="PatientToolsException">As <see cref="WholeFile.Create"/>.</exception>
    public ReportRun(string path, ReportFormat format, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isCompressed = HasExtension(path, ".gz");
        _file = WholeFile.Create(path, overwrite);
        _content = isCompressed ? new GZipStream(_file.Stream, CompressionLevel.Optimal, leaveOpen: true) : _file.Stream;
        _writer = format switch
        {
            ReportFormat.Auto => WriterFor(isCompressed ? path[..^3] : path, _content),
            ReportFormat.Csv => CsvReportWriter.Into(_content),
            ReportFormat.OperationOutcome => new OutcomeReportWriter(_content),
            _ => new JsonReportWriter(_content),
        };
    }

    /// <summary>Writes a result.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="PatientToolsException">As <see cref="FileErrors.Writing"/>.</exception>
    public void Add(PatientValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _writer.Write(result);
        _count++;
    }

    /// <summary>Puts the file in its place.</summary>
    /// <returns>How many results it holds.</returns>
    /// <exception cref="PatientToolsException">As <see cref="WholeFile.Commit"/>.</exception>
    public long Complete()
    {
        _writer.End();
        if (_content != _file.Stream)
        {
            _content.Dispose();
        }

        _file.Commit();
        return _count;
    }

    /// <summary>Leaves nothing behind when the report was not completed.</summary>
    public void Dispose() => _file.Dispose();

    private static ReportWriter WriterFor(string path, Stream content) =>
        HasExtension(path, ".csv") ? CsvReportWriter.Into(content)
        : HasExtension(path, ".ndjson") ? new OutcomeReportWriter(content)
        : new JsonReportWriter(content);

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
