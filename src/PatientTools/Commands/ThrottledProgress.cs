using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace PatientTools.Commands;

/// <summary>Progress that costs nothing: reported three times a second at most, and not at all for short work.</summary>
/// <param name="cmdlet">Who works.</param>
/// <param name="activity">What is done.</param>
internal sealed class ThrottledProgress(Cmdlet cmdlet, string activity)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(333);
    private readonly ProgressRecord _record = new(0, activity, "…");
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _reported = Stopwatch.GetTimestamp();
    private bool _shown;

    /// <summary>Says how many are done, and how much of the whole that is.</summary>
    /// <param name="done">How many so far.</param>
    /// <param name="fraction">The part of the whole, from 0 to 1, asked only when it is shown; null when nobody knows.</param>
    public void Report(long done, Func<double>? fraction = null)
    {
        if (Stopwatch.GetElapsedTime(_reported) >= Interval)
        {
            Show(done, fraction is null ? -1 : (int)(Math.Clamp(fraction(), 0, 1) * 100));
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

    private void Show(long done, int percent)
    {
        var rate = done / Math.Max(Stopwatch.GetElapsedTime(_started).TotalSeconds, 0.001);
        _record.StatusDescription = string.Create(CultureInfo.InvariantCulture, $"{done:N0} patients, {rate:N0} a second");
        _record.PercentComplete = percent;
        cmdlet.WriteProgress(_record);
        _reported = Stopwatch.GetTimestamp();
        _shown = true;
    }
}
