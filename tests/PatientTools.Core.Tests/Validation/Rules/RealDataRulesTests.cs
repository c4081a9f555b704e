using System.Text.Json;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation.Rules;

public class RealDataRulesTests
{
    [Fact]
    public void Synthea_patients_have_no_error_but_digits_in_names_and_postal_codes_of_zeros()
    {
        var issues = SharedData.JsonOf(SharedData.PathOf("synthea/Patient.ndjson")).SelectMany(json => Checked.Run(json, [], Checked.Today).Issues).ToList();
        Assert.DoesNotContain(issues, issue => issue.Severity >= IssueSeverity.Error);
        Assert.Equal(["NameDigits", "PlaceholderValue"], OfDocuments(issues).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(75, issues.Count(issue => issue.RuleId == "PlaceholderValue"));
    }

    [Fact]
    public void Records_of_Synthea_have_no_error_and_one_patient_is_treated_after_death()
    {
        var patients = SharedData.JsonOf(SharedData.PathOf("synthea/bundles.zip")).Select(IssuesOfBundle).ToList();
        var issues = patients.SelectMany(issues => issues).ToList();
        Assert.DoesNotContain(issues, issue => issue.Severity >= IssueSeverity.Error);
        Assert.Subset(["NameDigits", "PlaceholderValue", "RecordDateAfterDeath"], OfDocuments(issues).ToHashSet());
        // Chemotherapy goes on for months after the date of death.
        Assert.Single(patients, found => found.Any(issue => issue.RuleId == "RecordDateAfterDeath"));
    }

    [Fact]
    public void Insured_of_gematik_examples_have_no_error()
    {
        var issues = Directory.EnumerateFiles(SharedData.PathOf("vsdm2")).SelectMany(file => IssuesOfBundle(File.ReadAllBytes(file))).ToList();
        Assert.DoesNotContain(issues, issue => issue.Severity >= IssueSeverity.Error);
        Assert.Equal(["BirthDatePartial"], OfDocuments(issues).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> OfDocuments(IEnumerable<ValidationIssue> issues) =>
        from issue in issues
        join rule in PatientRules.All on issue.RuleId equals rule.Id
        where rule.Category is RuleCategory.Name or RuleCategory.Person or RuleCategory.Identifier or RuleCategory.Contact or RuleCategory.Record
        select issue.RuleId;

    private static IReadOnlyList<ValidationIssue> IssuesOfBundle(byte[] json)
    {
        using var bundle = JsonDocument.Parse(json);
        var resources = bundle.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).ToLookup(resource => resource.GetProperty("resourceType").GetString() == "Patient");
        return !resources[true].Any() ? [] : Checked.Run(Bytes(Assert.Single(resources[true])), [.. resources[false].Select(Bytes)], Checked.Today).Issues;
    }

    private static ReadOnlyMemory<byte> Bytes(JsonElement element) => JsonSerializer.SerializeToUtf8Bytes(element);
}
