using System.Text.Json;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation.Rules;

/// <summary>Real data has no error; what else is found, and how often, is as told here and deserved.</summary>
public class RealDataRulesTests
{
    [Fact]
    public void Synthea_patients_have_digits_in_names_and_postal_codes_of_zeros()
    {
        var patients = SharedData.JsonOf(SharedData.PathOf("synthea/Patient.ndjson")).Select(json => Checked.Run(json, [], Checked.Today).Issues);
        Assert.Equal("1144 patients, NameDigits 4059 in 1144, PlaceholderValue 75 in 75", CountsOf(patients));
    }

    [Fact]
    public void Records_of_Synthea_go_on_after_death_for_two()
    {
        // One patient's death is certified a week later, another's chemotherapy goes on for months.
        var patients = SharedData.JsonOf(SharedData.PathOf("synthea/bundles.zip")).Select(IssuesOfBundle);
        Assert.Equal("29 patients, RecordDateAfterDeath 42 in 2", CountsOf(patients));
    }

    [Fact]
    public void Bulk_export_of_Synthea_with_records()
    {
        var folder = SharedData.PathOf("synthea/bulk-10-patients");
        var resources = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).SelectMany(SharedData.JsonOf).ToLookup(OwnerOf);
        Assert.Equal("13 patients, NameDigits 55 in 13, PlaceholderValue 1 in 1, RecordDateAfterDeath 3 in 3", CountsOf(resources.Select(own =>
        {
            var patient = Assert.Single(own, json => TypeOf(json) == "Patient");
            return Checked.Run(patient, [.. own.Where(json => json != patient).Select(json => (ReadOnlyMemory<byte>)json)], Checked.Today).Issues;
        })));
    }

    [Fact]
    public void Insured_of_gematik_examples_have_birth_dates_of_which_only_a_part_is_known() =>
        Assert.Equal("12 patients, BirthDatePartial 1 in 1", CountsOf(Directory.EnumerateFiles(SharedData.PathOf("vsdm2")).Select(file => IssuesOfBundle(File.ReadAllBytes(file)))));

    /// <summary>How many patients there are, and for each rule how many issues and of how many patients.</summary>
    private static string CountsOf(IEnumerable<IReadOnlyList<ValidationIssue>> patients)
    {
        var all = patients.ToList();
        Assert.DoesNotContain(all.SelectMany(issues => issues), issue => issue.Severity >= IssueSeverity.Error);
        var counts = all.SelectMany((issues, patient) => issues.Select(issue => (issue.RuleId, patient)))
            .GroupBy(found => found.RuleId, StringComparer.Ordinal)
            .OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => FormattableString.Invariant($"{rule.Key} {rule.Count()} in {rule.Select(found => found.patient).Distinct().Count()}"));
        var told = string.Join(", ", counts.Prepend(FormattableString.Invariant($"{all.Count} patients")));
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        return told;
    }

    private static IReadOnlyList<ValidationIssue> IssuesOfBundle(byte[] json)
    {
        using var bundle = JsonDocument.Parse(json);
        var resources = bundle.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).ToLookup(resource => resource.GetProperty("resourceType").GetString() == "Patient");
        return !resources[true].Any() ? [] : Checked.Run(Bytes(Assert.Single(resources[true])), [.. resources[false].Select(Bytes)], Checked.Today).Issues;
    }

    private static string TypeOf(byte[] json)
    {
        using var resource = JsonDocument.Parse(json);
        return resource.RootElement.GetProperty("resourceType").GetString()!;
    }

    private static string OwnerOf(byte[] json)
    {
        using var resource = JsonDocument.Parse(json);
        var root = resource.RootElement;
        return root.GetProperty("resourceType").GetString() == "Patient" ? "Patient/" + root.GetProperty("id").GetString()
            : root.GetProperty(root.TryGetProperty("subject", out _) ? "subject" : "patient").GetProperty("reference").GetString()!;
    }

    private static ReadOnlyMemory<byte> Bytes(JsonElement element) => JsonSerializer.SerializeToUtf8Bytes(element);
}
