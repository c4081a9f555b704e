using PatientTools.Adapters.Samples;
using PatientTools.Synthesis;

namespace PatientTools.Benchmarks;

/// <summary>Writes the sample patients that the other scenarios read.</summary>
internal static class SampleScenario
{
    /// <summary>Fixed, so that every run measures the same patients.</summary>
    private static readonly DateOnly Today = new(2026, 11, 24);

    public static int Run(BenchmarkArguments arguments)
    {
        var options = new SampleOptions { Count = arguments.Count, Seed = 42, Today = Today, IncludeRecord = false };
        long bytes = 0;
        var time = Report.Time(() =>
        {
            using var file = File.Create(arguments.SampleFile, 1 << 20);
            foreach (var sample in PatientSampler.Generate(options, new BogusNameSource()))
            {
                file.Write(sample.Document.Utf8.Span);
                file.WriteByte((byte)'\n');
                bytes += sample.Document.Utf8.Length;
            }
        });
        Report.Row("sample patients made and written", $"{arguments.Count / time.TotalSeconds:N0}/s, {bytes / (double)arguments.Count:N0} bytes each");
        return 0;
    }
}
