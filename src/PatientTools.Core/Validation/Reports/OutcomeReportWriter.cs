using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PatientTools.Validation.Reports;

/// <summary>Writes a FHIR R4 OperationOutcome for each patient (hl7.org/fhir/R4/operationoutcome.html).</summary>
/// <remarks>
/// FHIR's outcomes know no subject: each issue says in <c>diagnostics</c> whom it is about, and in HL7's extensions
/// <c>operationoutcome-file</c> and <c>operationoutcome-issue-line</c> where the patient was read. A patient of whom there is
/// nothing to report has FHIR's own “All OK”.
/// </remarks>
/// <param name="content">Takes the text.</param>
internal sealed class OutcomeReportWriter(Stream content) : ResultLineWriter(content)
{
    /// <summary>The code system of ids of rules. It is this project's own and found nowhere else.</summary>
    public const string RuleSystem = "urn:uuid:e5552b93-05d3-417f-9449-8a5b2a46dbae";

    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    private protected override (string Before, string Between, string After) Marks => ("", "\n", HasResult ? "\n" : "");

    private protected override void Write(Utf8JsonWriter json, PatientValidationResult result)
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "OperationOutcome"u8);
        json.WriteStartArray("issue"u8);
        foreach (var issue in result.Issues)
        {
            WriteIssue(json, result, issue);
        }

        if (result.OmittedIssues > 0)
        {
            var omitted = string.Create(CultureInfo.InvariantCulture, $"{result.OmittedIssues}");
            WriteOther(json, result, result.HighestSeverity ?? IssueSeverity.Information, "too-long", $"omittedIssues: {omitted}");
        }
        else if (result.Issues.Count == 0)
        {
            WriteOther(json, result, IssueSeverity.Information, OutcomeCodes.Informational, "All OK");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIssue(Utf8JsonWriter json, PatientValidationResult result, ValidationIssue issue)
    {
        WriteStart(json, result, OutcomeCodes.Of(issue.Severity), OutcomeCodes.Of(issue.Type));
        json.WriteStartObject("details"u8);
        json.WriteStartArray("coding"u8);
        json.WriteStartObject();
        json.WriteString("system"u8, RuleSystem);
        json.WriteString("code"u8, Code(issue.RuleId));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("text"u8, Text(issue.Message));
        json.WriteEndObject();
        WriteDiagnostics(json, result, issue);
        if (issue.Path.Length > 0)
        {
            json.WriteStartArray("expression"u8);
            json.WriteStringValue(Text(OutcomeExpression.Of(issue.Path)));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes an issue that no rule found.</summary>
    private static void WriteOther(Utf8JsonWriter json, PatientValidationResult result, IssueSeverity severity, string code, string text)
    {
        WriteStart(json, result, OutcomeCodes.Of(severity), code);
        json.WriteStartObject("details"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
        WriteDiagnostics(json, result, null);
        json.WriteEndObject();
    }

    private static void WriteStart(Utf8JsonWriter json, PatientValidationResult result, string severity, string code)
    {
        json.WriteStartObject();
        json.WriteStartArray("extension"u8);
        json.WriteStartObject();
        json.WriteString("url"u8, Extensions + "operationoutcome-file");
        json.WriteString("valueString"u8, Text(result.File));
        json.WriteEndObject();
        // An integer of FHIR ends at 2^31; diagnostics tell the lines behind.
        if (result.Line is > 0 and <= int.MaxValue)
        {
            json.WriteStartObject();
            json.WriteString("url"u8, Extensions + "operationoutcome-issue-line");
            json.WriteNumber("valueInteger"u8, result.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("severity"u8, severity);
        json.WriteString("code"u8, code);
    }

    /// <summary>What FHIR has no members for, a line each, called as in the JSON report.</summary>
    private static void WriteDiagnostics(Utf8JsonWriter json, PatientValidationResult result, ValidationIssue? issue)
    {
        var text = new StringBuilder();
        Append(text, "number", result.Number == 0 ? null : result.Number.ToString(CultureInfo.InvariantCulture));
        Append(text, "line", result.Line > int.MaxValue ? result.Line.ToString(CultureInfo.InvariantCulture) : null);
        Append(text, "entry", result.Source.Entry == 0 ? null : result.Source.Entry.ToString(CultureInfo.InvariantCulture));
        Append(text, "id", result.Id?.ToString());
        Append(text, "fhirId", result.FhirId);
        Append(text, "mrn", result.Mrn);
        Append(text, "name", result.Name);
        Append(text, "value", issue?.Value);
        Append(text, "hint", issue?.Hint);
        Append(text, "suggestion", issue?.Suggestion);
        if (text.Length > 0)
        {
            json.WriteString("diagnostics"u8, Text(text.ToString()));
        }
    }

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(name).Append(": ").Append(value);
        }
    }

    /// <summary>An id as a code of FHIR can hold it, with single blanks inside only: scripts may give their issues ids of any form.</summary>
    private static string Code(string id) => string.Join(' ', Text(id).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Text as FHIR can hold it: not empty, and without control characters (hl7.org/fhir/R4/datatypes.html#string), which are
    /// shown as Unicode's pictures of them.
    /// </summary>
    private static string Text(string text)
    {
        var whole = Whole(text)!;
        if (string.IsNullOrWhiteSpace(whole))
        {
            return "␀";
        }

        return whole.AsSpan().ContainsAnyInRange('\0', '\u001F')
            ? string.Create(whole.Length, whole, (shown, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                {
                    shown[i] = from[i] is < ' ' and not ('\t' or '\n' or '\r') ? (char)('\u2400' + from[i]) : from[i];
                }
            })
            : whole;
    }
}
