using System.Runtime.CompilerServices;

namespace PatientTools.Synthesis;

/// <summary>
/// All names to draw from, ranked: first what Core knows as frequent, then the source's lists, then composed names where
/// the lists end. Within each tier the order is shuffled, but always the same.
/// </summary>
internal sealed class NamePool
{
    private static readonly ConditionalWeakTable<ISampleNameSource, NamePool> Pools = [];

    private NamePool(ISampleNameSource source)
    {
        Surnames = Weighted.Zipf(Ranked(Synthesis.Surnames.Frequent, source.Surnames, Synthesis.Surnames.Compounds(), Synthesis.Surnames.Rarities()));
        FemaleGivenNames = Weighted.Zipf(Ranked([], source.FemaleGivenNames.Concat(GivenNames.Popular(isFemale: true)), GivenNames.Doubles(isFemale: true)));
        MaleGivenNames = Weighted.Zipf(Ranked([], source.MaleGivenNames.Concat(GivenNames.Popular(isFemale: false)), GivenNames.Doubles(isFemale: false)));
        Streets = Weighted.Zipf(Ranked(
            ["Hauptstraße", "Schulstraße", "Gartenstraße", "Bahnhofstraße", "Dorfstraße", "Bergstraße", "Birkenweg", "Lindenstraße", "Kirchstraße", "Waldstraße", "Ringstraße", "Schillerstraße", "Goethestraße", "Mühlenweg", "Wiesenweg"],
            source.Streets));
    }

    public Weighted<string> Surnames { get; }

    public Weighted<string> FemaleGivenNames { get; }

    public Weighted<string> MaleGivenNames { get; }

    public Weighted<string> Streets { get; }

    /// <summary>The pool over a source; made once for each.</summary>
    public static NamePool Of(ISampleNameSource source) => Pools.GetValue(source, static source => new NamePool(source));

    private static List<string> Ranked(IEnumerable<string> ranked, params IEnumerable<string>[] tiers)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = ranked.Where(seen.Add).ToList();
        for (var tier = 0; tier < tiers.Length; tier++)
        {
            var shuffled = tiers[tier].Where(seen.Add).ToArray();
            Shuffle(shuffled, tier);
            names.AddRange(shuffled);
        }

        return names;
    }

    private static void Shuffle(string[] names, int tier)
    {
        var random = new SampleRandom(0, tier, SampleStream.Pool);
        for (var i = names.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (names[i], names[other]) = (names[other], names[i]);
        }
    }
}
