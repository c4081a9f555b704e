using PatientTools.Patients;

namespace PatientTools.Validation.Rules.Duplicates;

/// <summary>A health insurance number that another patient of the store has. It belongs to one person for life (§ 290 SGB V), but a person may have two records.</summary>
internal sealed class StoredKvnr() : EngineRule("StoredKvnr", IssueSeverity.Warning, RuleCategory.Duplicate, IssueType.Duplicate)
{
    private static readonly LocalText Known = new(
        "A patient of the store has the same KVNR: {0}.",
        "Ein Patient der Ablage hat dieselbe KVNR: {0}.");

    private static readonly LocalText Mend = new(
        "Look at Get-Patient {0}: if it is the same person, change that patient instead of adding another.",
        "Prüfen Sie Get-Patient {0}: Ist es dieselbe Person, ändern Sie diesen Patienten, statt einen weiteren aufzunehmen.");

    /// <summary>The rule.</summary>
    public static StoredKvnr Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "identifier[1]: KVNR \"A123456780\", which a patient of the store has";

    /// <inheritdoc/>
    public override string Reference => "§ 290 SGB V";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Another patient of the store has the same health insurance number (KVNR).",
        "Ein anderer Patient der Ablage hat dieselbe Krankenversichertennummer (KVNR).");

    /// <summary>Reports a patient of the store.</summary>
    /// <param name="key">The number.</param>
    /// <param name="stored">The store's patient.</param>
    /// <param name="issues">Takes the issue.</param>
    public static void Report(in IdentityKey key, PatientId stored, IssueSink issues) =>
        issues.AddAt(Instance, FormattableString.Invariant($"Patient.identifier[{key.Index}].value"), key.Value, Known, Mend, stored);
}
