using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>
/// Numbers of doctors (LANR), wherever they stand. Source: Richtlinie der Kassenärztlichen Bundesvereinigung nach § 75 Absatz 7
/// SGB V zur Vergabe der Arzt-, Betriebsstätten- sowie der Praxisnetznummern (six digits, a check digit, two for the group of
/// doctors); system by the KBV's base profiles. Out of caution numbers that begin with 555555 pass whatever their seventh digit:
/// they may be stand-ins. 4444444, which stands for doctors in hospitals without a number (Rahmenvertrag Entlassmanagement),
/// has a right check digit.
/// </summary>
internal sealed class Lanr() : SystemValueRule(
    nameof(Lanr),
    IssueSeverity.Warning,
    RuleCategory.Identifier,
    IssueType.Value,
    "value",
    [IdentifierSystems.Lanr, "http://fhir.de/NamingSystem/kbv/lanr", "urn:oid:1.2.276.0.76.4.16"])
{
    private static readonly LocalText Form = new(
        "'{0}' is no doctor's number (LANR): it has nine digits.",
        "„{0}“ ist keine Arztnummer (LANR): Eine solche hat neun Ziffern.");

    private static readonly LocalText CheckDigit = new(
        "The check digit of the doctor's number (LANR) {0} is wrong: the seventh digit should be {1}.",
        "Die Prüfziffer der Arztnummer (LANR) {0} ist falsch: Die siebte Ziffer müsste {1} sein.");

    private static readonly LocalText Mending = new(
        "Compare the number with the doctor's stamp.",
        "Vergleichen Sie die Nummer mit dem Arztstempel.");

    /// <inheritdoc/>
    public override string Example =>
        $"generalPractitioner[0].identifier.system: \"{IdentifierSystems.Lanr}\", generalPractitioner[0].identifier.value: \"123456740\"";

    /// <inheritdoc/>
    public override string Reference => "Kassenärztliche Bundesvereinigung, Richtlinie nach § 75 Absatz 7 SGB V; https://fhir.kbv.de/NamingSystem/KBV_NS_Base_ANR";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A doctor's number (LANR) has not nine digits, or its check digit is wrong.",
        "Eine Arztnummer (LANR) hat nicht neun Ziffern, oder ihre Prüfziffer ist falsch.");

    /// <inheritdoc/>
    protected override void CheckValue(ResourceContent resource, int node, IssueSink issues)
    {
        var number = resource.TextOf(node);
        if (CheckDigits.IsValidLanr(number))
        {
            return;
        }

        var text = resource.ValueOf(node)!;
        if (number.Length != 9 || number.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            issues.Add(this, resource, node, Form, Mending, null, text);
        }
        else if (!number.StartsWith("555555"u8))
        {
            issues.Add(this, resource, node, CheckDigit, Mending, null, text, CheckDigits.Lanr(text));
        }
    }
}
