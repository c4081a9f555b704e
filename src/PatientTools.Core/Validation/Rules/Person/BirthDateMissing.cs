using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// No birth date. Source: ISiKPatient of gematik, which demands one of every patient; § 291a SGB V, by which it stands on
/// every insurance card. A document that says why there is none (<c>_birthDate</c>) is taken at its word.
/// </summary>
internal sealed class BirthDateMissing() : ContentRule(nameof(BirthDateMissing), IssueSeverity.Warning, RuleCategory.Person, IssueType.Required)
{
    private static readonly LocalText Message = new(
        "The birth date is missing.",
        "Das Geburtsdatum fehlt.");

    private static readonly LocalText Mending = new(
        "Add it, be it only the year (1958) or the month (1958-12).",
        "Ergänzen Sie es, und sei es nur das Jahr (1958) oder der Monat (1958-12).");

    /// <inheritdoc/>
    public override string Example => "birthDate: missing";

    /// <inheritdoc/>
    public override string Reference => "https://gematik.de/fhir/isik/StructureDefinition/ISiKPatient; https://hl7.org/fhir/R4/patient-definitions.html#Patient.birthDate";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The patient has no birth date.",
        "Der Patient hat kein Geburtsdatum.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (patient.BirthDate.Node == 0 && patient.Document.Member(0, "_birthDate"u8) == 0)
        {
            issues.AddMissing(this, patient.Document, 0, "birthDate", Message, Mending);
        }
    }
}
