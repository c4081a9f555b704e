using PatientTools.Validation.Runs;

namespace PatientTools.Validation.Rules.Duplicates;

/// <summary>A medical record number that an earlier patient of the batch has in the same system, too (FHIR R4 patient-definitions.html, identifier of type MR).</summary>
internal sealed class DuplicateMrn() : EngineRule("DuplicateMrn", IssueSeverity.Error, RuleCategory.Duplicate, IssueType.Duplicate)
{
    private static readonly LocalText Repeated = new(
        "The medical record number occurred before: {0}.",
        "Die Patientennummer kam schon vor: {0}.");

    private static readonly LocalText Mend = new(
        "A medical record number belongs to one patient. Merge the two records if they are one person; if not, correct the number.",
        "Eine Patientennummer gehört zu einem Patienten. Führen Sie die beiden Datensätze zusammen, wenn sie dieselbe Person sind; sonst korrigieren Sie die Nummer.");

    /// <summary>The rule.</summary>
    public static DuplicateMrn Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "identifier[0]: type MR, system \"urn:hospital\", value \"4711\", of two patients";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#Identifier";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Another patient earlier in the batch has the same medical record number in the same system.",
        "Ein früherer Patient desselben Laufs hat dieselbe Patientennummer im selben System.");

    /// <summary>Reports a second or later occurrence.</summary>
    /// <param name="key">What occurred before.</param>
    /// <param name="first">Where it occurred first.</param>
    /// <param name="issues">Takes the issue.</param>
    public static void Report(in IdentityKey key, FirstPlace first, IssueSink issues) =>
        issues.AddAt(Instance, FormattableString.Invariant($"Patient.identifier[{key.Index}].value"), key.Value, Repeated, Mend, first.In(issues.Language));
}
