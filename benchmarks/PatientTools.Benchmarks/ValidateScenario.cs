using System.Text.Json;
using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Benchmarks;

/// <summary>
/// Checks patients with all rules, from raw JSON bytes, beside a reader that only walks over the same bytes, and beside
/// validation by a JSON Schema.
/// </summary>
internal static class ValidateScenario
{
    public static int Run(BenchmarkArguments arguments)
    {
        // First, while the process is still small.
        MeasureMemory(arguments.SampleFile);
        Measure("sample patients", arguments.SampleFile, repeat: 1);
        if (FindSynthea() is { } synthea)
        {
            Measure("Synthea patients", synthea, repeat: 40);
        }

        MeasureHundred(arguments.SampleFile);
        MeasureSchema(arguments.SampleFile);
        MeasurePipeline();
        return 0;
    }

    private static void Measure(string what, string file, int repeat)
    {
        var lines = ReadLines(file, 500_000 / repeat);
        var all = Enumerable.Repeat(lines, repeat).SelectMany(line => line).ToArray();
        var bytes = all.Sum(line => (long)line.Length);
        Walk(all, 1);
        Check(all, 1);
        var one = Best(() => Check(all, 1));
        foreach (var workers in (int[])[1, 2])
        {
            var walk = Best(() => Walk(all, workers));
            var check = workers == 1 ? one : Best(() => Check(all, workers));
            Report.Row(
                $"{what}, {bytes / all.Length:N0} bytes, {workers} worker(s)",
                $"{all.Length / check.TotalSeconds:N0}/s, {bytes / check.TotalSeconds / 1e6:N0} MB/s",
                $"Utf8JsonReader {all.Length / walk.TotalSeconds:N0}/s, {bytes / walk.TotalSeconds / 1e6:N0} MB/s",
                walk / check);
            if (workers > 1)
            {
                Report.Row($"{what}, speed-up of {workers} workers", $"{one / check:N2}");
            }
        }
    }

    private static void MeasureHundred(string file)
    {
        var lines = ReadLines(file, 100);
        var time = Report.MedianMicroseconds(300, _ => Check(lines, Environment.ProcessorCount));
        Report.Row("100 sample patients, run begun and ended", $"{time / 1000:N2} ms");
    }

    private static void MeasureMemory(string file)
    {
        // What the engine itself and its compiled code take is there after some patients.
        Check(ReadLines(file, 20_000), Environment.ProcessorCount);
        GC.Collect();
        var before = Environment.WorkingSet;
        long peak = 0, count = 0;
        using var run = new ValidationRun(RuleSet.Default, new ValidationOptions());
        var time = Report.Time(() =>
        {
            foreach (var result in run.Read(PatientSources.Open(file), CancellationToken.None))
            {
                if ((++count & 0x3FFF) == 0)
                {
                    peak = Math.Max(peak, Environment.WorkingSet);
                }
            }
        });
        Report.Row($"a file of {count:N0} sample patients", $"{count / time.TotalSeconds:N0}/s, memory grew by {(peak - before) / 1048576.0:N0} MB at most");
    }

    private static void MeasureSchema(string file)
    {
        var lines = ReadLines(file, 20_000);
        var schema = PatientSchema.Load();
        schema.Check(lines);
        var theirs = Best(() => schema.Check(lines));
        var ours = Best(() => Check(lines, 1));
        Report.Row(
            "beside a JSON Schema (JsonSchema.Net), one worker",
            $"{lines.Length / ours.TotalSeconds:N0}/s",
            $"{lines.Length / theirs.TotalSeconds:N0}/s",
            theirs / ours);
    }

    private static void MeasurePipeline()
    {
        using var module = new HostedModule(HostedModule.FindManifest());
        // A sample writes its record when first asked for it; here it is what comes in.
        module.Run("$samples = @(New-PatientSample 100000 -Seed 42); foreach ($sample in $samples) { $null = $sample.Record }; $null = $samples[0..999] | Test-PatientBatch; $samples.Count");
        long invalid = -1;
        var time = Report.Time(() => invalid = module.Run("$n = 0; $samples | Test-PatientBatch | . { process { if (-not $_.IsValid) { $n++ } } }; $n"));
        Report.Row("samples through the pipeline, with their records", $"{100_000 / time.TotalSeconds:N0}/s, {invalid} invalid");
    }

    /// <summary>All patients with all rules, in the order of the input, each compared with those before it.</summary>
    private static void Check(byte[][] lines, int workers)
    {
        using var run = new ValidationRun(RuleSet.Default, new ValidationOptions { Workers = workers });
        foreach (var result in run.Read(Inputs(lines), CancellationToken.None))
        {
            GC.KeepAlive(result);
        }
    }

    private static IEnumerable<PatientInput> Inputs(byte[][] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            yield return new PatientInput { Place = new SourcePlace("samples", i + 1), Document = lines[i] };
        }
    }

    private static void Walk(byte[][] lines, int workers)
    {
        if (workers == 1)
        {
            Walk(lines, 0, lines.Length);
            return;
        }

        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
            Walk(lines, lines.Length * worker / workers, lines.Length * (worker + 1) / workers));
    }

    private static void Walk(byte[][] lines, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var reader = new Utf8JsonReader(lines[i]);
            while (reader.Read())
            {
            }
        }
    }

    private static TimeSpan Best(Action action) => Enumerable.Range(0, 5).Select(_ => Report.Time(action)).Min();

    private static byte[][] ReadLines(string file, int most) => [.. File.ReadLines(file).Take(most).Select(System.Text.Encoding.UTF8.GetBytes)];

    private static string? FindSynthea()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "synthea", "Patient.ndjson");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
