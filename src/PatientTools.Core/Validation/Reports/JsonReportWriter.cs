using System.Text.Json;

namespace PatientTools.Validation.Reports;

/// <summary>Writes one array of results, each with its issues, all members always there.</summary>
/// <param name="content">Takes the text.</param>
internal sealed class JsonReportWriter(Stream content) : ResultLineWriter(content)
{
    private protected override (string Before, string Between, string After) Marks => ("[\n", ",\n", HasResult ? "\n]\n" : "]\n");

    private protected override void Write(Utf8JsonWriter json, PatientValidationResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("number"u8, result.Number);
        json.WriteString("file"u8, Whole(result.File));
        json.WriteNumber("line"u8, result.Line);
        json.WriteNumber("entry"u8, result.Source.Entry);
        json.WriteString("id"u8, result.Id?.ToString());
        json.WriteString("fhirId"u8, Whole(result.FhirId));
        json.WriteString("mrn"u8, Whole(result.Mrn));
        json.WriteString("name"u8, Whole(result.Name));
        json.WriteBoolean("isValid"u8, result.IsValid);
        json.WriteString("highestSeverity"u8, result.HighestSeverity is { } severity ? OutcomeCodes.Of(severity) : null);
        json.WriteStartArray("issues"u8);
        foreach (var issue in result.Issues)
        {
            Write(json, issue);
        }

        json.WriteEndArray();
        json.WriteNumber("omittedIssues"u8, result.OmittedIssues);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ValidationIssue issue)
    {
        json.WriteStartObject();
        json.WriteString("ruleId"u8, Whole(issue.RuleId));
        json.WriteString("severity"u8, OutcomeCodes.Of(issue.Severity));
        json.WriteString("type"u8, OutcomeCodes.Of(issue.Type));
        json.WriteString("path"u8, Whole(issue.Path));
        json.WriteString("value"u8, Whole(issue.Value));
        json.WriteString("message"u8, Whole(issue.Message));
        json.WriteString("hint"u8, Whole(issue.Hint));
        json.WriteString("suggestion"u8, Whole(issue.Suggestion));
        json.WriteEndObject();
    }
}
