namespace PatientTools.Benchmarks;

/// <summary>Every patient of the store as an object through the pipeline.</summary>
internal static class PipelineScenario
{
    public static int Run(BenchmarkArguments arguments)
    {
        using var module = new HostedModule(HostedModule.FindManifest());
        module.Run($"$null = Connect-PatientStore -Path '{arguments.StoreFile}' -ReadOnly; $null = Find-Patient -First 1000");
        long count = 0;
        var time = Report.Time(() => count = module.Run("$n = 0; Find-Patient | . { process { $n++ } }; $n"));
        Report.Row("objects through the pipeline", $"{count / time.TotalSeconds:N0}/s ({count:N0} patients), peak {Report.PeakMegabytes():N0} MB");
        module.Run("Disconnect-PatientStore");
        return 0;
    }
}
