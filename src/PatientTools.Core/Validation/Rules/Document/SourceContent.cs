namespace PatientTools.Validation.Rules.Document;

/// <summary>A line, row or entry that its source refuses for another reason than its JSON, as an import would refuse it.</summary>
internal sealed class SourceContent() : EngineRule("SourceContent", IssueSeverity.Fatal, RuleCategory.Document, IssueType.Structure)
{
    /// <summary>The rule.</summary>
    public static SourceContent Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "a CSV row with more values than the heading has columns";

    /// <inheritdoc/>
    public override string Reference => "Import-Patient: what cannot be imported cannot be checked";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A line, row or entry cannot be read as a patient, so an import would refuse it.",
        "Eine Zeile oder ein Eintrag lässt sich nicht als Patient lesen, ein Import würde sie abweisen.");
}
