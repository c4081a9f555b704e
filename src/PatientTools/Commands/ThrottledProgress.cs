using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace PatientTools.Commands;

/// <summary>Progress that costs nothing: reported three times a second at most, and not at all for short work.</summary>
/// <param name="cmdlet">Who works.</param>
/// <param name="activity">What is done.</param>
/// <param name="things">What is counted.</param>
internal sealed class ThrottledProgress(Cmdlet cmdlet, string activity, string things = "patients")
{
    /// <summary>Of less nobody can tell how long the rest takes.</summary>
    private const double LeastFraction = 0.01;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(333);
    private readonly ProgressRecord _record = new(0, activity, "…");
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _partStarted = Stopwatch.GetTimestamp();
    private long _reported = Stopwatch.GetTimestamp();
    private double _fraction;
    private bool _shown;

    /// <summary>Says how many are done, and how much of the whole that is.</summary>
    /// <param name="done">How many so far.</param>
    /// <param name="fraction">The part of the whole, from 0 to 1, asked only when it is shown; null when nobody knows.</param>
    /// <param name="invalid">How many of them are not valid; null where nothing is checked.</param>
    public void Report(long done, Func<double>? fraction = null, long? invalid = null)
    {
        if (Stopwatch.GetElapsedTime(_reported) >= Interval)
        {
            Show(done, fraction is null ? null : Math.Clamp(fraction(), 0, 1), invalid);
        }
    }

    /// <summary>Takes the progress off the screen.</summary>
    public void Complete()
    {
        if (_shown)
        {
            _record.RecordType = ProgressRecordType.Completed;
            cmdlet.WriteProgress(_record);
        }
    }

    private void Show(long done, double? fraction, long? invalid)
    {
        var rate = done / Math.Max(Stopwatch.GetElapsedTime(_started).TotalSeconds, 0.001);
        var faults = invalid is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count:N0} invalid") : "";
        _record.StatusDescription = string.Create(CultureInfo.InvariantCulture, $"{done:N0} {things}, {rate:N0} a second{faults}");
        _record.PercentComplete = fraction is { } part ? (int)(part * 100) : -1;
        _record.SecondsRemaining = fraction is { } known ? SecondsLeft(known) : -1;
        cmdlet.WriteProgress(_record);
        _reported = Stopwatch.GetTimestamp();
        _shown = true;
    }

    private int SecondsLeft(double fraction)
    {
        if (fraction < _fraction)
        {
            // Another file has begun.
            _partStarted = Stopwatch.GetTimestamp();
        }

        _fraction = fraction;
        var left = Stopwatch.GetElapsedTime(_partStarted).TotalSeconds * (1 - fraction) / Math.Max(fraction, LeastFraction);
        return fraction < LeastFraction ? -1 : (int)Math.Min(Math.Ceiling(left), int.MaxValue);
    }
}
