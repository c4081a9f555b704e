namespace PatientTools.Validation.Rules.Run;

/// <summary>A rule that ended with an exception, which is a fault of the rule and not of the patient.</summary>
internal sealed class RuleFailed() : EngineRule("RuleFailed", IssueSeverity.Error, RuleCategory.Run, IssueType.Exception)
{
    private static readonly LocalText Failed = new(
        "The rule {0} failed with {1}, so the patient is not checked by it: {2}",
        "Die Regel {0} brach mit {1} ab, der Patient ist also nicht durch sie geprüft: {2}");

    private static readonly LocalText Mend = new(
        "This is a fault of the rule. Leave it out with -ExcludeRule {0}, and report it with the document if it is not one of your own.",
        "Das ist ein Fehler der Regel. Lassen Sie sie mit -ExcludeRule {0} weg, und melden Sie ihn mit dem Dokument, wenn es keine eigene Regel ist.");

    private static readonly LocalText Reading = new("the reading of the document", "das Lesen des Dokuments");

    /// <summary>The rule.</summary>
    public static RuleFailed Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "a rule of one's own that divides by a value that is 0";

    /// <inheritdoc/>
    public override string Reference => "Get-PatientRule: the rule that is named";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A rule ended with an exception, so the patient is not checked by it; the other rules are.",
        "Eine Regel brach mit einer Ausnahme ab; der Patient ist durch sie nicht geprüft, durch die anderen schon.");

    /// <summary>Reports that a rule failed.</summary>
    /// <param name="rule">The rule; null when the document was still being read.</param>
    /// <param name="error">The exception, of which type and text are told.</param>
    /// <param name="issues">Takes the issue.</param>
    public static void Report(PatientRule? rule, Exception error, IssueSink issues)
    {
        ArgumentNullException.ThrowIfNull(error);
        issues.AddAt(Instance, "Patient", null, Failed, rule is null ? null : Mend, rule?.Id ?? Reading.In(issues.Language), error.GetType().Name, error.Message);
    }
}
