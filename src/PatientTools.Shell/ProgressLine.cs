using System.Management.Automation;

namespace PatientTools.Shell;

/// <summary>
/// Progress as one line on the terminal, drawn a few times a second at most and taken away before anything else is
/// written. Where standard error is no terminal there is none.
/// </summary>
internal sealed class ProgressLine
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly bool visible = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private long drawnAt;
    private int drawn;

    /// <summary>Draws the record, unless one was drawn a moment ago.</summary>
    public void Show(ProgressRecord record)
    {
        if (!visible)
            return;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        if (drawn > 0 && TimeProvider.System.GetElapsedTime(drawnAt) < Pause)
            return;
        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        var rest = record.SecondsRemaining >= 0 ? $", {TimeSpan.FromSeconds(record.SecondsRemaining):g} left" : "";
        var line = $"{record.Activity}: {record.StatusDescription}{percent}{rest}".ReplaceLineEndings(" ");
        var width = Math.Max(10, Terminal.Width - 1);
        line = line.Length > width ? line[..width] : line;
        Console.Error.Write('\r' + line.PadRight(drawn));
        drawn = line.Length;
        drawnAt = TimeProvider.System.GetTimestamp();
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (drawn == 0)
            return;
        Console.Error.Write('\r' + new string(' ', drawn) + '\r');
        drawn = 0;
    }
}
