using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// Death before birth. Source: hl7.org/fhir/R4/patient-definitions.html#Patient.deceased_x_. Partial dates are intervals: what
/// is reported is certain. A birth date that lies ahead is reported by itself.
/// </summary>
internal sealed class DeathBeforeBirth() : ContentRule(nameof(DeathBeforeBirth), IssueSeverity.Error, RuleCategory.Person, IssueType.Invariant)
{
    private static readonly LocalText Message = new(
        "The patient died on {0}, before the birth on {1}.",
        "Der Patient ist am {0} gestorben, vor der Geburt am {1}.");

    private static readonly LocalText Mending = new(
        "Check both dates: one is wrong, or they have changed places.",
        "Prüfen Sie beide Daten: Eines ist falsch, oder sie sind vertauscht.");

    /// <inheritdoc/>
    public override string Example => "birthDate: \"1958-12-31\", deceasedDateTime: \"1958-12-30\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/patient-definitions.html#Patient.deceased_x_";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The date of death lies before the birth date.",
        "Das Sterbedatum liegt vor dem Geburtsdatum.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.DeceasedDate;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (patient.DeceasedDate.Node != 0
            && PersonDates.TryDeath(patient, out var death)
            && PersonDates.TryBirth(patient, out var birth)
            && death.Last < birth.First
            && !PersonDates.IsAhead(birth, patient.Today))
        {
            issues.Add(this, patient.Document, patient.DeceasedDate.Node, Message, Mending, null, death, birth);
        }
    }
}
