namespace PatientTools.Accounts;

/// <summary>What a caller says of itself.</summary>
/// <param name="Command">The cmdlet; null when the engine is called by other means.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record CallerNote(string? Command, string? Reason)
{
    private const int LongestReason = 500;
    private const int LongestCommand = 100;

    /// <summary>Nothing.</summary>
    public static CallerNote None { get; } = new(null, null);

    /// <summary>Makes sure that both can be written into the trail, and be read there as they were written.</summary>
    /// <exception cref="PatientToolsException"><c>ReasonInvalid</c>, <c>CommandInvalid</c>.</exception>
    internal CallerNote Checked() =>
        Reason is not null && !PlainText.IsLine(Reason, LongestReason) ? throw new PatientToolsException(
            "ReasonInvalid",
            $"A reason has 1 to {LongestReason} characters, and none that breaks lines or turns the direction of writing.",
            ErrorKind.InvalidArgument)
        { Target = Reason }
        : Command is not null && !PlainText.IsLine(Command, LongestCommand) ? throw new PatientToolsException(
            "CommandInvalid",
            $"The name of a command has 1 to {LongestCommand} characters, and none that breaks lines or turns the direction of writing.",
            ErrorKind.InvalidArgument)
        : this;
}
