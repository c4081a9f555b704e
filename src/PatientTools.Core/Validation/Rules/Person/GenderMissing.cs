using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// No gender. Source: ISiKPatient of gematik, which demands one; <c>unknown</c> is a code of its own. A document that says
/// why there is none (<c>_gender</c>) is taken at its word.
/// </summary>
internal sealed class GenderMissing() : ContentRule(nameof(GenderMissing), IssueSeverity.Information, RuleCategory.Person, IssueType.Required)
{
    private static readonly LocalText Message = new(
        "The gender is missing.",
        "Das Geschlecht fehlt.");

    private static readonly LocalText Mending = new(
        "Add male, female or other; unknown says that it was asked for in vain.",
        "Ergänzen Sie male, female oder other; unknown sagt, dass vergeblich danach gefragt wurde.");

    /// <inheritdoc/>
    public override string Example => "gender: missing";

    /// <inheritdoc/>
    public override string Reference => "https://gematik.de/fhir/isik/StructureDefinition/ISiKPatient";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The patient has no gender.",
        "Der Patient hat kein Geschlecht.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (patient.Gender == 0 && patient.Document.Member(0, "_gender"u8) == 0)
        {
            issues.AddMissing(this, patient.Document, 0, "gender", Message, Mending);
        }
    }
}
