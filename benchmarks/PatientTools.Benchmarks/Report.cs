using System.Diagnostics;
using System.Globalization;

namespace PatientTools.Benchmarks;

/// <summary>Prints Markdown rows and measures time and memory.</summary>
internal static class Report
{
    public static void Row(string what, FormattableString ours, FormattableString? beside = null, double? ratio = null) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {Text(ours)} | {(beside is null ? "" : Text(beside))} | {(ratio is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) + "×" : "")} |"));

    public static TimeSpan Time(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The median of many timings, each of a few calls.</summary>
    public static double MedianMicroseconds(int samples, Action<int> call)
    {
        for (var i = 0; i < Math.Min(samples, 200); i++)
        {
            call(i);
        }

        var times = new double[samples];
        for (var i = 0; i < samples; i++)
        {
            var started = Stopwatch.GetTimestamp();
            call(i);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[samples / 2];
    }

    /// <summary>The most memory this process ever had resident, in MB; 0 where the system does not tell.</summary>
    public static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
