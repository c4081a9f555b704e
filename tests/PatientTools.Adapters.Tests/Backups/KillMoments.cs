using System.Diagnostics;
using PatientTools.Adapters.Tests.Sqlite;

namespace PatientTools.Adapters.Tests.Backups;

/// <summary>
/// Kills processes at random moments of their work, however fast the machine is: the moments are spread over the time that the
/// work took when it was last let run, which the first one is.
/// </summary>
internal sealed class KillMoments(int seed)
{
    private readonly Random _random = new(seed);
    private TimeSpan _span;

    public static int Rounds { get; } = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1" ? 100 : 5;

    /// <summary>How many were done before their moment came.</summary>
    public int Finished { get; private set; }

    /// <summary>How many were killed.</summary>
    public int Killed { get; private set; }

    /// <summary>Runs a process that says "begins" and "done", and kills it somewhere between.</summary>
    public async Task KillAsync(string store, string mode, string backup)
    {
        using var process = new StoreProcess(store, mode, backup);
        Assert.Equal("begins", process.ReadLine());
        var began = Stopwatch.GetTimestamp();
        var done = Task.Run(process.ReadLine);
        if (_span == default)
        {
            Assert.Equal("done", await done);
        }

        await Task.WhenAny(done, Task.Delay(_random.NextDouble() * _span * 1.2));
        process.Kill();
        if (await done == "done")
        {
            Finished++;
            var took = Stopwatch.GetElapsedTime(began);
            _span = _span == default ? took : (_span + took) / 2;
        }
        else
        {
            Killed++;
        }

        process.Wait();
    }
}
