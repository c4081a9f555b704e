using System.Text;
using PatientTools.Core.Tests.Search.Conditions;
using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Own;

namespace PatientTools.Core.Tests.Validation.Own;

/// <summary>The rules that documentation and examples show: they load, and do what is said of them.</summary>
public sealed class WrittenRuleTests
{
    private static readonly string Repository = RepositoryRoot();

    [Fact]
    public void Every_rule_of_the_help_can_be_used()
    {
        var help = File.ReadAllText(Path.Combine(Repository, "docs", "about_PatientRule.md"));
        var written = help.Split("```json\n")[1..].Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.Equal(["MinorGuardian", "NorthMrn", "StatutoryKvnr", "LanguageKnown"], written.SelectMany(text => OwnRules.Parse(Encoding.UTF8.GetBytes(text), "help")).Select(rule => rule.Id));
    }

    [Theory]
    [InlineData("", "Reachable")]
    [InlineData("\"deceasedBoolean\":true")]
    [InlineData("\"birthDate\":\"2015-01-01\",\"telecom\":[{\"system\":\"phone\",\"value\":\"0228 1\"}]", "MinorGuardian")]
    [InlineData("\"birthDate\":\"2015-01-01\",\"telecom\":[{\"system\":\"phone\",\"value\":\"0228 1\"}],\"contact\":[{\"relationship\":[{\"coding\":[{\"code\":\"FTH\"}]}]}]")]
    [InlineData("\"telecom\":[{\"system\":\"email\",\"value\":\"a@b.de\"}],\"identifier\":[{\"system\":\"https://north.example/mrn\",\"value\":\"N12345678\"},{\"system\":\"https://north.example/mrn\",\"value\":\"12345678\"}]", "NorthMrn")]
    [InlineData("\"telecom\":[{\"system\":\"email\",\"value\":\"a@b.de\"}],\"identifier\":[{\"system\":\"https://north.example/mrn\",\"value\":\"N12345678\"}]")]
    [InlineData("\"telecom\":[{\"system\":\"email\",\"value\":\"a@b.de\"}],\"address\":[{\"postalCode\":\"6020\"}]", "CountryOfAddress")]
    [InlineData("\"telecom\":[{\"system\":\"email\",\"value\":\"a@b.de\"}],\"address\":[{\"postalCode\":\"6020\",\"country\":\"AT\"}]")]
    public void The_example_reports_what_it_says(string members, params string[] reported) =>
        Assert.Equal(reported, Example().Cast<OwnRule>().Where(rule => rule.IsBrokenBy(Subjects.Of(members))).Select(rule => rule.Id));

    [Theory]
    [InlineData("AOK Rheinland/Hamburg", true)]
    [InlineData("Techniker Krankenkasse", true)]
    [InlineData("Debeka", false)]
    public void The_example_knows_statutory_payers(string payer, bool isStatutory)
    {
        var subject = Subjects.Of("\"deceasedBoolean\":true", $$"""{"resourceType":"Coverage","payor":[{"display":"{{payer}}"}]}""");

        Assert.Equal(isStatutory ? ["StatutoryKvnr"] : [], Example().Cast<OwnRule>().Where(rule => rule.IsBrokenBy(subject)).Select(rule => rule.Id));
    }

    [Theory]
    [InlineData(ResultLanguage.English, "The patient is a minor, and nobody is given who may decide for it.")]
    [InlineData(ResultLanguage.German, "Die Patientin oder der Patient ist minderjährig, und niemand Sorgeberechtigtes ist angegeben.")]
    public void Patients_are_checked_by_them_as_by_ours(ResultLanguage language, string message)
    {
        var rules = RuleSet.Choose(rules: ["MinorGuardian", "NorthMrn"], severities: [new("NorthMrn", IssueSeverity.Warning)], own: Example());
        var validator = new PatientValidator(rules, new ValidationOptions { Language = language, Today = Subjects.Today });
        var document = """{"resourceType":"Patient","birthDate":"2015-01-01","identifier":[{"system":"https://north.example/mrn","value":"4711"}]}""";
        var result = validator.Validate(new PatientInput { Place = new SourcePlace("a.ndjson", 1), Document = Encoding.UTF8.GetBytes(document) });

        Assert.False(result.IsValid);
        Assert.Equal([("MinorGuardian", IssueSeverity.Error, "Patient.contact", null), ("NorthMrn", IssueSeverity.Warning, "Patient.identifier", "4711")], result.Issues.Select(issue => (issue.RuleId, issue.Severity, issue.Path, issue.Value)));
        Assert.Equal((message, IssueType.BusinessRule), (result.Issues[0].Message, result.Issues[0].Type));
        Assert.NotNull(result.Issues[0].Hint);
    }

    private static IReadOnlyList<PatientRule> Example() => OwnRules.Read(Path.Combine(Repository, "examples", "rules.json"));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PatientTools.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
