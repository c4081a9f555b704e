using System.Globalization;

namespace PatientTools.Benchmarks;

/// <summary>What to measure, on how much, and where.</summary>
internal sealed record BenchmarkArguments(string Scenario, long Count, string Folder, string? Step = null)
{
    public string SampleFile => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"samples-{Count}.ndjson"));

    public string StoreFile => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"store-{Count}.ptstore"));

    public string TrailFile => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"trail-{Count}.ptstore"));

    public string ByHandFile => Path.Combine(Folder, "by-hand.db");

    public string SearchStoreFile => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"search-{Count}.ptstore"));

    public string SearchByHandFile => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"search-{Count}.db"));

    public static BenchmarkArguments Parse(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i + 1 < args.Length; i += 2)
        {
            values[args[i]] = args[i + 1];
        }

        var folder = values.GetValueOrDefault("--folder", Path.Combine(Path.GetTempPath(), "patienttools-benchmarks"));
        Directory.CreateDirectory(folder);
        return new BenchmarkArguments(
            args.FirstOrDefault() ?? "",
            long.Parse(values.GetValueOrDefault("--count", "1000000"), CultureInfo.InvariantCulture),
            folder,
            values.GetValueOrDefault("--step"));
    }

    public static int Explain()
    {
        Console.Error.WriteLine("""
            dotnet run -c Release --project benchmarks/PatientTools.Benchmarks -- <scenario> [--count 1000000] [--folder <folder>]

              samples    writes the sample patients that the others read
              import     imports them into a new store, beside hand-written inserts of the same rows
              lookup     finds by id, MRN and KVNR, beside hand-written queries
              pipeline   objects through PowerShell's pipeline
              change     Find-Patient | Set-Patient over the whole store
              search-store  makes the stores that search works on: ours and one by hand, with diagnoses
              search     pages, totals, groups, resemblance, beside hand-written queries
              validate   checks with all rules, beside a bare reader and a JSON Schema
              audit      what logging costs, beside a store that cannot be logged to
              trail      writes, reads and checks a trail of so many entries
              backup     backups, tests and restores, beside zip -6 and restic; --step <name> runs one of its steps
              login      parallel logins beside bare bcrypt; an unknown account beside a wrong password
              startup    Import-Module in a fresh pwsh, beside an empty binary module
              text       folding, phonetics and sort keys (BenchmarkDotNet)

            Run samples and import first: the other scenarios work on what they leave in the folder.
            """);
        return 2;
    }
}
