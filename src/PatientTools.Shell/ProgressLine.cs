using System.Management.Automation;

namespace PatientTools.Shell;

/// <summary>
/// Progress as one line on the terminal, drawn a few times a second at most and taken away before anything else is
/// written. Where standard error is no terminal there is none.
/// </summary>
internal sealed class ProgressLine
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly bool _visible = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private long _drawnAt;
    private int _drawn;

    /// <summary>Draws the record, unless one was drawn a moment ago.</summary>
    public void Show(ProgressRecord record)
    {
        if (!_visible)
            return;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        if (_drawn > 0 && TimeProvider.System.GetElapsedTime(_drawnAt) < Pause)
            return;
        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        var rest = record.SecondsRemaining >= 0 ? $", {TimeSpan.FromSeconds(record.SecondsRemaining):g} left" : "";
        var line = $"{record.Activity}: {record.StatusDescription}{percent}{rest}".ReplaceLineEndings(" ");
        var width = Math.Max(10, Terminal.Width - 1);
        line = line.Length > width ? line[..width] : line;
        Console.Error.Write('\r' + line.PadRight(_drawn));
        _drawn = line.Length;
        _drawnAt = TimeProvider.System.GetTimestamp();
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_drawn == 0)
            return;
        Console.Error.Write('\r' + new string(' ', _drawn) + '\r');
        _drawn = 0;
    }
}
