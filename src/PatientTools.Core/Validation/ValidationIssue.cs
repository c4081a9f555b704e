namespace PatientTools.Validation;

/// <summary>Something that is wrong with a patient, or worth knowing.</summary>
public sealed record ValidationIssue
{
    /// <summary>How many characters of a value are told.</summary>
    public const int LongestValue = 200;

    /// <summary>The id of the rule that found it.</summary>
    public required string RuleId { get; init; }

    /// <summary>How bad it is.</summary>
    public required IssueSeverity Severity { get; init; }

    /// <summary>What kind of issue it is.</summary>
    public required IssueType Type { get; init; }

    /// <summary>
    /// Where: <c>Patient.name[0].family</c>, or <c>record[2].code.coding[0].code</c> for the third of the patient's other
    /// resources; <c>Patient</c> for the whole.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The offending value, its first <see cref="LongestValue"/> characters; null when something is missing.</summary>
    public string? Value { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>How to mend it; null when nobody can say.</summary>
    public string? Hint { get; init; }

    /// <summary>The value as it probably should be; null when nobody can say.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Everything in a few lines, for somebody to read.</summary>
    /// <returns>Where and what; then the message; then the hint, if any.</returns>
    public string ToText() => $"{Severity} {RuleId}: {Path}{(Value is null ? "" : $" = \"{Value}\"")}\n  {Message}{(Hint is null ? "" : $"\n  → {Hint}")}";

    /// <summary>Severity, path and message, for the prompt.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Severity} {RuleId} at {Path}: {Message}";
}
