using PatientTools.Adapters.Sqlite;
using PatientTools.Interchange;
using PatientTools.Storage;
using PatientTools.Synthesis;

namespace PatientTools.Benchmarks;

/// <summary>Makes the stores for the search scenario: ours and one by hand, with the same patients and their diagnoses.</summary>
internal static class SearchStoreScenario
{
    public static int Run(BenchmarkArguments arguments)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(arguments.SearchStoreFile + suffix);
        }

        var time = Report.Time(() => Import(arguments));
        Report.Row("import with insurance and diagnoses", $"{arguments.Count / time.TotalSeconds:N0} patients/s, store {new FileInfo(arguments.SearchStoreFile).Length / 1048576.0:N0} MB");
        HandWrittenSearch.Build(arguments.SearchByHandFile, Samples(arguments));
        Report.Row("the same by hand", $"{new FileInfo(arguments.SearchByHandFile).Length / 1048576.0:N0} MB");
        return 0;
    }

    private static IEnumerable<PatientSample> Samples(BenchmarkArguments arguments) => PatientSampler.Generate(
        new SampleOptions { Count = arguments.Count, Seed = 42, Today = new DateOnly(2026, 11, 24), IncludeRecord = true }, new ManyNameSource());

    private static void Import(BenchmarkArguments arguments)
    {
        using var session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), arguments.SearchStoreFile, new StoreOptions());
        var run = new ImportRun(session, "samples");
        foreach (var sample in Samples(arguments))
        {
            var record = sample.Record.Select(json => RecordResource.Parse(json.Span)).ToList();
            Refuse(run.Add(new PatientItem(new SourcePlace("samples"), sample.Document, null, record, sample.Id)));
        }

        Refuse(run.Flush());
        session.Maintenance().Optimize(default);
    }

    private static void Refuse(IReadOnlyList<ImportItem> reports)
    {
        if (reports.Count > 0)
        {
            throw new InvalidOperationException(reports[0].ToString());
        }
    }
}
