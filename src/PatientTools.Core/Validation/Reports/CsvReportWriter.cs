using System.Globalization;
using System.Text;
using PatientTools.Interchange;

namespace PatientTools.Validation.Reports;

/// <summary>
/// Writes a row for each issue, as exported patients are written: RFC 4180, UTF-8 without byte order mark, commas, formulas made
/// harmless. A patient without issues has no row.
/// </summary>
/// <param name="text">Takes the text.</param>
internal sealed class CsvReportWriter(StreamWriter text) : ReportWriter
{
    private static readonly string[] Columns =
        ["Number", "File", "Line", "Entry", "Id", "FhirId", "Mrn", "Name", "Severity", "RuleId", "Type", "Path", "Value", "Message", "Hint", "Suggestion", "OmittedIssues"];

    private CsvWriter? _csv;

    /// <summary>Makes a writer into a stream.</summary>
    // Never closed, only flushed: closing would write the rest of a report that was given up.
    public static CsvReportWriter Into(Stream content) => new(new StreamWriter(content, new UTF8Encoding(false), 64 << 10, leaveOpen: true));

    /// <inheritdoc/>
    public override void Write(PatientValidationResult result)
    {
        var csv = Begun();
        foreach (var issue in result.Issues)
        {
            csv.Write([
                Number(result.Number), result.File, Number(result.Line), Number(result.Source.Entry), result.Id?.ToString(), result.FhirId, result.Mrn, result.Name,
                OutcomeCodes.Of(issue.Severity), issue.RuleId, OutcomeCodes.Of(issue.Type), issue.Path, issue.Value, issue.Message, issue.Hint, issue.Suggestion,
                Number(result.OmittedIssues),
            ]);
        }
    }

    /// <inheritdoc/>
    public override void End()
    {
        Begun();
        text.Flush();
    }

    /// <summary>The writer, with the heading written.</summary>
    private CsvWriter Begun()
    {
        if (_csv is null)
        {
            var options = new ExportOptions();
            _csv = new CsvWriter(text, options.Delimiter, options.GuardFormulas);
            _csv.Write(Columns);
        }

        return _csv;
    }

    /// <summary>A number; nothing for 0, which says that there is none.</summary>
    private static string? Number(long number) => number == 0 ? null : number.ToString(CultureInfo.InvariantCulture);
}
