using PatientTools.Interchange;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation.Runs;

public class TallyTests
{
    [Fact]
    public void Counts_by_rule_severity_and_source()
    {
        var tally = new ValidationTally();
        tally.Add(Result("a.ndjson"));
        tally.Add(Result("b.ndjson", Issue("KvnrFormat", IssueSeverity.Error), Issue("NameDigits", IssueSeverity.Warning)));
        tally.Add(Result("a.ndjson", Issue("NameDigits", IssueSeverity.Warning)));
        tally.Add(Result("c.ndjson", Issue("JsonSyntax", IssueSeverity.Fatal)) with { OmittedIssues = 3 });
        var summary = tally.ToSummary(TimeSpan.FromSeconds(2));
        Assert.Equal((4, 2, 2, 7, 2.0), (summary.Patients, summary.Valid, summary.Invalid, summary.Issues, summary.Rate));
        Assert.Equal((4, 2), (tally.Patients, tally.Invalid));
        Assert.Equal(["NameDigits: 2", "JsonSyntax: 1", "KvnrFormat: 1"], summary.ByRule.Select(count => count.ToString()));
        Assert.Equal(["Fatal: 1", "Error: 1", "Warning: 2"], summary.BySeverity.Select(count => count.ToString()));
        Assert.Equal(["a.ndjson: 0", "b.ndjson: 1", "c.ndjson: 1"], summary.BySource.Select(count => count.ToString()));
    }

    private static PatientValidationResult Result(string file, params ValidationIssue[] issues) => new()
    {
        Source = new SourcePlace(file, 1),
        Issues = issues,
        HighestSeverity = issues.Length == 0 ? null : issues.Max(issue => issue.Severity),
    };

    private static ValidationIssue Issue(string rule, IssueSeverity severity) =>
        new() { RuleId = rule, Severity = severity, Type = IssueType.Invalid, Path = "Patient", Message = "" };
}
