using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatientTools.Interchange;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation.Rules;

/// <summary>
/// A patient in whom nothing is wrong, with changes written as rules write their examples: <c>name[0].family: "MÃ¼ller"</c>,
/// <c>birthDate: missing</c>, <c>Condition.code.coding[0].code: "E11,90"</c>, several with commas between.
/// </summary>
internal static partial class Checked
{
    public static readonly DateOnly Today = new(2026, 11, 24);

    private const string Patient = """
        {"resourceType":"Patient","id":"p1",
        "identifier":[
          {"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:oid:2.999.1","value":"4711"},
          {"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"}],
        "active":true,
        "name":[{"use":"official","family":"Müller","given":["Anna","Maria"]}],
        "telecom":[{"system":"phone","value":"030 23125123"},{"system":"email","value":"anna.mueller@example.org"}],
        "gender":"female","birthDate":"1958-12-31",
        "address":[{"line":["Hauptstraße 1"],"city":"Bonn","postalCode":"53111","country":"DE"}]}
        """;

    private static readonly string[] Record =
    [
        """
        {"resourceType":"Coverage","status":"active","beneficiary":{"reference":"Patient/p1"},
        "payor":[{"identifier":{"system":"http://fhir.de/sid/arge-ik/iknr","value":"101575519"}}]}
        """,
        """
        {"resourceType":"Condition","subject":{"reference":"Patient/p1"},"recordedDate":"2019-12-31",
        "code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","version":"2019","code":"E11.90"}]}}
        """,
    ];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Escaped = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Checks the patient with changes, by all rules, and sees to it that escaped letters make no difference.</summary>
    public static IReadOnlyList<ValidationIssue> With(string changes, ResultLanguage language = ResultLanguage.English)
    {
        var patient = JsonNode.Parse(Patient)!.AsObject();
        var record = Record.Select(resource => JsonNode.Parse(resource)!.AsObject()).ToList();
        foreach (Match change in Change().Matches(changes))
        {
            var path = Step().Matches(change.Groups["path"].Value).Select(step => step.Value).ToList();
            var root = patient;
            if (char.IsAsciiLetterUpper(path[0][0]))
            {
                root = record.Find(resource => (string)resource["resourceType"]! == path[0]) ?? throw new InvalidOperationException($"There is no {path[0]}.");
                path.RemoveAt(0);
            }

            Set(root, path, change.Groups["value"].Value);
        }

        var issues = Run(patient, record, Plain, language);
        Assert.Equal(issues, Run(patient, record, Escaped, language));
        return issues;
    }

    /// <summary>One issue is found: of this rule, at this path.</summary>
    public static ValidationIssue Finds(string rule, string changes, string path)
    {
        var issue = Assert.Single(With(changes));
        Assert.Equal((rule, path), (issue.RuleId, issue.Path));
        return issue;
    }

    /// <summary>Nothing is found.</summary>
    public static void FindsNothing(string changes) => Assert.Empty(With(changes));

    public static PatientValidationResult Run(ReadOnlyMemory<byte> document, IReadOnlyList<ReadOnlyMemory<byte>> record, DateOnly today, ResultLanguage language = ResultLanguage.English) =>
        new PatientValidator(RuleSet.Default, new ValidationOptions { Today = today, Language = language })
            .Validate(new PatientInput { Place = new SourcePlace("test"), Document = document, Record = record }, TestContext.Current.CancellationToken);

    private static IReadOnlyList<ValidationIssue> Run(JsonObject patient, List<JsonObject> record, JsonSerializerOptions options, ResultLanguage language) =>
        Run(Encoding.UTF8.GetBytes(patient.ToJsonString(options)), [.. record.Select(resource => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(resource.ToJsonString(options)))], Today, language).Issues;

    private static void Set(JsonNode node, List<string> path, string value)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (Get(node, path[i]) is not { } inner)
            {
                inner = char.IsAsciiDigit(path[i + 1][0]) ? new JsonArray() : new JsonObject();
                Put(node, path[i], inner);
            }

            node = inner;
        }

        if (value == "missing")
        {
            Assert.True(node.AsObject().Remove(path[^1]));
        }
        else
        {
            Put(node, path[^1], JsonNode.Parse(value));
        }
    }

    private static JsonNode? Get(JsonNode node, string step) =>
        node is not JsonArray array ? node[step]
        : int.Parse(step, System.Globalization.CultureInfo.InvariantCulture) is var index && index < array.Count ? array[index] : null;

    private static void Put(JsonNode node, string step, JsonNode? value)
    {
        if (node is not JsonArray array)
        {
            node[step] = value;
        }
        else if (int.Parse(step, System.Globalization.CultureInfo.InvariantCulture) is var index && index < array.Count)
        {
            array[index] = value;
        }
        else
        {
            array.Add(value);
        }
    }

    [GeneratedRegex("""(?<path>[A-Za-z_][\w.\[\]]*): (?<value>"(?:[^"\\]|\\.)*"|\[(?:[^\[\]]|\[[^\]]*\])*\]|\{[^}]*\}|true|false|null|missing|-?[0-9]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Change();

    [GeneratedRegex(@"\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
