using System.Globalization;
using PatientTools.Patients;
using PatientTools.Synthesis;

namespace PatientTools.Core.Tests.Synthesis;

public class SampleTablesTests
{
    [Fact]
    public void Insurers_have_valid_numbers_of_their_own()
    {
        var all = HealthInsurers.Statutory.Items.Concat(HealthInsurers.Private.Items).ToArray();
        Assert.All(all, insurer => Assert.True(CheckDigits.IsValidInstitutionNumber(insurer.InstitutionNumber), insurer.Name));
        Assert.True(all.Length >= 40);
        Assert.Equal(all.Length, all.Select(insurer => insurer.InstitutionNumber).Distinct().Count());
    }

    [Fact]
    public void Cities_have_postal_code_spans_that_no_other_city_shares()
    {
        var cities = Cities.All.Items.OrderBy(city => city.FirstPostalCode).ToArray();
        Assert.True(cities.Select(city => city.Name).Distinct().Count() >= 150);
        Assert.All(cities, city => Assert.InRange(city.LastPostalCode, city.FirstPostalCode, 99998));
        Assert.All(cities.Zip(cities.Skip(1)), pair => Assert.True(pair.First.LastPostalCode < pair.Second.FirstPostalCode, $"{pair.First} {pair.Second}"));
    }

    [Theory]
    [InlineData("Leipzig", "04103", "04357")]
    [InlineData("Dresden", "01067", "01328")]
    [InlineData("Zwickau", "08056", "08066")]
    public void Postal_codes_are_text_with_leading_zeros(string name, string first, string last)
    {
        var city = Assert.Single(Cities.All.Items, city => city.Name == name);
        var random = new SampleRandom(1, 1, SampleStream.Person);
        for (var i = 0; i < 200; i++)
        {
            var code = city.PostalCode(ref random);
            Assert.Equal(5, code.Length);
            Assert.InRange(code, first, last, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Diagnoses_meet_those_who_can_have_them()
    {
        var ofAll = new HashSet<string>();
        for (var age = 0; age <= LifeCourse.MaxAge; age++)
        {
            foreach (var isFemale in new[] { true, false })
            {
                var diagnoses = Diagnoses.For(isFemale, age).Items;
                Assert.True(diagnoses.Count >= 5, age.ToString(CultureInfo.InvariantCulture));
                Assert.All(diagnoses, diagnosis => Assert.InRange(age, diagnosis.MinAge, diagnosis.MaxAge));
                Assert.DoesNotContain(diagnoses, diagnosis => diagnosis.Gender == (isFemale ? 'm' : 'f'));
                ofAll.UnionWith(diagnoses.Select(diagnosis => diagnosis.Code));
            }
        }

        Assert.True(ofAll.Count >= 80);
        Assert.Contains("C50.9", ofAll);
    }

    [Fact]
    public void A_weighted_choice_meets_its_weights()
    {
        var choice = Weighted.Of([(1, "a"), (0, "never"), (3, "b")]);
        var random = new SampleRandom(3, 0, SampleStream.Person);
        var drawn = new List<string>();
        for (var i = 0; i < 10_000; i++)
        {
            drawn.Add(choice.Draw(ref random));
        }

        Assert.InRange(drawn.Count(item => item == "a"), 2350, 2650);
        Assert.DoesNotContain("never", drawn);
    }

    [Fact]
    public void The_random_numbers_are_those_of_SplitMix64_and_never_change()
    {
        var random = new SampleRandom(1, 1, SampleStream.Person);
        var other = new SampleRandom(1, 1, SampleStream.Person);
        Assert.Equal(random.Next(), other.Next());
        Assert.NotEqual(new SampleRandom(1, 2, SampleStream.Person).Next(), new SampleRandom(1, 1, SampleStream.Person).Next());
        Assert.NotEqual(new SampleRandom(2, 1, SampleStream.Person).Next(), new SampleRandom(1, 1, SampleStream.Person).Next());
        Assert.NotEqual(new SampleRandom(1, 1, SampleStream.Record).Next(), new SampleRandom(1, 1, SampleStream.Person).Next());
    }

    [Fact]
    public void Kvnrs_are_valid_and_no_two_of_a_run_are_alike()
    {
        foreach (var seed in new[] { 0, 1, -1, int.MinValue, int.MaxValue })
        {
            var seen = new HashSet<string>();
            for (var number = 1; number <= 20_000; number++)
            {
                var kvnr = SampleNumbers.Kvnr(seed, number);
                Assert.True(CheckDigits.IsValidKvnr(kvnr), kvnr);
                Assert.True(seen.Add(kvnr), kvnr);
            }
        }

        Assert.True(CheckDigits.IsValidKvnr(SampleNumbers.Kvnr(5, long.MaxValue)));
    }
}
