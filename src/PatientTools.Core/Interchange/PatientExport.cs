using System.IO.Compression;
using System.Text;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Interchange;

/// <summary>Writes patients into a file, which appears wholly or not at all, readable by its owner alone.</summary>
public static class PatientExport
{
    /// <summary>The columns of CSV when none are chosen.</summary>
    public static IReadOnlyList<string> DefaultColumns => CsvColumns.Defaults;

    /// <summary>All columns that CSV can have.</summary>
    public static IReadOnlyList<string> Columns => CsvColumns.Names;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; <c>.gz</c> at the end of its name compresses it.</param>
    /// <param name="patients">The patients, enumerated once and in flat memory.</param>
    /// <param name="options">How to write.</param>
    /// <param name="progress">Told the number of patients written, after each.</param>
    /// <param name="cancellationToken">Stops; nothing is left of the file then.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>UnknownExportColumn</c>, <c>InvalidExportOptions</c>, or as <see cref="WholeFile.Create"/> and <see cref="WholeFile.Commit"/>.
    /// </exception>
    public static ExportResult Write(
        string path, IEnumerable<ExportItem> patients, ExportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patients);
        options ??= new ExportOptions();
        var format = Checked(FormatOf(path, options), options);
        var columns = CsvColumns.Find(options.Columns ?? CsvColumns.Defaults);
        using var file = WholeFile.Create(path, options.Overwrite);
        var counted = Counted(patients, progress, cancellationToken);
        if (IsCompressed(path))
        {
            using var gzip = new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true);
            WriteFormat(gzip, counted.Items, format, columns, options);
        }
        else
        {
            WriteFormat(file.Stream, counted.Items, format, columns, options);
        }

        file.Stream.Flush();
        var bytes = file.Stream.Length;
        file.Commit();
        return new ExportResult(file.Path, counted.Count(), bytes);
    }

    private static (IEnumerable<ExportItem> Items, Func<long> Count) Counted(
        IEnumerable<ExportItem> patients, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var count = 0L;
        return (Items(), () => count);

        IEnumerable<ExportItem> Items()
        {
            foreach (var patient in patients)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return patient;
                count++;
                progress?.Report(count);
            }
        }
    }

    private static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The format in which a file of this name is written.</summary>
    internal static ExportFormat FormatOf(string path, ExportOptions options)
    {
        if (options.Format != ExportFormat.Auto)
        {
            return options.Format;
        }

        var name = IsCompressed(path) ? path[..^3] : path;
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ExportFormat.Csv
            : name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ExportFormat.Json
            : ExportFormat.Ndjson;
    }

    private static ExportFormat Checked(ExportFormat format, ExportOptions options) => format == ExportFormat.Csv
        ? !options.WithRecord && options.Delimiter is not ('"' or '\r' or '\n') ? format
            : throw new PatientToolsException("InvalidExportOptions", "CSV has no place for record and legacy, and quotes and line breaks cannot stand between its values.", ErrorKind.InvalidArgument)
        : options.Columns is null ? format
            : throw new PatientToolsException("InvalidExportOptions", "Columns can be chosen for CSV only.", ErrorKind.InvalidArgument);

    private static void WriteFormat(
        Stream stream, IEnumerable<ExportItem> patients, ExportFormat format, IReadOnlyList<(string Name, Func<Patient, string?> Read)> columns, ExportOptions options)
    {
        switch (format)
        {
            case ExportFormat.Csv:
                WriteCsv(stream, patients, columns, options);
                break;
            case ExportFormat.Json:
                WriteDocuments(stream, patients, options, "[\n"u8, ",\n"u8, "\n]\n"u8);
                break;
            default:
                WriteDocuments(stream, patients, options, ""u8, "\n"u8, "\n"u8);
                break;
        }
    }

    private static void WriteCsv(
        Stream stream, IEnumerable<ExportItem> patients, IReadOnlyList<(string Name, Func<Patient, string?> Read)> columns, ExportOptions options)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(options.ByteOrderMark), 64 << 10, leaveOpen: true);
        var csv = new CsvWriter(text, options.Delimiter, options.GuardFormulas);
        csv.Write(columns.Select(column => column.Name));
        foreach (var item in patients)
        {
            csv.Write(columns.Select(column => column.Read(item.Patient)));
        }
    }

    private static void WriteDocuments(
        Stream stream, IEnumerable<ExportItem> patients, ExportOptions options, ReadOnlySpan<byte> before, ReadOnlySpan<byte> between, ReadOnlySpan<byte> after)
    {
        stream.Write(before);
        var isFirst = true;
        foreach (var item in patients)
        {
            if (!isFirst)
            {
                stream.Write(between);
            }

            isFirst = false;
            if (options.WithRecord)
            {
                PatientEnvelope.Write(stream, item.Document.Span, item.Record ?? [], item.Legacy.Span);
            }
            else
            {
                stream.Write(item.Document.Span);
            }
        }

        if (!isFirst || !before.IsEmpty)
        {
            stream.Write(after);
        }
    }
}
