using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>
/// Institution numbers (IK) of payers and houses, wherever they stand. Source: Gemeinsames Rundschreiben Institutionskennzeichen
/// of the Arbeitsgemeinschaft Institutionskennzeichen, section on the check digit; systems by fhir.de (<c>identifier-iknr</c>).
/// A warning, since real files of payers hold numbers that were given out with another check digit.
/// </summary>
internal sealed class InstitutionNumber() : SystemValueRule(
    nameof(InstitutionNumber),
    IssueSeverity.Warning,
    RuleCategory.Identifier,
    IssueType.Value,
    "value",
    [IdentifierSystems.InstitutionNumber, "http://fhir.de/NamingSystem/arge-ik/iknr", "urn:oid:1.2.276.0.76.4.5"])
{
    private static readonly LocalText Form = new(
        "'{0}' is no institution number (IK): it has nine digits.",
        "„{0}“ ist kein Institutionskennzeichen (IK): Ein solches hat neun Ziffern.");

    private static readonly LocalText CheckDigit = new(
        "The check digit of the institution number (IK) {0} is wrong: the last digit should be {1}.",
        "Die Prüfziffer des Institutionskennzeichens (IK) {0} ist falsch: Die letzte Ziffer müsste {1} sein.");

    private static readonly LocalText Mending = new(
        "Compare the number with the insurance card, or with the payer's entry in the register of the Arbeitsgemeinschaft Institutionskennzeichen.",
        "Vergleichen Sie die Nummer mit der Versichertenkarte oder mit dem Eintrag des Kostenträgers bei der Arbeitsgemeinschaft Institutionskennzeichen.");

    /// <inheritdoc/>
    public override string Example => "Coverage.payor[0].identifier.value: \"101575518\"";

    /// <inheritdoc/>
    public override string Reference => "Arbeitsgemeinschaft Institutionskennzeichen, Gemeinsames Rundschreiben IK; http://fhir.de/StructureDefinition/identifier-iknr";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "An institution number (IK) has not nine digits, or its check digit is wrong.",
        "Ein Institutionskennzeichen (IK) hat nicht neun Ziffern, oder seine Prüfziffer ist falsch.");

    /// <inheritdoc/>
    protected override void CheckValue(ResourceContent resource, int node, IssueSink issues)
    {
        var number = resource.TextOf(node);
        if (CheckDigits.IsValidInstitutionNumber(number))
        {
            return;
        }

        var text = resource.ValueOf(node)!;
        if (number.Length == 9 && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            issues.Add(this, resource, node, CheckDigit, Mending, null, text, CheckDigits.InstitutionNumber(text));
        }
        else
        {
            issues.Add(this, resource, node, Form, Mending, null, text);
        }
    }
}
