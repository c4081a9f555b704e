namespace PatientTools.Benchmarks;

/// <summary>Changes every patient of the store while the same pipeline reads them.</summary>
internal static class ChangeScenario
{
    public static int Run(BenchmarkArguments arguments)
    {
        using var module = new HostedModule(HostedModule.FindManifest());
        module.Run($"$null = Connect-PatientStore -Path '{arguments.StoreFile}'");
        var log = new FileInfo(arguments.StoreFile + "-wal");
        long largest = 0, changed = 0;
        using (new Timer(_ => largest = Math.Max(largest, SizeOf(log)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20)))
        {
            var city = $"Umzugsstadt {DateTime.UtcNow:HHmmss}";
            var time = Report.Time(() => module.Run($"Find-Patient | Set-Patient -City '{city}'"));
            changed = module.Run($"(Find-Patient -City '{city}' -First 0 -IncludeTotalCount)[0]");
            Report.Row("Find-Patient | Set-Patient", $"{changed / time.TotalSeconds:N0}/s ({changed:N0} patients), log at most {largest / 1048576.0:N0} MB, peak {Report.PeakMegabytes():N0} MB");
        }

        module.Run("Disconnect-PatientStore");
        return changed == arguments.Count ? 0 : 1;
    }

    private static long SizeOf(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }
}
