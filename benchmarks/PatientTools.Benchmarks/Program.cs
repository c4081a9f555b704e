using PatientTools.Benchmarks;

// Each scenario prints rows of docs/benchmarks.md: what, ours, beside it, ratio.
var arguments = BenchmarkArguments.Parse(args);
return arguments.Scenario switch
{
    "samples" => SampleScenario.Run(arguments),
    "import" => ImportScenario.Run(arguments),
    "lookup" => LookupScenario.Run(arguments),
    "pipeline" => PipelineScenario.Run(arguments),
    "change" => ChangeScenario.Run(arguments),
    "search-store" => SearchStoreScenario.Run(arguments),
    "search" => SearchScenario.Run(arguments),
    "validate" => ValidateScenario.Run(arguments),
    "audit" => AuditScenario.Run(arguments),
    "trail" => TrailScenario.Run(arguments),
    "backup" => BackupScenario.Run(arguments),
    "login" => LoginScenario.Run(arguments),
    "startup" => StartupScenario.Run(),
    "text" => TextBenchmarks.Run(),
    _ => BenchmarkArguments.Explain(),
};
