using System.Diagnostics;
using System.Globalization;

namespace PatientTools.Benchmarks;

/// <summary>Import-Module in a fresh process each time, beside an empty binary module.</summary>
internal static class StartupScenario
{
    private const int Rounds = 15;

    public static int Run()
    {
        var ours = HostedModule.FindManifest();
        string[] besides = [FindEmptyModule("EmptyModule.psd1"), FindEmptyModule("EmptyModuleWithView.psd1")];
        var times = besides.Append(ours).ToDictionary(module => module, _ => new List<double>(), StringComparer.Ordinal);
        // Alternating, so that whatever else the machine does falls on all.
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (module, measured) in times)
            {
                measured.Add(MeasureChild(module));
            }
        }

        var median = Median(times[ours]);
        foreach (var (module, kind) in besides.Zip(["empty binary module", "empty binary module with a view"]))
        {
            Report.Row("Import-Module, fresh process", $"{median:N1} ms", $"{Median(times[module]):N1} ms, {kind}", median / Median(times[module]));
        }

        return 0;
    }

    private static double MeasureChild(string module)
    {
        var start = new ProcessStartInfo("pwsh") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-NoProfile");
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add($"$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{module}'; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)");
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Importing '{module}' failed.");
    }

    private static string FindEmptyModule(string manifest)
    {
        var root = new DirectoryInfo(Path.GetDirectoryName(HostedModule.FindManifest())!).Parent!.Parent!.Parent!;
        return Directory.EnumerateFiles(Path.Combine(root.FullName, "benchmarks", "EmptyModule", "bin"), manifest, SearchOption.AllDirectories).First();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
