namespace PatientTools.Validation;

/// <summary>How often something was counted.</summary>
/// <param name="Name">What: a rule's id, a severity, a file.</param>
/// <param name="Count">How often.</param>
public readonly record struct NamedCount(string Name, long Count)
{
    /// <summary>Name and number.</summary>
    /// <returns>Such as <c>KvnrFormat: 12</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Count}");
}

/// <summary>What a batch came to.</summary>
public sealed record ValidationSummary
{
    /// <summary>Patients, and lines or entries that should have been some.</summary>
    public required long Patients { get; init; }

    /// <summary>Those without an error.</summary>
    public required long Valid { get; init; }

    /// <summary>Those with an error.</summary>
    public long Invalid => Patients - Valid;

    /// <summary>All issues, also those that results only count; the counts by rule and by severity are of those that are told.</summary>
    public required long Issues { get; init; }

    /// <summary>Issues by rule, the most frequent first.</summary>
    public required IReadOnlyList<NamedCount> ByRule { get; init; }

    /// <summary>Issues by severity, the worst first.</summary>
    public required IReadOnlyList<NamedCount> BySeverity { get; init; }

    /// <summary>Patients that are not valid, by file or other source, in the order of reading; sources without any have 0.</summary>
    public required IReadOnlyList<NamedCount> BySource { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Patients a second.</summary>
    public double Rate => Duration > TimeSpan.Zero ? Math.Round(Patients / Duration.TotalSeconds, 1) : 0;
}
