using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>A patient to be written.</summary>
/// <param name="Patient">The friendly properties; CSV is made of them alone.</param>
/// <param name="Document">The FHIR document in compact JSON; may be empty for CSV.</param>
/// <param name="Legacy">The legacy object in compact JSON; empty when there is none.</param>
/// <param name="Record">The patient's other resources in compact JSON, read one by one while writing; null when there are none.</param>
public sealed record ExportItem(Patient Patient, ReadOnlyMemory<byte> Document, ReadOnlyMemory<byte> Legacy = default, IEnumerable<ReadOnlyMemory<byte>>? Record = null)
{
    /// <summary>Whether the trail has been told already: the item was read by the run that writes it.</summary>
    internal bool IsTold { get; init; }
}

/// <summary>The formats that can be written.</summary>
public enum ExportFormat
{
    /// <summary>Told by the file's name: <c>.json</c>, <c>.csv</c>, else NDJSON; <c>.gz</c> behind it compresses.</summary>
    Auto,

    /// <summary>One document a line.</summary>
    Ndjson,

    /// <summary>One array of documents.</summary>
    Json,

    /// <summary>Friendly properties in columns.</summary>
    Csv,
}

/// <summary>How patients are written.</summary>
public sealed record ExportOptions
{
    /// <summary>The format.</summary>
    public ExportFormat Format { get; init; }

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// Whether record and legacy are put into each document as members <c>record</c> and <c>legacy</c>: ours, not FHIR's.
    /// NDJSON and JSON only.
    /// </summary>
    public bool WithRecord { get; init; }

    /// <summary>The columns of CSV, in order; null for <see cref="PatientExport.DefaultColumns"/>.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What stands between the values of CSV.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether CSV begins with a byte order mark, by which Excel knows UTF-8.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>
    /// Whether a value of CSV that a spreadsheet would run as a formula (beginning with = + - @, tab or carriage return) gets
    /// an apostrophe in front (owasp.org/www-community/attacks/CSV_Injection). Our own import takes the apostrophe before
    /// = + - @ off again.
    /// </summary>
    public bool GuardFormulas { get; init; } = true;
}

/// <summary>What was written.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="Patients">How many patients.</param>
/// <param name="Bytes">The size of the file.</param>
public sealed record ExportResult(string Path, long Patients, long Bytes);
