using System.Text;

namespace PatientTools.Interchange;

/// <summary>The formats that can be read. Gzip is recognised by itself around each of them.</summary>
public enum ImportFormat
{
    /// <summary>Told from the content and the file's name.</summary>
    Auto,

    /// <summary>One FHIR Patient or Bundle a line.</summary>
    Ndjson,

    /// <summary>One FHIR Patient, an array of Patients, or a Bundle.</summary>
    Json,

    /// <summary>Rows of values separated by a comma, semicolon, tab or bar.</summary>
    Csv,

    /// <summary>An archive of files of the other formats.</summary>
    Zip,
}

/// <summary>How a source is read.</summary>
public sealed record ImportOptions
{
    /// <summary>The format.</summary>
    public ImportFormat Format { get; init; }

    /// <summary>What reads CSV; without it CSV is refused.</summary>
    public ICsvFormat? CsvFormat { get; init; }

    /// <summary>How CSV is read.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>How many threads parse at once, from 1 (the caller's own); by default one for each processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>What is too large to be taken.</summary>
    public ImportLimits Limits { get; init; } = new();
}

/// <summary>What is too large to be taken, so that a broken or hostile file cannot fill memory or run for ever.</summary>
public sealed record ImportLimits
{
    /// <summary>The longest line of NDJSON, in bytes: 256 MiB.</summary>
    public int LineBytes { get; init; } = 256 << 20;

    /// <summary>The largest single JSON document other than NDJSON, in bytes: 1 GiB.</summary>
    public int DocumentBytes { get; init; } = 1 << 30;

    /// <summary>How much all that is unpacked from one compressed file may come to, in bytes: 64 GiB.</summary>
    public long UnpackedBytes { get; init; } = 64L << 30;
}

/// <summary>How CSV is read, where recognition is not wanted.</summary>
public sealed record CsvOptions
{
    /// <summary>The separator; null recognises comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The encoding; null recognises UTF-8, UTF-16 and Windows-1252.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// Columns of the file and the property each goes to: a name of <see cref="Patients.PatientField"/>, <c>HouseNumber</c>,
    /// <c>AddressLine2</c>, or <c>Legacy</c> to keep a column beside the document. Other columns are recognised by name.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Map { get; init; }
}
