using System.Text;
using System.Text.Json;
using PatientTools.Interchange;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation;

/// <summary>
/// Documents written by hand from what the sources of the rules say, each with all issues it must give: an opinion on the rules
/// that knows nothing of their code. How a case is written is told in <c>FaultyDocuments/README.md</c>.
/// </summary>
public sealed class FaultyDocumentTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Validation", "FaultyDocuments");

    private static readonly Dictionary<string, FaultyDocument> Documents = Read();

    private static readonly PatientValidator Validator = new(RuleSet.Default, new ValidationOptions
    {
        Today = new DateOnly(2026, 11, 24),
        Language = ResultLanguage.English,
    });

    public static TheoryData<string> Names => [.. Documents.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void DocumentGivesExactlyTheIssuesItsSourceDemands(string name)
    {
        var document = Documents[name];
        var result = Validator.Validate(document.Input, TestContext.Current.CancellationToken);
        var given = result.Issues.Select(issue => $"{issue.RuleId} {issue.Path}").Order(StringComparer.Ordinal);
        Assert.Equal(document.Issues.Order(StringComparer.Ordinal), given);
    }

    [Fact]
    public void EveryRuleAboutASinglePatientIsShownAtLeastTwice()
    {
        var faulty = Documents.Values.Where(document => document.Issues.Length > 0).ToList();
        Assert.True(faulty.Count >= 200, $"There are only {faulty.Count} faulty documents.");
        var shown = faulty.SelectMany(document => document.Issues).CountBy(issue => issue.Split(' ')[0]).ToDictionary();
        var demanded = PatientRules.All.Where(rule => rule.Category is not (RuleCategory.Duplicate or RuleCategory.Run)).Select(rule => rule.Id).ToHashSet();
        Assert.Subset(demanded, shown.Keys.ToHashSet());
        Assert.All(demanded, rule => Assert.InRange(shown.GetValueOrDefault(rule), 2, int.MaxValue));
    }

    private static Dictionary<string, FaultyDocument> Read()
    {
        var documents = new Dictionary<string, FaultyDocument>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var cases = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var written in cases.RootElement.EnumerateArray())
            {
                var name = written.GetProperty("name").GetString()!;
                documents.Add(name, new FaultyDocument(
                    InputOf(written, new SourcePlace(Path.GetFileName(file), 0, documents.Count + 1)),
                    [.. written.GetProperty("issues").EnumerateArray().Select(issue => issue.GetString()!)]));
            }
        }

        return documents;
    }

    private static PatientInput InputOf(JsonElement written, SourcePlace place) => new()
    {
        Place = place,
        Document = DocumentOf(written),
        Record = [.. RecordOf(written)],
        Refusal = written.TryGetProperty("refusal", out var refusal) ? new PatientToolsException("RefusedBySource", refusal.GetString()!, ErrorKind.InvalidData) : null,
    };

    private static byte[] DocumentOf(JsonElement written) =>
        written.TryGetProperty("patient", out var patient) ? Encoding.UTF8.GetBytes(patient.GetRawText())
        : written.TryGetProperty("text", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!)
        : written.TryGetProperty("base64", out var bytes) ? bytes.GetBytesFromBase64()
        : [];

    private static IEnumerable<ReadOnlyMemory<byte>> RecordOf(JsonElement written) =>
        written.TryGetProperty("record", out var record) ? record.EnumerateArray().Select(resource => Utf8(resource.GetRawText()))
        : written.TryGetProperty("recordText", out var texts) ? texts.EnumerateArray().Select(text => Utf8(text.GetString()!))
        : [];

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private sealed record FaultyDocument(PatientInput Input, string[] Issues);
}
