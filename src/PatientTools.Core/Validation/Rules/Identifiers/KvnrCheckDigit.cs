using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>
/// The check digit of health insurance numbers. Source: wiki.hl7.de, Krankenversichertennummer. A warning, since even example
/// values of official guides have wrong ones; raise it to an error where only numbers of real people come in.
/// </summary>
internal sealed class KvnrCheckDigit() : ContentRule(nameof(KvnrCheckDigit), IssueSeverity.Warning, RuleCategory.Identifier, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "The check digit of the health insurance number (KVNR) {0} is wrong: the last digit should be {1}.",
        "Die Prüfziffer der Krankenversichertennummer (KVNR) {0} ist falsch: Die letzte Ziffer müsste {1} sein.");

    private static readonly LocalText Mending = new(
        "Compare the number with the insurance card: a digit is wrong, or two have changed places.",
        "Vergleichen Sie die Nummer mit der Versichertenkarte: Eine Ziffer ist falsch, oder zwei sind vertauscht.");

    /// <inheritdoc/>
    public override string Example => "identifier[1].value: \"A123456789\"";

    /// <inheritdoc/>
    public override string Reference => "https://wiki.hl7.de, Krankenversichertennummer";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The check digit of a health insurance number (KVNR) is wrong.",
        "Die Prüfziffer einer Krankenversichertennummer (KVNR) ist falsch.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Kvnr;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        foreach (ref readonly var identifier in patient.Identifiers)
        {
            if (identifier.Kind != IdentifierKind.Kvnr || identifier.Value == 0 || patient.Document.Nodes[identifier.Value].Kind != ContentKind.Text)
            {
                continue;
            }

            var number = patient.Document.TextOf(identifier.Value);
            if (CheckDigits.IsKvnrFormat(number) && !CheckDigits.IsValidKvnr(number))
            {
                var text = patient.Document.StringOf(identifier.Value);
                issues.Add(this, patient.Document, identifier.Value, Message, Mending, null, text, CheckDigits.Kvnr(text));
            }
        }
    }
}
