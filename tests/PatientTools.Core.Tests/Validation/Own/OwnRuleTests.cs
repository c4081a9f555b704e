using System.Text;
using PatientTools.Core.Tests.Search.Conditions;
using PatientTools.Search.Conditions;
using PatientTools.Search.Filter;
using PatientTools.Validation;
using PatientTools.Validation.Own;

namespace PatientTools.Core.Tests.Validation.Own;

/// <summary>Rules out of a file, asked of patients.</summary>
public sealed class OwnRuleTests : IDisposable
{
    private const string Kvnr = "http://fhir.de/sid/gkv/kvid-10";
    private static readonly string[] Coverage = ["""{"resourceType":"Coverage","payor":[{"display":"AOK Nordwest"}]}"""];
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_rule_has_what_the_file_says()
    {
        var rule = Assert.Single(Parse("""
            // Rules of the ward.
            {
              "$schema": "rules.schema.json",
              "rules": [
                {
                  "id": "ward.minor-guardian_1", "severity": "Warning", "when": " Age -lt 18 ", "require": "Guardian -ne $null",
                  "message": { "en": "A minor without a guardian.", "de": "Minderjährig ohne Sorgeberechtigte." },
                  "hint": { "de": "Kontakt ergänzen." }, /* one language serves both */
                  "path": "Patient.contact[0].name", "description": "Minors need a guardian.", "reference": "§ 1629 BGB",
                },
              ],
            }
            """));

        Assert.Equal(("ward.minor-guardian_1", IssueSeverity.Warning, RuleCategory.Own, IssueType.BusinessRule), (rule.Id, rule.Severity, rule.Category, rule.Type));
        Assert.Equal(("A minor without a guardian.", "Minderjährig ohne Sorgeberechtigte."), (rule.Message.English, rule.Message.German));
        Assert.Equal(("Kontakt ergänzen.", "Kontakt ergänzen."), (rule.Hint!.English, rule.Hint.German));
        Assert.Equal(("Patient.contact[0].name", "Minors need a guardian.", "§ 1629 BGB"), (rule.Path, rule.About.English, rule.Reference));
    }

    [Fact]
    public void What_a_rule_leaves_out_has_a_meaning()
    {
        var rule = Parse("\uFEFF[\n{\"id\":\"A\",\"require\":\"City -ne $null\"}]")[0];

        Assert.Equal((IssueSeverity.Error, "Patient", null, "rules.json, line 2"), (rule.Severity, rule.Path, rule.Hint, rule.Reference));
        Assert.Equal(("This has to hold: City -ne $null", "Es muss gelten: City -ne $null"), (rule.Message.English, rule.Message.German));
        Assert.Equal(rule.Message, rule.About);
        Assert.True(rule.IsBrokenBy(Subjects.Of("")));
        Assert.False(rule.IsBrokenBy(Subjects.Of("\"address\":[{\"city\":\"Bonn\"}]")));
    }

    [Theory]
    [InlineData("Age -lt 18", "Guardian -ne $null", "\"birthDate\":\"2020-01-01\"", true)]
    [InlineData("Age -lt 18", "Guardian -ne $null", "\"birthDate\":\"2008-07-02\"", true)]
    [InlineData("Age -lt 18", "Guardian -ne $null", "\"birthDate\":\"2008-07-01\"", false)]
    [InlineData("Age -lt 18", "Guardian -ne $null", "", false)]
    [InlineData("Age -lt 18", "Guardian -ne $null", "\"birthDate\":\"2020-01-01\",\"contact\":[{\"relationship\":[{\"text\":\"Mutter\"}]}]", false)]
    [InlineData("City -eq 'Köln'", "Mrn -match '^K-[0-9]{6}$'", "\"address\":[{\"city\":\"KÖLN\"}]", true)]
    [InlineData("City -eq 'Köln'", "Mrn -match '^K-[0-9]{6}$'", "\"address\":[{\"city\":\"Köln\"}],\"identifier\":[{\"type\":{\"coding\":[{\"code\":\"MR\"}]},\"value\":\"K-123456\"}]", false)]
    [InlineData("City -eq 'Köln'", "Mrn -match '^K-[0-9]{6}$'", "\"address\":[{\"city\":\"Bonn\"}]", false)]
    [InlineData("Payer -like 'AOK*'", "Kvnr -ne $null", "", true)]
    [InlineData("Payer -like 'AOK*'", "Kvnr -ne $null", "\"identifier\":[{\"system\":\"" + Kvnr + "\",\"value\":\"A123456780\"}]", false)]
    [InlineData("Payer -like 'DAK*'", "Kvnr -ne $null", "", false)]
    public void A_rule_is_broken_where_when_holds_and_require_does_not(string when, string require, string members, bool isBroken)
    {
        var rule = Parse($$"""[{"id":"A","when":{{Json(when)}},"require":{{Json(require)}}}]""")[0];
        var subject = Subjects.Of(members, Coverage);

        Assert.Equal(isBroken, rule.IsBrokenBy(subject));
        Assert.True(isBroken == subject.Meets(PatientFilter.Parse(rule.Example)), rule.Example);
    }

    [Theory]
    [InlineData("Mrn -match '^K'", "0815, 0816")]
    [InlineData("-not (Mrn -like '08*')", "0815, 0816")]
    [InlineData("Mrn -match '^K' -or Mrn -eq $null -xor -not (Mrn -like 'K*')", "0815, 0816")]
    [InlineData("Identifier.lab -eq 'x' -and Identifier.LAB -ne 'y'", null)]
    [InlineData("BirthDate -gt '1980'", "1958-12")]
    [InlineData("Age -lt 5", "67")]
    [InlineData("Deceased", "false")]
    [InlineData("Document.multipleBirthInteger -gt 5", "2")]
    [InlineData("Created -gt '2026-03-02'", "2026-03-01T09:30:15Z")]
    [InlineData("City -ne $null", null)]
    [InlineData("Mrn -match '^K' -and City -ne $null", null)]
    public void The_value_of_an_issue_is_that_of_the_one_property_it_is_about(string require, string? value) => Assert.Equal(
        value,
        Parse($$"""[{"id":"A","require":{{Json(require)}}}]""")[0].ValueOf(Subjects.Of("""
            "birthDate":"1958-12","multipleBirthInteger":2,"identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"0815"},{"type":{"coding":[{"code":"MR"}]},"value":"0816"}]
            """)));

    [Fact]
    public void A_long_value_is_cut_between_characters()
    {
        var subject = Subjects.Of($"\"address\":[{{\"city\":\"{new string('x', 199)}😀x\"}}]");

        Assert.Equal(new string('x', 199), Parse("""[{"id":"A","require":"City -eq 'Bonn'"}]""")[0].ValueOf(subject));
    }

    [Fact]
    public void Threads_share_a_rule()
    {
        var rules = Parse("""
            [
              { "id": "A", "when": "Age -ge 60 -and City -in 'Bonn', 'Köln'", "require": "FamilyName -match '^(m|s).*r$' -or Guardian -ne $null" },
              { "id": "B", "require": "Document.name.family -clike 'M*' -xor Created -gt '2026-04' -or -not (BirthDate -lt '1958')" }
            ]
            """);
        string[] names = ["Müller", "Sänger", "mayer", "Bauer", "Meyer", "Straßer"];
        PatientSubject Subject(int i) => Subjects.Of($$"""
            "birthDate":"{{1950 + (i % 20)}}","name":[{"family":"{{names[i % names.Length]}}"}],"address":[{"city":"{{(i % 3 == 0 ? "Bonn" : "Ulm")}}"}]
            """);
        bool[] Judge(int i) => [.. rules.Select(rule => rule.IsBrokenBy(Subject(i)))];
        var alone = Enumerable.Range(0, 2000).Select(Judge).ToArray();
        var together = new bool[alone.Length][];
        Parallel.For(0, alone.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Judge(i));

        Assert.Equal(alone, together);
        Assert.Contains(alone, broken => broken[0]);
        Assert.Contains(alone, broken => broken[1]);
    }

    [Fact]
    public void Rules_can_be_chosen_beside_ours()
    {
        var own = OwnRules.Read(_sandbox.Write("own.json", """[{"id":"MinorGuardian","severity":"information","require":"Active"}]"""));
        var set = RuleSet.Choose(rules: ["minor*"], severities: [new("MinorGuardian", IssueSeverity.Fatal)], own: own);

        Assert.Equal(own, set.Rules);
        Assert.Equal(IssueSeverity.Fatal, set.SeverityOf(own[0]));
    }

    private static List<OwnRule> Parse(string text) => [.. OwnRules.Parse(Encoding.UTF8.GetBytes(text), "rules.json").Cast<OwnRule>()];

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
