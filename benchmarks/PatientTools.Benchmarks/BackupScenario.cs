using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using PatientTools.Adapters.Sqlite;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>Backs up, tests and restores a store, beside <c>zip -6</c> and restic (where they are installed) on the same content as files.</summary>
internal static class BackupScenario
{
    private const int Rounds = 3;
    private const int Changed = 1000;
    private static readonly SqlitePatientStoreProvider Provider = new();

    public static int Run(BenchmarkArguments arguments)
    {
        var folder = Fresh(Path.Combine(arguments.Folder, "backups"));
        var content = Fresh(Path.Combine(arguments.Folder, "backup-content"));
        string full;
        double megabytes;
        using (var session = PatientStoreSession.Open(Provider, arguments.StoreFile, new StoreOptions()))
        {
            full = Create(session, folder, incremental: false).Path;
            megabytes = Extract(full, content);
            Full(session, folder, content, megabytes);
            Encrypted(session, arguments, megabytes);
            Incremental(session, folder);
        }

        Report.Row("peak memory of all of these", $"{Report.PeakMegabytes():N0} MB");
        Tests(full, megabytes, arguments);
        Restores(full, arguments);
        Report.Row("peak memory of all of these", $"{Report.PeakMegabytes():N0} MB");
        Directory.Delete(content, recursive: true);
        return 0;
    }

    private static void Full(PatientStoreSession session, string folder, string content, double megabytes)
    {
        var ours = Best(() => File.Delete(Create(session, folder, incremental: false).Path));
        var zip = Best(() => Beside("zip", ["-6", "-r", "-q", Path.Combine(folder, "beside.dat"), "."], content), () => File.Delete(Path.Combine(folder, "beside.dat")));
        File.Delete(Path.Combine(folder, "beside.dat"));
        Row("full backup", ours, "zip -6", zip, megabytes);
        var repository = Path.Combine(folder, "restic");
        if (Beside("restic", ["-r", repository, "--insecure-no-password", "init"], content))
        {
            Row("full backup", ours, "restic", Best(() => Beside("restic", ["-r", repository, "--insecure-no-password", "backup", "."], content)), megabytes);
            Directory.Delete(repository, recursive: true);
        }
    }

    private static void Encrypted(PatientStoreSession session, BenchmarkArguments arguments, double megabytes)
    {
        var folder = Fresh(Path.Combine(arguments.Folder, "backups-encrypted"));
        var recipient = BackupRecipient.OfPassword("a password for measuring");
        var time = Best(() => File.Delete(session.Backups().Create(new BackupRequest { Folder = folder, Recipient = recipient }, null, default)!.Path));
        Row("full backup, encrypted", time, null, null, megabytes);
        Directory.Delete(folder, recursive: true);
    }

    private static void Incremental(PatientStoreSession session, string folder)
    {
        var request = new BackupRequest { Folder = folder, Incremental = true };
        var unchanged = Best(() => Require(session.Backups().Create(request, null, default) is null));
        Report.Row("incremental backup, nothing has changed", $"{unchanged.TotalSeconds:N3} s");
        Change(session);
        Report.Row($"incremental backup, {Changed:N0} patients have changed", $"{Report.Time(() => Create(session, folder, incremental: true)).TotalSeconds:N3} s");
    }

    private static void Change(PatientStoreSession session)
    {
        PatientWrite[] writes = [.. session.Search().Find(new PatientQuery(), new ResultWindow(0, Changed, false)).Patients.Select(patient => new ChangePatient(
            patient.Id,
            document => PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.City] = string.Create(CultureInfo.InvariantCulture, $"Ort {Random.Shared.Next()}") }),
            null))];
        Require(session.Writer().Apply(writes).All(result => result.Error is null));
    }

    private static void Tests(string backup, double megabytes, BenchmarkArguments arguments)
    {
        foreach (var depth in Enum.GetValues<BackupTestDepth>())
        {
            var time = Report.Time(() => Require(BackupTest.Run(Provider, backup, depth, null, arguments.Folder, null, default).IsValid));
            Row($"test of a backup, {depth}", time, null, null, megabytes);
        }
    }

    private static void Restores(string backup, BenchmarkArguments arguments)
    {
        var destination = Path.Combine(arguments.Folder, "restored.ptstore");
        ImportScenario.DeleteStore(destination);
        RestoreReport? report = null;
        var time = Report.Time(() => report = BackupRestore.IntoNew(Provider, new RestoreRequest { Path = backup }, destination, new("benchmark", null), null, default));
        Report.Row("restore into a new store", $"{report!.Patients / time.TotalSeconds:N0} patients/s ({time.TotalSeconds:N1} s)");
        ImportScenario.DeleteStore(destination);
    }

    private static PatientBackup Create(PatientStoreSession session, string folder, bool incremental) =>
        session.Backups().Create(new BackupRequest { Folder = folder, Incremental = incremental }, null, default) ?? throw new InvalidOperationException("Nothing was backed up.");

    private static double Extract(string archive, string content)
    {
        ZipFile.ExtractToDirectory(archive, content);
        return Directory.EnumerateFiles(content, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1e6;
    }

    private static TimeSpan Best(Action action, Action? before = null) => Enumerable.Range(0, Rounds).Min(_ =>
    {
        before?.Invoke();
        return Report.Time(action);
    });

    private static void Row(string what, TimeSpan ours, string? name, TimeSpan? beside, double megabytes)
    {
        FormattableString rate = $"{megabytes / ours.TotalSeconds:N0} MB/s ({ours.TotalSeconds:N2} s)";
        if (beside is { } time)
        {
            Report.Row(what, rate, $"{name}: {megabytes / time.TotalSeconds:N0} MB/s", time / ours);
        }
        else
        {
            Report.Row(what, rate);
        }
    }

    private static bool Beside(string program, string[] arguments, string folder)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"{program} is not installed: not measured.");
            return false;
        }
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
