using PatientTools.Validation.Runs;

namespace PatientTools.Validation.Rules.Duplicates;

/// <summary>A FHIR id that an earlier patient of the batch has, too: an id is unique among the Patients of one server (FHIR R4 resource.html#id).</summary>
internal sealed class DuplicateId() : EngineRule("DuplicateId", IssueSeverity.Error, RuleCategory.Duplicate, IssueType.Duplicate)
{
    private static readonly LocalText Repeated = new(
        "The id occurred before: {0}.",
        "Die ID kam schon vor: {0}.");

    private static readonly LocalText Mend = new(
        "If it is the same person, keep one of the two; if not, give this one an id of its own. An import would take the second as a change of the first.",
        "Ist es dieselbe Person, behalten Sie einen der beiden Datensätze; sonst geben Sie diesem eine eigene ID. Ein Import hielte den zweiten für eine Änderung des ersten.");

    /// <summary>The rule.</summary>
    public static DuplicateId Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "id: \"p-1\", twice in one file";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/resource.html#id";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Another patient earlier in the batch has the same FHIR id.",
        "Ein früherer Patient desselben Laufs hat dieselbe FHIR-ID.");

    /// <summary>Reports a second or later occurrence.</summary>
    /// <param name="key">What occurred before.</param>
    /// <param name="first">Where it occurred first.</param>
    /// <param name="issues">Takes the issue.</param>
    public static void Report(in IdentityKey key, FirstPlace first, IssueSink issues) =>
        issues.AddAt(Instance, "Patient.id", key.Value, Repeated, Mend, first.In(issues.Language));
}
