using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>
/// The form of health insurance numbers. Source: wiki.hl7.de, Krankenversichertennummer; § 290 SGB V; fhir.de
/// (<c>identifier-kvid-10</c>): a capital letter and nine digits.
/// </summary>
internal sealed class KvnrFormat() : ContentRule(nameof(KvnrFormat), IssueSeverity.Error, RuleCategory.Identifier, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "'{0}' is no health insurance number (KVNR): it has a capital letter and nine digits.",
        "„{0}“ ist keine Krankenversichertennummer (KVNR): Eine solche hat einen Großbuchstaben und neun Ziffern.");

    private static readonly LocalText Mending = new(
        "Take the ten characters from the insurance card. Numbers of other kinds belong under a system of their own.",
        "Übernehmen Sie die zehn Zeichen von der Versichertenkarte. Nummern anderer Art gehören unter ein eigenes System.");

    /// <inheritdoc/>
    public override string Example => "identifier[1].value: \"a123456780\"";

    /// <inheritdoc/>
    public override string Reference => "https://wiki.hl7.de, Krankenversichertennummer; http://fhir.de/StructureDefinition/identifier-kvid-10; § 290 SGB V";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A health insurance number (KVNR) does not have its form.",
        "Eine Krankenversichertennummer (KVNR) hat nicht die richtige Form.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Kvnr;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        foreach (ref readonly var identifier in patient.Identifiers)
        {
            if (identifier.Kind == IdentifierKind.Kvnr
                && identifier.Value != 0
                && patient.Document.Nodes[identifier.Value] is { Kind: ContentKind.Text, Length: > 0 }
                && !CheckDigits.IsKvnrFormat(patient.Document.TextOf(identifier.Value)))
            {
                issues.Add(this, patient.Document, identifier.Value, Message, Mending, Mended(patient.Document.StringOf(identifier.Value)), patient.Document.ValueOf(identifier.Value));
            }
        }
    }

    /// <summary>The number as it probably should be: without blanks, in capitals, and of longer ones what identifies the person.</summary>
    /// <param name="text">What stands there.</param>
    /// <returns>A valid number; null when there is none in it.</returns>
    internal static string? Mended(string text)
    {
        var number = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return number.Length >= 10 && CheckDigits.IsValidKvnr(number.AsSpan(0, 10)) ? number[..10] : null;
    }
}
