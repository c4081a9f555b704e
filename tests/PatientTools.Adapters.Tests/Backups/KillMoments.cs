using System.Diagnostics;
using PatientTools.Adapters.Tests.Sqlite;

namespace PatientTools.Adapters.Tests.Backups;

/// <summary>
/// Kills processes at random moments of their work, however fast the machine is: the moments are spread over the time that the
/// work took when it was last let run.
/// </summary>
internal sealed class KillMoments(int seed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly Random _random = new(seed);
    private TimeSpan _span = TimeSpan.FromMilliseconds(400);

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
        var moment = Task.Delay(_random.NextDouble() * _span * 1.2);
        await Task.WhenAny(done, moment);
        process.Kill();
        if (await done == "done")
        {
            Finished++;
            _span = (_span + Stopwatch.GetElapsedTime(began)) / 2;
        }
        else
        {
            Killed++;

            // Never done so far: perhaps the machine is slower than was thought.
            _span = Finished == 0 && _span < Longest ? _span * 1.2 : _span * 1.02;
        }

        process.Wait();
    }
}
