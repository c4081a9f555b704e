using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PatientTools.Core.Tests;

/// <summary>
/// Runs the tests that are marked <c>[Trait("Culture", "invariant")]</c> once more in a process without ICU: what folds,
/// sorts and compares must not notice. This test bears no such mark, so it does not start itself.
/// </summary>
public partial class InvariantGlobalizationTests
{
    [Fact]
    public async Task Marked_tests_pass_without_icu()
    {
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(InvariantGlobalizationTests).Assembly.Location,
            OperatingSystem.IsWindows() ? "exe" : null))
        {
            ArgumentList = { "-trait", "Culture=invariant", "-noColor", "-parallel", "none" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
                ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
            },
        };

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output + await errors);
        var summary = Summary().Match(output);
        Assert.True(summary.Success, output);
        Assert.True(Number(summary, "total") > Number(summary, "skipped"), "No marked test ran.\n" + output);
    }

    [Fact]
    [Trait("Culture", "invariant")]
    public void The_run_without_icu_is_one() =>
        Assert.Equal(
            Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") == "1",
            "a\u0308".Normalize() != "\u00E4");

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Total: (?<total>\d+),.*Skipped: (?<skipped>\d+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Summary();
}
