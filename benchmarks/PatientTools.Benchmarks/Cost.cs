using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PatientTools.Benchmarks;

/// <summary>What something cost: time, and processor time, which others on the machine disturb less.</summary>
/// <param name="Time">How long it took.</param>
/// <param name="Processor">On all processors; of other programs only Linux tells.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cost(TimeSpan Time, TimeSpan Processor)
{
    private const double TicksPerSecond = 100;

    public static Cost Of(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        var time = Report.Time(action);
        return new Cost(time, Environment.CpuUsage.TotalTime - before);
    }

    /// <summary>Runs another program.</summary>
    /// <returns>Null when it is not installed.</returns>
    public static Cost? OfProgram(string program, string[] arguments, string folder)
    {
        try
        {
            var before = OfChildren();
            var time = Report.Time(() =>
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true })!;
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                _ = process.ExitCode == 0 ? 0 : throw new InvalidOperationException($"{program} failed.");
            });
            return new Cost(time, OfChildren() - before);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public static Cost Median(List<Cost> costs) =>
        new(costs.Select(cost => cost.Time).Order().ElementAt(costs.Count / 2), costs.Select(cost => cost.Processor).Order().ElementAt(costs.Count / 2));

    public FormattableString Rate(double megabytes) => $"{megabytes / Time.TotalSeconds:N0} MB/s ({Time.TotalSeconds:N2} s)";

    /// <summary>Processor time of children that have ended (proc(5): fields 16 and 17 of stat, in hundredths of a second).</summary>
    private static TimeSpan OfChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        var fields = File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }
}
