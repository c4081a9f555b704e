using System.Text;
using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Core.Tests.Validation.Runs;

/// <summary>Files that are nothing, or far too much: each gives results or a clear error, and takes no more memory than its own text.</summary>
public sealed class MalformedFileTests : IDisposable
{
    private const string Clean = """{"resourceType":"Patient","id":"clean","name":[{"family":"Meier","given":["Anna"]}],"gender":"female","birthDate":"1970-01-01"}""";
    private static readonly bool Long = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["cut in a string"] = """{"resourceType":"Patient","id":"a","name":[{"family":"Mei""",
        ["cut behind a member"] = """{"resourceType":"Patient","id":"a","name":[{"family":"Meier"}]""",
        ["a member twice"] = """{"resourceType":"Patient","id":"a","gender":"male","gender":"female"}""",
        ["a member twice beside a record"] = """{"resourceType":"Patient","id":"a","gender":"male","gender":"female","record":[]}""",
        ["a record twice"] = """{"resourceType":"Patient","id":"a","record":[],"record":[]}""",
        ["a record that is none"] = """{"resourceType":"Patient","id":"a","record":{"resourceType":"Condition"}}""",
        ["wrong types"] = """{"resourceType":"Patient","id":7,"name":{"family":true,"given":"Anna"},"gender":["female"],"birthDate":19700101,"address":null}""",
        ["a type that is none"] = """{"resourceType":7,"id":"a"}""",
        ["null"] = "null",
        ["an array of a number"] = "[1]",
        ["a text"] = "\"Patient\"",
        ["a control character without an escape"] = "{\"resourceType\":\"Patient\",\"id\":\"\u0001\"}",
        ["half of a pair"] = """{"resourceType":"Patient","name":[{"family":"\ud83d"}]}""",
        ["a million levels"] = """{"resourceType":"Patient","a":""" + new string('[', 1_000_000) + new string(']', 1_000_000) + "}",
        ["a million levels without an end"] = """{"resourceType":"Patient","a":""" + string.Concat(Enumerable.Repeat("{\"a\":", 1_000_000)),
        ["a million levels in a record"] = """{"resourceType":"Patient","record":""" + new string('[', 1_000_000) + new string(']', 1_000_000) + "}",
        ["a million members"] = "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"Anna\"}]," + string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"m{i}\":{i}")) + "}",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;

    public static TheoryData<string> Cases => [.. Texts.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cut in a string", "JsonSyntax")]
    [InlineData("cut behind a member", "JsonSyntax")]
    [InlineData("a member twice", "JsonDuplicateMember")]
    [InlineData("a member twice beside a record", "JsonDuplicateMember")]
    [InlineData("a record twice", "JsonDuplicateMember")]
    [InlineData("a record that is none", "SourceContent")]
    [InlineData("wrong types", "PrimitiveType")]
    [InlineData("a type that is none", "NotAPatient")]
    [InlineData("null", "NotAPatient")]
    [InlineData("an array of a number", "NotAPatient")]
    [InlineData("a text", "NotAPatient")]
    [InlineData("a control character without an escape", "JsonSyntax")]
    [InlineData("half of a pair", "JsonSyntax")]
    [InlineData("a million levels", "JsonSyntax")]
    [InlineData("a million levels without an end", "JsonSyntax")]
    [InlineData("a million levels in a record", "SourceContent")]
    [InlineData("a million members", "UnknownMember")]
    public void Line_gives_a_result_of_its_own_and_spoils_no_other(string name, string rule)
    {
        var results = Read($"{Clean}\n{Texts[name]}\n{Clean.Replace("clean", "other", StringComparison.Ordinal)}\n", "lines.ndjson");
        Assert.Equal([1L, 2, 3], results.Select(result => result.Line));
        Assert.Equal(["clean", "other"], new[] { results[0], results[2] }.Select(result => result.FhirId));
        Assert.Empty(results[0].Issues.Concat(results[2].Issues));
        Assert.Contains(rule, results[1].Issues.Select(issue => issue.RuleId));
        Assert.Equal(rule == "UnknownMember", results[1].IsValid);
        if (rule is not ("PrimitiveType" or "UnknownMember"))
        {
            Assert.Equal(IssueSeverity.Fatal, Assert.Single(results[1].Issues).Severity);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void File_gives_a_result_or_an_error_with_an_id(string name)
    {
        List<PatientValidationResult> results;
        try
        {
            results = Read(Texts[name], "document.json");
        }
        catch (PatientToolsException e)
        {
            Assert.NotEmpty(e.ErrorId);
            Assert.Contains("document.json", e.Message, StringComparison.Ordinal);
            return;
        }

        var result = Assert.Single(results);
        Assert.NotEmpty(result.Issues);
        Assert.Equal(name == "a million members", result.IsValid);
    }

    [Fact]
    public void Strings_beyond_all_measure_take_no_more_memory_than_a_few_times_their_text()
    {
        var size = Long ? 200L << 20 : 4L << 20;
        var path = Path.Combine(_folder, "strings.ndjson");
        using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)))
        {
            foreach (var (before, after) in new[] { ("\"", "\""), ("{\"resourceType\":\"Patient\",\"id\":\"s\",\"name\":[{\"family\":\"", "\"}],\"gender\":\"male\",\"birthDate\":\"1970-01-01\"}"), ("{\"resourceType\":\"Patient\",\"x", "") })
            {
                writer.Write(before);
                var piece = new string('a', 1 << 20);
                for (var written = 0L; written < size; written += piece.Length)
                {
                    writer.Write(piece);
                }

                writer.Write(after + "\n");
            }
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        using var run = new ValidationRun(RuleSet.Default, SimpleCheck.Options(2));
        var results = run.Read(PatientSources.Open(path, new ImportOptions { Format = ImportFormat.Ndjson }), Token).ToList();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{new FileInfo(path).Length:N0} bytes of text, {allocated:N0} bytes of memory"));
        Assert.Equal(["NotAPatient", "PrimitiveSyntax", "JsonSyntax"], results.Select(result => Assert.Single(result.Issues).RuleId));
        Assert.Equal("Patient.name[0].family", results[1].Issues[0].Path);
        Assert.All(results, result => Assert.InRange((result.Name + result.Issues[0].Value + result.Issues[0].Message).Length, 0, 2000));
        Assert.InRange(allocated, 0, (size * 12) + (64L << 20));
    }

    private List<PatientValidationResult> Read(string text, string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        using var run = new ValidationRun(RuleSet.Default, SimpleCheck.Options(2));
        return [.. run.Read(PatientSources.Open(path), Token)];
    }
}
