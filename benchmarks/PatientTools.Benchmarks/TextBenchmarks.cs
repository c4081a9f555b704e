using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using PatientTools.Search.Text;

namespace PatientTools.Benchmarks;

/// <summary>What one name costs at write.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    /// <summary>Names of the usual kinds: plain, with umlauts, with particles.</summary>
    [Params("Schneider", "Müller-Lüdenscheidt", "Graf von und zu Buntspecht")]
    public string Name { get; set; } = "";

    internal static int Run()
    {
        BenchmarkRunner.Run<TextBenchmarks>();
        return 0;
    }

    [Benchmark]
    public string Fold() => TextFolding.Fold(Name);

    [Benchmark]
    public string Phonetics() => ColognePhonetics.Encode(Name);

    [Benchmark]
    public string Value() => ValueTerm.Of(Name);
}
