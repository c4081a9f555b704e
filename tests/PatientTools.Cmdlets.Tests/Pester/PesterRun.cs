using System.ComponentModel;
using System.Diagnostics;
using System.Xml.Linq;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Pester;

/// <summary>What one test of the suite came to.</summary>
/// <param name="Name">Its file and its full name.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="Skip">Why it was skipped; null when it was not.</param>
internal sealed record PesterOutcome(string Name, string? Failure, string? Skip);

/// <summary>Runs the suite in a fresh <c>pwsh</c>.</summary>
internal static class PesterRun
{
    /// <summary>The oldest PowerShell that takes the module, and the oldest Pester that takes the suite.</summary>
    private static readonly Version LeastPowerShell = new(7, 6), LeastPester = new(5, 5);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static string Folder => Path.Combine(Places.RepositoryRoot, "tests", "Pester");

    /// <summary>What keeps the suite from running on this machine; null when nothing does.</summary>
    public static async Task<string?> Obstacle()
    {
        const string Question = "[version] $PSVersionTable.PSVersion | ForEach-Object ToString; (Get-Module Pester -ListAvailable).Version | ForEach-Object ToString";
        Version[] versions;
        try
        {
            var answer = await Run("-Command", Question);
            Assert.True(answer.ExitCode == 0, answer.Error);
            versions = [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Version.Parse)];
        }
        catch (Win32Exception)
        {
            return "pwsh is not on the path.";
        }

        return versions[0] < LeastPowerShell ? $"pwsh is older than {LeastPowerShell}."
            : versions.Skip(1).All(version => version < LeastPester) ? $"pwsh has no Pester {LeastPester} or later."
            : null;
    }

    /// <summary>Runs all files. One that gives no test at all is an outcome as well: a failed one.</summary>
    public static async Task<IReadOnlyList<PesterOutcome>> Start()
    {
        var results = Path.Combine(Places.RepositoryRoot, "TestResults", "pester.xml");
        File.Delete(results);
        var run = await Run("-File", Path.Combine(Folder, "Run.ps1"), "-ResultPath", results);
        Assert.True(File.Exists(results), $"The suite left no results.{Environment.NewLine}{run.Output}{run.Error}");
        var outcomes = XDocument.Load(results).Descendants("testcase").Select(Read).ToList();
        var silent = Directory.GetFiles(Folder, "*.Tests.ps1")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(file => !outcomes.Exists(outcome => outcome.Name.StartsWith(file + ": ", StringComparison.Ordinal)));
        outcomes.AddRange(silent.Select(file => new PesterOutcome($"{file}: runs", run.Output, null)));
        Assert.True(run.ExitCode == 0 || outcomes.Exists(outcome => outcome.Failure is not null), run.Output);
        return outcomes;
    }

    private static PesterOutcome Read(XElement test)
    {
        var name = $"{Path.GetFileNameWithoutExtension(test.Attribute("classname")!.Value)}: {test.Attribute("name")!.Value}";
        var failure = test.Element("failure") ?? test.Element("error");
        return (string?)test.Attribute("status") switch
        {
            "Passed" => new(name, null, null),
            "Skipped" => new(name, null, test.Element("skipped")?.Attribute("message")?.Value is { Length: > 0 } reason ? reason : "what it needs is not on this machine"),
            var status => new(name, failure is null ? $"It is {status}." : $"{failure.Attribute("message")?.Value}{Environment.NewLine}{failure.Value}", null),
        };
    }

    private static async Task<ShellResult> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        return await ShellProcess.Finish(process, Patience);
    }
}
