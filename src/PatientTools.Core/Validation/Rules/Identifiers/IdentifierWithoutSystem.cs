using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>
/// Identifiers whose value belongs to no system. Source: hl7.org/fhir/R4/datatypes.html#Identifier: the system "establishes the
/// namespace for the value"; without it the value is unique nowhere, of whatever type it is.
/// </summary>
internal sealed class IdentifierWithoutSystem() : ContentRule(nameof(IdentifierWithoutSystem), IssueSeverity.Warning, RuleCategory.Identifier, IssueType.Required)
{
    private static readonly LocalText Message = new(
        "The identifier '{0}' has no system, so nobody knows whose number it is.",
        "Der Identifikator „{0}“ hat kein System, daher weiß niemand, wessen Nummer es ist.");

    private static readonly LocalText Mending = new(
        "Add the member 'system': the address (URI) of the house or register that gave the number.",
        "Ergänzen Sie das Element „system“: die Adresse (URI) des Hauses oder Verzeichnisses, das die Nummer vergeben hat.");

    private static readonly LocalText KvnrMending = new(
        "Its type says that it is a health insurance number: add the member 'system' with {1}.",
        "Dem Typ nach ist es eine Krankenversichertennummer: Ergänzen Sie das Element „system“ mit {1}.");

    /// <inheritdoc/>
    public override string Example => "identifier[0].system: missing";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#Identifier";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "An identifier has a value and no system.",
        "Ein Identifikator hat einen Wert, aber kein System.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        foreach (ref readonly var identifier in patient.Identifiers)
        {
            if (identifier.System == 0 && identifier.Value != 0 && document.Member(identifier.Node, "_system"u8) == 0)
            {
                var hint = identifier.Kind == IdentifierKind.Kvnr ? KvnrMending : Mending;
                issues.AddMissing(this, document, identifier.Node, "system", Message, hint, document.ValueOf(identifier.Value), IdentifierSystems.Kvnr);
            }
        }
    }
}
