using System.Text;
using PatientTools.Storage;

namespace PatientTools.Interchange;

/// <summary>Opens what patients can be read from.</summary>
public static class PatientSources
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file: NDJSON, JSON, CSV, a zip of these, or one of them with gzip.</param>
    /// <param name="options">How to read it; by default as it is recognised.</param>
    /// <returns>The source. No file is held open until it is read.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>FileNotFound</c>, <c>PathIsFolder</c>, <c>FileAccessDenied</c>, <c>FileUnreadable</c>, <c>EmptyImportFile</c>,
    /// <c>UnknownImportFormat</c> or <c>DamagedArchive</c>.
    /// </exception>
    public static IPatientSource Open(string path, ImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new PatientToolsException("PathIsFolder", $"'{path}' is a folder. Name the files in it.", ErrorKind.InvalidArgument) { Target = path };
        }

        try
        {
            return new PatientSource(Path.GetFileName(path), () => OpenFile(path), new FileInfo(path) is { Exists: true } file ? file.Length : null, options ?? new ImportOptions());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Reading(path, e);
        }
    }

    /// <summary>Takes text: one or more FHIR Patients or Bundles, or an array of Patients.</summary>
    /// <param name="json">The text.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>The source, named <c>text</c>.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>EmptyImportFile</c>, <c>UnknownImportFormat</c>, or <c>InvalidJson</c> where it holds half of a surrogate pair.
    /// </exception>
    public static IPatientSource FromText(string json, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var bytes = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json);
            return new PatientSource("text", () => new MemoryStream(bytes, writable: false), bytes.Length, options ?? new ImportOptions());
        }
        catch (EncoderFallbackException e)
        {
            throw new InvalidDocumentException("InvalidJson", "The text holds half of a surrogate pair, which is no character.", 0, 0, e);
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Reading(path, e);
        }
    }
}
