using System.Globalization;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// Dates of death ahead. Source: hl7.org/fhir/R4/patient-definitions.html#Patient.deceased_x_, which says that somebody has died.
/// A time of death has a zone, and where it is already tomorrow somebody may have died tomorrow.
/// </summary>
internal sealed class DeathInFuture() : ContentRule(nameof(DeathInFuture), IssueSeverity.Error, RuleCategory.Person, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "The date of death {0} lies ahead: today is {1}.",
        "Das Sterbedatum {0} liegt in der Zukunft: Heute ist der {1}.");

    private static readonly LocalText Mending = new(
        "Check the date. Of the living leave it out: some systems write 9999-12-31 for 'not yet'.",
        "Prüfen Sie das Datum. Bei Lebenden lassen Sie es weg: Manche Systeme schreiben 9999-12-31 für „noch nicht“.");

    /// <inheritdoc/>
    public override string Example => "deceasedDateTime: \"9999-12-31\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/patient-definitions.html#Patient.deceased_x_";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The date of death lies ahead.",
        "Das Sterbedatum liegt in der Zukunft.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.DeceasedDate;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (patient.DeceasedDate.Node != 0 && PersonDates.TryDeath(patient, out var death) && PersonDates.IsDeathAhead(patient, death))
        {
            issues.Add(this, patient.Document, patient.DeceasedDate.Node, Message, Mending, null, death, patient.Today.ToString("O", CultureInfo.InvariantCulture));
        }
    }
}
