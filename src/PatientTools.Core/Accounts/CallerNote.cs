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
        !IsPossible(Reason, LongestReason) ? throw new PatientToolsException(
            "ReasonInvalid",
            $"A reason has 1 to {LongestReason} characters, and none that breaks lines or turns the direction of writing.",
            ErrorKind.InvalidArgument)
        { Target = Reason }
        : !IsPossible(Command, LongestCommand) ? throw new PatientToolsException(
            "CommandInvalid",
            $"The name of a command has 1 to {LongestCommand} characters, and none that breaks lines or turns the direction of writing.",
            ErrorKind.InvalidArgument)
        : this;

    private static bool IsPossible(string? text, int longest) =>
        text is null || (!string.IsNullOrWhiteSpace(text) && text.Length <= longest * 2 && PlainText.Length(text) <= longest
            && PlainText.IsWhole(text) && !text.Any(IsMisleading));

    /// <summary>Control characters, line breaks of Unicode, and those by which one line is shown as another (Unicode TR 36, 3.1 Bidirectional Text Spoofing).</summary>
    private static bool IsMisleading(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
