using System.Text;
using PatientTools.Adapters.Samples;
using PatientTools.Interchange;
using PatientTools.Synthesis;
using PatientTools.Validation;

namespace PatientTools.Adapters.Tests.Validation;

public class SampleNamesTests
{
    [Fact]
    public void Nothing_is_found_in_clean_samples_with_all_their_names()
    {
        var options = new SampleOptions { Count = 30_000, Seed = 11, Today = new DateOnly(2026, 1, 1) };
        var validator = new PatientValidator(RuleSet.Default, new ValidationOptions { Today = options.Today });
        var found = new List<string>();
        foreach (var sample in PatientSampler.Generate(options, new BogusNameSource(), TestContext.Current.CancellationToken))
        {
            var result = validator.Validate(new PatientInput { Place = new SourcePlace("sample"), Document = sample.Document.Utf8, Record = sample.Record }, TestContext.Current.CancellationToken);
            if (result.Issues.Count > 0 && found.Count < 10)
            {
                found.Add(string.Join(' ', result.Issues) + Encoding.UTF8.GetString(sample.Document.Utf8.Span));
            }
        }

        Assert.Equal("", string.Join('\n', found));
    }
}
