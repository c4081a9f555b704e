using System.Text;
using PatientTools.Core.Tests.Synthesis;
using PatientTools.Interchange;
using PatientTools.Synthesis;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Core.Tests.Validation.Runs;

/// <summary>The laws of a run, over batches drawn from numbered cases: a number that fails, fails again.</summary>
public class RunLaws
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1";

    public static TheoryData<int> Cases => [.. Enumerable.Range(1, Long ? 200 : 6)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_results_are_the_same_for_any_number_of_workers_and_any_way_in(int seed)
    {
        var lines = Lines(seed);
        var expected = Read(lines, RuleSet.Default, 1);
        Assert.Equal(lines.Count, expected.Count);
        Assert.Contains(expected, told => told.Contains("DuplicateId", StringComparison.Ordinal));
        foreach (var workers in new[] { 2, 4, 16 })
        {
            Assert.Equal(expected, Read(lines, RuleSet.Default, workers));
            Assert.Equal(expected, Add(lines, RuleSet.Default, workers));
        }

        Assert.Equal(expected, Add(lines, RuleSet.Default, 1));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void But_for_duplicates_the_order_of_the_input_does_not_matter(int seed)
    {
        var lines = Lines(seed);
        var rules = RuleSet.Choose(excluded: ["Duplicate*"]);
        var expected = lines.Zip(Read(lines, rules, 2)).Select(pair => pair.First + Without(pair.Second)).Order(StringComparer.Ordinal);
        var shuffled = lines.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(expected, shuffled.Zip(Read(shuffled, rules, 4)).Select(pair => pair.First + Without(pair.Second)).Order(StringComparer.Ordinal));

        // Number and line are those of the place.
        static string Without(string told) => told[told.IndexOf('>', StringComparison.Ordinal)..];
    }

    private static ValidationOptions Options(int workers) => SimpleCheck.Options(workers);

    private static List<string> Lines(int seed)
    {
        var random = new Random(seed);
        var samples = PatientSampler.Generate(
            new SampleOptions { Count = 400 + random.Next(2000), Seed = seed, DefectRate = 0.2, DuplicateRate = 0.1, Today = new(2026, 1, 1), NameStyle = SampleNameStyle.Greek }, FewNames.Instance, Token);
        var lines = new List<string>();
        foreach (var sample in samples)
        {
            var line = sample.Document.ToString();
            lines.Add(random.Next(20) switch
            {
                0 => line[..random.Next(1, line.Length)],
                1 when lines.Count > 0 => lines[random.Next(lines.Count)],
                2 => $"{line[..^1]},\"record\":[{string.Join(',', sample.Record.Select(resource => Encoding.UTF8.GetString(resource.Span)))}]}}",
                3 => line.Replace("Patient", "Person", StringComparison.Ordinal),
                4 => $"{line[..^1]},\"gender\":\"male\"}}",
                _ => line,
            });
        }

        return lines;
    }

    private static List<string> Read(IReadOnlyList<string> lines, RuleSet rules, int workers)
    {
        using var run = new ValidationRun(rules, Options(workers));
        var source = PatientSources.FromText(string.Join('\n', lines), new ImportOptions { Format = ImportFormat.Ndjson });
        return [.. run.Read(source, Token).Select(Told)];
    }

    /// <summary>As a cmdlet adds them: each line with the place that a file would give it.</summary>
    private static List<string> Add(List<string> lines, RuleSet rules, int workers)
    {
        using var run = new ValidationRun(rules, Options(workers));
        var results = new List<PatientValidationResult>();
        for (var i = 0; i < lines.Count; i++)
        {
            results.AddRange(run.Add(Input(lines[i], i + 1), Token));
        }

        results.AddRange(run.Complete(Token));
        return results.ConvertAll(Told);
    }

    private static PatientInput Input(string line, int number)
    {
        if (!line.Contains("\"record\"", StringComparison.Ordinal))
        {
            return new PatientInput { Place = new SourcePlace("text", number), Document = Encoding.UTF8.GetBytes(line), Record = [] };
        }

        var item = PatientSources.FromText(line, new ImportOptions { Format = ImportFormat.Ndjson }).Read(Token).Single();
        return PatientInput.Of(item)!.Value with { Place = new SourcePlace("text", number) };
    }

    private static string Told(PatientValidationResult result) =>
        $"{result.Number}:{result.Source}> {result.FhirId} {result.Mrn} {result.Name} {result.HighestSeverity} "
        + string.Join('|', result.Issues.Select(issue => $"{issue} {issue.Value} {issue.Hint} {issue.Suggestion}"));
}
