using System.Management.Automation;
using System.Management.Automation.Host;

namespace PatientTools.Shell;

/// <summary>
/// Where each stream goes: errors to standard error, warnings, verbose and debug messages to standard output as
/// <c>pwsh</c> does, progress to the terminal only. What is asked of the user is in the other half of this class.
/// </summary>
internal sealed partial class ShellUserInterface : PSHostUserInterface
{
    private readonly ProgressLine _progress = new();
    private readonly Lock _turn = new();

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => WritesToError ? Terminal.ErrorTakesColour : Terminal.OutputTakesColour;

    /// <summary>
    /// Whether all that is written goes to standard error: the engine lets only its own console mark an object as an error.
    /// </summary>
    public bool WritesToError { get; set; }

    /// <summary>Takes the progress line off the terminal.</summary>
    public void ClearProgress()
    {
        lock (_turn)
            _progress.Clear();
    }

    /// <inheritdoc/>
    public override void Write(string value) => Output(GetOutputString(value, SupportsVirtualTerminal), newLine: false);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Output(Coloured(foregroundColor, value), newLine: false);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Output(GetOutputString(value, SupportsVirtualTerminal), newLine: true);

    /// <inheritdoc/>
    public override void WriteLine() => Output("", newLine: true);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Output(Coloured(foregroundColor, value), newLine: true);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        lock (_turn)
        {
            _progress.Clear();
            Console.Error.WriteLine(GetOutputString(value, Terminal.ErrorTakesColour));
        }
    }

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteLabelled(FormatStyle.Debug, "DEBUG", message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteLabelled(FormatStyle.Verbose, "VERBOSE", message);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteLabelled(FormatStyle.Warning, "WARNING", message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_turn)
            _progress.Show(record);
    }

    private void WriteLabelled(FormatStyle style, string label, string message) =>
        WriteLine($"{GetFormatStyleString(style)}{label}: {message}{(SupportsVirtualTerminal ? PSStyle.Instance.Reset : "")}");

    private void Output(string text, bool newLine)
    {
        lock (_turn)
        {
            _progress.Clear();
            var stream = WritesToError ? Console.Error : Console.Out;
            if (newLine)
                stream.WriteLine(text);
            else
                stream.Write(text);
        }
    }

    private string Coloured(ConsoleColor colour, string value) => SupportsVirtualTerminal
        ? PSStyle.MapForegroundColorToEscapeSequence(colour) + value + PSStyle.Instance.Reset
        : GetOutputString(value, supportsVirtualTerminal: false);
}
