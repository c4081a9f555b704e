using System.Diagnostics;
using System.Globalization;

namespace PatientTools.Benchmarks;

/// <summary>Import-Module in a fresh process each time, beside an empty binary module.</summary>
internal static class StartupScenario
{
    private const int Rounds = 15;

    public static int Run(BenchmarkArguments arguments)
    {
        var ours = HostedModule.FindManifest();
        var empty = FindEmptyModule();
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal) { [ours] = [], [empty] = [] };
        // Alternating, so that whatever else the machine does falls on both.
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (module, measured) in times)
            {
                measured.Add(MeasureChild(module));
            }
        }

        var (median, emptyMedian) = (Median(times[ours]), Median(times[empty]));
        Report.Row("Import-Module, fresh process", $"{median:N1} ms", $"{emptyMedian:N1} ms, empty binary module", median / emptyMedian);
        return 0;
    }

    public static int RunChild(BenchmarkArguments arguments)
    {
        var state = System.Management.Automation.Runspaces.InitialSessionState.CreateDefault2();
        using var shell = System.Management.Automation.PowerShell.Create(state);
        shell.AddScript("$null = Get-Command -Name Get-Module").Invoke();
        shell.Commands.Clear();
        shell.AddCommand("Import-Module").AddParameter("Name", arguments.Module);
        var time = Report.Time(() => shell.Invoke());
        Console.WriteLine(time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return shell.HadErrors ? 1 : 0;
    }

    private static double MeasureChild(string module)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("startup-child");
        start.ArgumentList.Add("--module");
        start.ArgumentList.Add(module);
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Importing '{module}' failed.");
    }

    private static string FindEmptyModule()
    {
        var root = new DirectoryInfo(Path.GetDirectoryName(HostedModule.FindManifest())!).Parent!.Parent!.Parent!;
        return Directory.EnumerateFiles(Path.Combine(root.FullName, "benchmarks", "EmptyModule", "bin"), "EmptyModule.dll", SearchOption.AllDirectories).First();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
