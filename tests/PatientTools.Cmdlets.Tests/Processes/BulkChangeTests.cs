using System.Globalization;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Processes;

public sealed class BulkChangeTests
{
    private const long LargestLog = 64L << 20;

    private static int Patients { get; } = ProcessStore.IsLong ? 100_000 : 5_000;

    [Fact]
    public async Task Whoever_is_found_is_changed_and_the_log_stays_small()
    {
        using var store = await ProcessStore.Make(string.Create(CultureInfo.InvariantCulture, $"$null = New-PatientSample {Patients} -Seed 1 | Import-Patient"));
        using var process = ShellProcess.Start(store.Arguments("Find-Patient | Set-Patient -City Anderswo"));
        var finished = ShellProcess.Finish(process, TimeSpan.FromMinutes(20));
        var largest = await LargestLogUntil(finished, store.Path + "-wal");
        var result = await finished;
        Assert.True(result.ExitCode == 0, result.Error);

        Assert.InRange(largest, 1, LargestLog);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Patients} patients, largest log {largest} bytes"));
        var expected = string.Create(CultureInfo.InvariantCulture, $"{Patients} {Patients} {Patients}");
        Assert.Equal(expected, await store.Ask(
            "$all = $there = $second = 0; Find-Patient | ForEach-Object { $all++; $there += $_.City -eq 'Anderswo'; $second += $_.Version -eq 2 }; \"$all $there $second\""));
        await store.IsSound();
    }

    private static async Task<long> LargestLogUntil(Task finished, string path)
    {
        var largest = 0L;
        while (!finished.IsCompleted)
        {
            var log = new FileInfo(path);
            largest = log.Exists ? Math.Max(largest, log.Length) : largest;
            await Task.WhenAny(finished, Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken));
        }

        return largest;
    }
}
