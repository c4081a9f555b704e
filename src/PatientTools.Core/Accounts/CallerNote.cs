namespace PatientTools.Accounts;

/// <summary>What a caller says of itself.</summary>
/// <param name="Command">The cmdlet; null when the engine is called by other means.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record CallerNote(string? Command, string? Reason)
{
    private const int LongestReason = 500;

    /// <summary>Nothing.</summary>
    public static CallerNote None { get; } = new(null, null);

    /// <summary>Makes sure that the reason can be written into the trail.</summary>
    /// <exception cref="PatientToolsException"><c>ReasonInvalid</c>.</exception>
    internal CallerNote Checked() =>
        Reason is null || (!string.IsNullOrWhiteSpace(Reason) && Reason.Length <= LongestReason * 2 && PlainText.Length(Reason) <= LongestReason
            && PlainText.IsWhole(Reason) && !Reason.Any(char.IsControl))
            ? this
            : throw new PatientToolsException(
                "ReasonInvalid", $"A reason has 1 to {LongestReason} characters and no control characters, such as line breaks.", ErrorKind.InvalidArgument)
            { Target = Reason };
}
