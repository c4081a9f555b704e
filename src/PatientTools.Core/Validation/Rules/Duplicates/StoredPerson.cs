using PatientTools.Patients;

namespace PatientTools.Validation.Rules.Duplicates;

/// <summary>A name and birth date that another patient of the store has: the usual sign of a person who is recorded twice.</summary>
internal sealed class StoredPerson() : EngineRule("StoredPerson", IssueSeverity.Warning, RuleCategory.Duplicate, IssueType.Duplicate)
{
    private static readonly LocalText Known = new(
        "A patient of the store has the same name and birth date: {0}.",
        "Ein Patient der Ablage hat denselben Namen und dasselbe Geburtsdatum: {0}.");

    private static readonly LocalText Mend = new(
        "Look at Get-Patient {0}: if it is the same person, change that patient instead of adding another.",
        "Prüfen Sie Get-Patient {0}: Ist es dieselbe Person, ändern Sie diesen Patienten, statt einen weiteren aufzunehmen.");

    /// <summary>The rule.</summary>
    public static StoredPerson Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "name[0]: Erika Meier, birthDate: 1964-08-12, as a patient of the store";

    /// <inheritdoc/>
    public override string Reference => "IHE PDQm: matching by name and birth date";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Another patient of the store has the same name and birth date.",
        "Ein anderer Patient der Ablage hat denselben Namen und dasselbe Geburtsdatum.");

    /// <summary>Reports a patient of the store.</summary>
    /// <param name="name">The name.</param>
    /// <param name="stored">The store's patient.</param>
    /// <param name="issues">Takes the issue.</param>
    public static void Report(string name, PatientId stored, IssueSink issues) =>
        issues.AddAt(Instance, "Patient.name", name, Known, Mend, stored);
}
