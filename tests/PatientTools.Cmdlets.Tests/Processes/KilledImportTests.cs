using System.Diagnostics;
using System.Globalization;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Processes;

public sealed class KilledImportTests
{
    private const int Files = 6;
    private const int PatientsOfFile = 400;

    private static int Kills { get; } = ProcessStore.IsLong ? 50 : 5;

    [Fact]
    public async Task A_killed_import_leaves_whole_batches_and_the_next_one_completes_it()
    {
        using var sources = await Sources.Make();
        var (undisturbed, duration) = await sources.ImportUndisturbed();
        var moments = new Random(20261124);
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var store = await ProcessStore.Make();
            var reported = await sources.ImportAndKill(store, moments.Next(Files), duration / Files / 2 * moments.NextDouble());
            var present = int.Parse(await store.Ask(ProcessStore.Soundness + "; @(Find-Patient).Count"), CultureInfo.InvariantCulture);
            TestContext.Current.TestOutputHelper?.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"kill {kill}: {reported} patients reported, {present} there"));

            // Each file is one batch: what was reported is there, at most one batch more is, and no part of one.
            Assert.True(present % PatientsOfFile == 0, $"{present} patients are no whole batches (kill {kill}).");
            Assert.InRange(present, reported, reported + PatientsOfFile);

            Assert.Equal(undisturbed, await sources.Content(store, sources.Import));
        }
    }

    /// <summary>Files to import, of sample patients with their records.</summary>
    private sealed class Sources : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patienttools-sources-");

        public string Import => string.Create(
            CultureInfo.InvariantCulture,
            $"'ready'; foreach ($number in 1..{Files}) {{ (Import-Patient \"{_folder.FullName}/$number.ndjson\").Added }}");

        public static async Task<Sources> Make()
        {
            var sources = new Sources();
            using var store = await ProcessStore.Make();
            await store.Run(string.Create(CultureInfo.InvariantCulture, $$"""
                foreach ($number in 1..{{Files}}) {
                    $part = New-PatientStore "{{store.Folder}}/$number.ptstore"
                    $null = New-PatientSample {{PatientsOfFile}} -Seed $number | Import-Patient
                    Export-Patient "{{sources._folder.FullName}}/$number.ndjson" -IncludeRecord
                    Disconnect-PatientStore $part
                }
                """));
            return sources;
        }

        public async Task<(string Content, TimeSpan Duration)> ImportUndisturbed()
        {
            using var store = await ProcessStore.Make();
            using var process = ShellProcess.Start(store.Arguments(Import));
            await Ready(process);
            var started = Stopwatch.GetTimestamp();
            var result = await ShellProcess.Finish(process);
            Assert.Equal(0, result.ExitCode);
            return (await Content(store), Stopwatch.GetElapsedTime(started));
        }

        /// <summary>Kills the import of one file a moment after those before it were reported.</summary>
        /// <returns>The number of patients that had been reported as written.</returns>
        public async Task<int> ImportAndKill(ProcessStore store, int filesBefore, TimeSpan moment)
        {
            using var process = ShellProcess.Start(store.Arguments(Import));
            await Ready(process);
            var reports = new List<string?>();
            while (reports.Count < filesBefore)
                reports.Add(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            await Task.Delay(moment, TestContext.Current.CancellationToken);
            process.Kill();
            var result = await ShellProcess.Finish(process);
            reports.AddRange(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return reports.Sum(line => int.Parse(line!, CultureInfo.InvariantCulture));
        }

        /// <summary>All that the store, which has to be sound, holds after a script.</summary>
        public async Task<string> Content(ProcessStore store, string script = "")
        {
            var file = Path.Combine(_folder.FullName, "content.ndjson");
            await store.Run($"{script}; {ProcessStore.Soundness}; Export-Patient '{file}' -IncludeRecord -IncludeLegacy -Force");
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(Files * PatientsOfFile, lines.Length);
            return string.Join('\n', lines.Order(StringComparer.Ordinal));
        }

        public void Dispose() => _folder.Delete(recursive: true);

        private static async Task Ready(Process process) =>
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
    }
}
