using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using PatientTools.Adapters.Sqlite;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>
/// Backs up, tests, restores and replaces a store, beside <c>zip -6</c> and restic (where they are installed) on the same content
/// as files. Each step runs in a process of its own, so that its peak memory is nobody else's.
/// </summary>
internal sealed class BackupScenario
{
    private const int Rounds = 5;
    private const int Changed = 1000;
    private static readonly SqlitePatientStoreProvider Provider = new();
    private readonly BenchmarkArguments _arguments;
    private readonly string _folder;
    private readonly string _store;

    private BackupScenario(BenchmarkArguments arguments)
    {
        _arguments = arguments;
        _folder = Path.Combine(arguments.Folder, "backups");
        _store = arguments.StoreFile;
    }

    private static (string Name, Action<BackupScenario> Measure)[] Steps =>
    [
        ("full", scenario => scenario.Full()),
        ("encrypted", scenario => scenario.Encrypted()),
        ("beside", scenario => scenario.Beside()),
        ("unchanged", scenario => scenario.Unchanged()),
        ("quick", scenario => scenario.Test(BackupTestDepth.Quick)),
        ("hashes", scenario => scenario.Test(BackupTestDepth.Hashes)),
        ("proof", scenario => scenario.Test(BackupTestDepth.Restore)),
        ("restore", scenario => scenario.Restore()),
        ("replace", scenario => scenario.Replace()),
        ("incremental", scenario => scenario.Incremental()),
    ];

    private string FullBackup => Directory.EnumerateFiles(_folder, "*-full.zip").Single();

    /// <summary>Runs all steps, each in a process of its own, or the one that is named.</summary>
    public static int Run(BenchmarkArguments arguments)
    {
        if (arguments.Step is null)
        {
            return Steps.Any(step => RunAlone(step.Name, arguments) != 0) ? 1 : 0;
        }

        Steps.Single(step => step.Name == arguments.Step).Measure(new BackupScenario(arguments));
        return 0;
    }

    private static int RunAlone(string step, BenchmarkArguments arguments)
    {
        string[] own = [typeof(BackupScenario).Assembly.Location, "backup", "--step", step, "--folder", arguments.Folder, "--count", arguments.Count.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, own) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>One full backup, which the other steps work on.</summary>
    private void Full()
    {
        Fresh(_folder);
        using var session = Open(_store);
        var cost = Cost.Of(() => Create(session, _folder, incremental: false));
        Row("full backup", cost, Megabytes());
    }

    private void Encrypted()
    {
        var folder = Fresh(Path.Combine(_arguments.Folder, "backups-encrypted"));
        using var session = Open(_store);
        var request = new BackupRequest { Folder = folder, Recipient = BackupRecipient.OfPassword("a password for measuring") };
        Row("full backup, encrypted", Cost.Of(() => session.Backups().Create(request, null, default)), Megabytes());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The other programs take turns with ours, so that all of them meet the same machine.</summary>
    private void Beside()
    {
        var content = Fresh(Path.Combine(_arguments.Folder, "backup-content"));
        ZipFile.ExtractToDirectory(FullBackup, content);
        var folder = Fresh(Path.Combine(_arguments.Folder, "backups-beside"));
        var zipped = Path.Combine(folder, "beside.dat");
        var repository = Path.Combine(folder, "restic");
        using var session = Open(_store);
        List<Cost> ours = [], zip = [], restic = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Cost.Of(() => File.Delete(Create(session, folder, incremental: false).Path)));
            Measure(zip, "zip", ["-6", "-r", "-q", zipped, "."], content);
            File.Delete(zipped);
            if (Cost.OfProgram("restic", ["-r", repository, "--insecure-no-password", "init"], content) is not null)
            {
                Measure(restic, "restic", ["-r", repository, "--insecure-no-password", "backup", "."], content);
                Directory.Delete(repository, recursive: true);
            }
        }

        Compare(ours, "zip -6", zip);
        Compare(ours, "restic", restic);
        Directory.Delete(content, recursive: true);
        Directory.Delete(folder, recursive: true);
    }

    private static void Measure(List<Cost> costs, string program, string[] arguments, string folder)
    {
        if (Cost.OfProgram(program, arguments, folder) is { } cost)
        {
            costs.Add(cost);
        }
    }

    private void Compare(List<Cost> ours, string name, List<Cost> theirs)
    {
        if (theirs.Count == 0)
        {
            Console.WriteLine($"{name} is not installed: not measured.");
            return;
        }

        var (we, they, megabytes) = (Cost.Median(ours), Cost.Median(theirs), Megabytes());
        Report.Row($"full backup, median of {Rounds} in turns", we.Rate(megabytes), $"{name}: {they.Rate(megabytes).ToString(CultureInfo.InvariantCulture)}", they.Time / we.Time);
        Report.Row("the same, by processor time alone", $"{we.Processor.TotalSeconds:N2} s", $"{name}: {they.Processor.TotalSeconds:N2} s", they.Processor / we.Processor);
    }

    private void Unchanged()
    {
        using var session = Open(_store);
        var request = new BackupRequest { Folder = _folder, Incremental = true };
        var cost = Cost.Of(() => Require(session.Backups().Create(request, null, default) is null));
        Row("incremental backup, nothing has changed", cost, null);
    }

    private void Incremental()
    {
        using var session = Open(_store);
        Change(session);
        Row($"incremental backup, {Changed:N0} patients have changed", Cost.Of(() => Create(session, _folder, incremental: true)), null);
    }

    private static void Change(PatientStoreSession session)
    {
        PatientWrite[] writes = [.. session.Search().Find(new PatientQuery(), new ResultWindow(0, Changed, false)).Patients.Select(patient => new ChangePatient(
            patient.Id,
            document => PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.City] = string.Create(CultureInfo.InvariantCulture, $"Ort {Random.Shared.Next()}") }),
            null))];
        Require(session.Writer().Apply(writes).All(result => result.Error is null));
    }

    private void Test(BackupTestDepth depth)
    {
        var cost = Cost.Of(() => Require(BackupTest.Run(Provider, FullBackup, depth, null, _arguments.Folder, null, default).IsValid));
        Row($"test of a backup, {depth}", cost, Megabytes());
    }

    private void Restore()
    {
        var destination = Path.Combine(_arguments.Folder, "restored.ptstore");
        ImportScenario.DeleteStore(destination);
        RestoreReport? report = null;
        var cost = Cost.Of(() => report = BackupRestore.IntoNew(Provider, new RestoreRequest { Path = FullBackup }, destination, new("benchmark", null), null, default));
        Row("restore into a new store", cost, Megabytes(), report);
        ImportScenario.DeleteStore(destination);
    }

    /// <summary>Over a copy, so that the other steps still meet the same store.</summary>
    private void Replace()
    {
        var folder = Fresh(Path.Combine(_arguments.Folder, "backups-replaced"));
        var copy = Path.Combine(folder, "copy.ptstore");
        File.Copy(_store, copy);
        using (var session = Open(copy))
        {
            RestoreReport? report = null;
            var cost = Cost.Of(() => report = session.Backups().Replace(new RestoreRequest { Path = FullBackup }, null, default));
            Row("restore over a store", cost, Megabytes(), report);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static PatientStoreSession Open(string store) => PatientStoreSession.Open(Provider, store, new StoreOptions());

    private static PatientBackup Create(PatientStoreSession session, string folder, bool incremental) =>
        session.Backups().Create(new BackupRequest { Folder = folder, Incremental = incremental }, null, default) ?? throw new InvalidOperationException("Nothing was backed up.");

    private double Megabytes() => BackupReader.ReadHeading(FullBackup).Manifest!.Members.Sum(member => member.Bytes) / 1e6;

    private static void Row(string what, Cost cost, double? megabytes, RestoreReport? report = null)
    {
        var rate = megabytes is { } content ? cost.Rate(content).ToString(CultureInfo.InvariantCulture) : cost.Time.TotalSeconds.ToString("N3", CultureInfo.InvariantCulture) + " s";
        var patients = report is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {report.Patients / cost.Time.TotalSeconds:N0} patients/s");
        Report.Row(what, $"{rate}{patients}, processor {cost.Processor.TotalSeconds:N2} s, peak {Report.PeakMegabytes():N0} MB");
    }

    private static string Fresh(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    private static void Require(bool met)
    {
        if (!met)
        {
            throw new InvalidOperationException("What was measured did not do what it should.");
        }
    }
}
