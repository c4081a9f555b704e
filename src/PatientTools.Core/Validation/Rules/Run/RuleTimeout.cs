namespace PatientTools.Validation.Rules.Run;

/// <summary>A patient whose rules did not finish within the time that one patient may take.</summary>
internal sealed class RuleTimeout() : EngineRule("RuleTimeout", IssueSeverity.Fatal, RuleCategory.Run, IssueType.Timeout)
{
    private static readonly LocalText Late = new(
        "The rules took longer than {0} seconds; {1} was running. What was found until then is told, the rest was not checked.",
        "Die Regeln brauchten länger als {0} Sekunden; zuletzt lief {1}. Was bis dahin gefunden wurde, ist genannt, der Rest wurde nicht geprüft.");

    private static readonly LocalText Mend = new(
        "Allow more time with -TimeoutSeconds, or leave the rule out with -ExcludeRule.",
        "Geben Sie mit -TimeoutSeconds mehr Zeit, oder lassen Sie die Regel mit -ExcludeRule weg.");

    private static readonly LocalText Reading = new("the reading of the document", "das Lesen des Dokuments");

    /// <summary>The rule.</summary>
    public static RuleTimeout Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "a rule of one's own that compares every text of a 200 MB document";

    /// <inheritdoc/>
    public override string Reference => "Test-PatientBatch -TimeoutSeconds";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The rules did not finish in the time that one patient may take, so the patient is not wholly checked.",
        "Die Regeln wurden in der Zeit, die ein Patient brauchen darf, nicht fertig; der Patient ist nicht ganz geprüft.");

    /// <summary>Reports that the time was over.</summary>
    /// <param name="running">The rule that was running; null when none was yet.</param>
    /// <param name="timeout">How long the rules may take.</param>
    /// <param name="issues">Takes the issue.</param>
    public static void Report(PatientRule? running, TimeSpan timeout, IssueSink issues) =>
        issues.AddAt(Instance, "Patient", null, Late, Mend, timeout.TotalSeconds, running?.Id ?? Reading.In(issues.Language));
}
