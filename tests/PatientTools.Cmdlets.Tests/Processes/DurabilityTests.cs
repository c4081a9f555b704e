using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Processes;

public sealed class DurabilityTests
{
    private const int Changes = 20;

    /// <summary>The page cache outlives a killed process, so only the calls tell whether a write would outlive the power.</summary>
    [Fact]
    public async Task Each_single_change_is_synced_to_the_disk()
    {
        using var store = await ProcessStore.Make("$null = New-Patient -FamilyName Fest -Mrn 1");
        var without = await Syncs(store, 0);
        var with = await Syncs(store, Changes);
        var figures = string.Create(CultureInfo.InvariantCulture, $"{Changes} changes made {with - without} syncs.");
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(with - without >= Changes, figures);
    }

    private static async Task<int> Syncs(ProcessStore store, int changes)
    {
        var trace = Path.Combine(store.Folder, "syncs.txt");
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"$id = (Get-Patient -Mrn 1).Id; for ($number = 0; $number -lt {changes}; $number++) {{ Set-Patient $id -City \"Ort $number\" }}");
        var start = new ProcessStartInfo(
            "strace", ["-f", "-e", "trace=fsync,fdatasync", "-o", trace, "dotnet", Places.ShellProgram, .. store.Arguments(script)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        var result = await ShellProcess.Finish(process);
        Assert.SkipWhen(result.Error.Contains("ptrace", StringComparison.OrdinalIgnoreCase), "NOT PROVEN: strace may not trace on this machine.");
        Assert.True(result.ExitCode == 0, result.Error);
        return (await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken))
            .Count(line => line.Contains("sync(", StringComparison.Ordinal));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("NOT PROVEN: strace is not on this machine.");
            throw;
        }
    }
}
