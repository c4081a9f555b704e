using PatientTools.Adapters.Sqlite;
using PatientTools.Interchange;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>Imports the sample file into a new store, beside one thread that inserts the same rows and entries by hand.</summary>
internal static class ImportScenario
{
    public static int Run(BenchmarkArguments arguments)
    {
        DeleteStore(arguments.StoreFile);
        ImportSummary? summary = null;
        var time = Report.Time(() => summary = Import(arguments));
        var peak = Report.PeakMegabytes();
        var ours = summary!.Added / time.TotalSeconds;
        Console.WriteLine($"added {summary.Added}, rejected {summary.Rejected}");
        Console.WriteLine($"processor time {System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:N1} s in {time.TotalSeconds:N1} s");
        var byHand = HandWrittenStore.Insert(arguments.SampleFile, arguments.ByHandFile);
        Report.Row("import into an empty store", $"{ours:N0}/s, peak {peak:N0} MB", $"{byHand:N0}/s by hand, one thread", ours / byHand);
        return summary.Added == arguments.Count ? 0 : 1;
    }

    private static ImportSummary Import(BenchmarkArguments arguments)
    {
        using var session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), arguments.StoreFile, new StoreOptions());
        var run = new ImportRun(session, "samples");
        foreach (var report in run.Take(PatientSources.Open(arguments.SampleFile)))
        {
            throw new InvalidOperationException(report.ToString());
        }

        return run.Summary;
    }

    internal static void DeleteStore(string path)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }
    }
}
