using PatientTools.Adapters.Samples;
using PatientTools.Synthesis;

namespace PatientTools.Adapters.Tests.Samples;

public class BogusNameSourceTests
{
    private static readonly BogusNameSource Source = new();
    private static readonly NamePool Pool = NamePool.Of(Source);
    private static readonly SampleOptions Options = new() { Count = 60_000, Seed = 3, Today = new DateOnly(2026, 11, 24), IncludeRecord = false };

    [Fact]
    public void There_are_100_000_surnames_and_5_000_given_names_to_draw_from()
    {
        Assert.True(Pool.Surnames.Items.Distinct().Count() >= 100_000);
        Assert.True(Pool.MaleGivenNames.Items.Concat(Pool.FemaleGivenNames.Items).Distinct().Count() >= 5_000);
        Assert.Equal(Pool.Surnames.Items.Count, Pool.Surnames.Items.Distinct().Count());
    }

    [Fact]
    public void Every_name_is_made_of_letters_with_a_capital()
    {
        Assert.All(
            Pool.Surnames.Items.Concat(Pool.MaleGivenNames.Items).Concat(Pool.FemaleGivenNames.Items),
            name =>
            {
                Assert.All(name, c => Assert.True(char.IsLetter(c) || c is '-' or ' ', name));
                Assert.Contains(name, char.IsUpper);
                Assert.Contains(name, char.IsLower);
            });
    }

    [Fact]
    public void Common_names_lead_and_frequencies_fall_as_Zipf_says()
    {
        var counts = PatientSampler.Generate(Options, Source).CountBy(sample => sample.FamilyName!).OrderByDescending(pair => pair.Value).ToArray();
        Assert.Equal("Müller", counts[0].Key);
        Assert.Equal("Schmidt", counts[1].Key);
        Assert.InRange(counts[0].Value / (double)Options.Count, 0.007, 0.012);
        Assert.InRange(counts.Length, 25_000, 60_000);

        // On logarithmic axes the counts of the first hundred ranks lie on a line of slope -3/4.
        var points = counts.Take(100).Select((pair, index) => (X: Math.Log(index + 1.5), Y: Math.Log(pair.Value))).ToArray();
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / points.Sum(point => (point.X - meanX) * (point.X - meanX));
        Assert.InRange(slope, -0.85, -0.65);
    }

    [Fact]
    public void Gender_agrees_with_the_given_name()
    {
        var male = Pool.MaleGivenNames.Items.ToHashSet();
        var female = Pool.FemaleGivenNames.Items.ToHashSet();
        foreach (var sample in PatientSampler.Generate(Options with { Count = 5000 }, Source))
        {
            var given = sample.Document.Properties.Name!.Given;
            Assert.All(given, name => Assert.True(
                sample.Gender switch { "male" => male.Contains(name), "female" => female.Contains(name), _ => true },
                $"{sample.Gender} {name}"));
        }
    }

    [Fact]
    public void Names_suit_the_years()
    {
        var samples = PatientSampler.Generate(Options, Source).ToArray();
        Assert.True(MeanBirthYear("Horst") < 1960);
        Assert.True(MeanBirthYear("Noah") > 1990);

        double MeanBirthYear(string name) => samples.Where(sample => sample.Document.Properties.Name!.Given[0] == name).Average(sample => sample.BirthDate!.Value.Year);
    }

    [Fact]
    public void Lists_come_in_the_same_order_every_time()
    {
        var again = new BogusNameSource();
        Assert.Equal(Source.Surnames, again.Surnames);
        Assert.Equal(Source.Streets, again.Streets);
    }
}
