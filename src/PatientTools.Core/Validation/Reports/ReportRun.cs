namespace PatientTools.Validation.Reports;

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    /// <summary>Told from the file's name: .json, .csv, .ndjson.</summary>
    Auto,

    /// <summary>One JSON array of results with their issues.</summary>
    Json,

    /// <summary>A row for each issue.</summary>
    Csv,

    /// <summary>NDJSON: a FHIR R4 OperationOutcome for each patient.</summary>
    OperationOutcome,
}

/// <summary>Writes results into a file, wholly or not at all.</summary>
public sealed class ReportRun : IDisposable
{
    /// <summary>Begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="PatientToolsException">The file cannot be written.</exception>
    public ReportRun(string path, ReportFormat format, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
    }

    /// <summary>Writes a result.</summary>
    /// <param name="result">The result.</param>
    public void Add(PatientValidationResult result) => throw new NotSupportedException();

    /// <summary>Puts the file in its place.</summary>
    /// <returns>How many results it holds.</returns>
    public long Complete() => throw new NotSupportedException();

    /// <summary>Leaves nothing behind when the report was not completed.</summary>
    public void Dispose()
    {
    }
}
