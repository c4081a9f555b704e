using System.Collections.Concurrent;
using PatientTools.Synthesis;

namespace PatientTools.Core.Tests.Synthesis;

public class GreekNamesTests
{
    [Theory]
    [InlineData(0, "Alpha")]
    [InlineData(1, "Beta")]
    [InlineData(23, "Omega")]
    [InlineData(24, "Alpha2")]
    [InlineData(48, "Alpha3")]
    public void The_row_starts_anew_with_a_number(long index, string name) => Assert.Equal(name, GreekNames.At(index));

    [Fact]
    public void No_name_is_given_twice_to_many_threads_at_once()
    {
        var names = new GreekNames();
        var given = new ConcurrentBag<string>();
        Parallel.For(0, 20_000, _ => given.Add(names.Next()));
        Assert.Equal(20_000, given.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 20_000).Select(index => GreekNames.At(index)).Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Runs_that_reserve_their_names_share_none()
    {
        var names = new GreekNames();
        var used = new ConcurrentBag<string>();
        Parallel.For(0, 16, run =>
        {
            var options = new SampleOptions
            {
                Count = 100,
                Seed = run,
                Today = new DateOnly(2026, 1, 1),
                NameStyle = SampleNameStyle.Greek,
                FirstGreekName = names.Reserve(100),
            };
            foreach (var sample in PatientSampler.Generate(options, FewNames.Instance))
            {
                used.Add(sample.FamilyName!);
            }
        });
        Assert.Equal(1600, used.Distinct().Count());
    }

    [Fact]
    public void Samples_take_their_names_by_number()
    {
        var options = new SampleOptions { Count = 25, Today = new DateOnly(2026, 1, 1), NameStyle = SampleNameStyle.Greek };
        var names = PatientSampler.Generate(options, FewNames.Instance).Select(sample => sample.FamilyName).ToArray();
        Assert.Equal("Alpha", names[0]);
        Assert.Equal("Alpha2", names[24]);
    }
}
