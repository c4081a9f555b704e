using PatientTools.Validation.Runs;

namespace PatientTools.Validation.Rules.Duplicates;

/// <summary>A health insurance number that an earlier patient of the batch has, too. It belongs to one person for life (§ 290 SGB V), but a person may have two records.</summary>
internal sealed class DuplicateKvnr() : EngineRule("DuplicateKvnr", IssueSeverity.Warning, RuleCategory.Duplicate, IssueType.Duplicate)
{
    private static readonly LocalText Repeated = new(
        "The KVNR occurred before: {0}.",
        "Die KVNR kam schon vor: {0}.");

    private static readonly LocalText Mend = new(
        "A KVNR belongs to one person for life, so both are probably the same person. Merge them, or correct the number.",
        "Eine KVNR gehört lebenslang zu einer Person, beide sind also vermutlich dieselbe. Führen Sie sie zusammen, oder korrigieren Sie die Nummer.");

    /// <summary>The rule.</summary>
    public static DuplicateKvnr Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "identifier[1]: KVNR \"A123456780\", of two patients";

    /// <inheritdoc/>
    public override string Reference => "§ 290 SGB V";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Another patient earlier in the batch has the same health insurance number (KVNR).",
        "Ein früherer Patient desselben Laufs hat dieselbe Krankenversichertennummer (KVNR).");

    /// <summary>Reports a second or later occurrence.</summary>
    /// <param name="key">What occurred before.</param>
    /// <param name="first">Where it occurred first.</param>
    /// <param name="issues">Takes the issue.</param>
    public static void Report(in IdentityKey key, FirstPlace first, IssueSink issues) =>
        issues.AddAt(Instance, FormattableString.Invariant($"Patient.identifier[{key.Index}].value"), key.Value, Repeated, Mend, first.In(issues.Language));
}
