using PatientTools.Validation.Content;
using PatientTools.Validation.Rules.Identifiers;

namespace PatientTools.Validation.Rules.Record;

/// <summary>
/// Codes that ICD-10-GM cannot have, wherever its system stands; see <see cref="DiagnosisCodes"/>. Source: BfArM, ICD-10-GM;
/// fhir.de (<c>CodingICD10GM</c>), by which certainty and the marks † * ! are extensions beside the code.
/// </summary>
internal sealed class DiagnosisCode() : SystemValueRule(
    nameof(DiagnosisCode),
    IssueSeverity.Error,
    RuleCategory.Record,
    IssueType.CodeInvalid,
    "code",
    ["http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://fhir.de/CodeSystem/dimdi/icd-10-gm"])
{
    private static readonly LocalText Message = new(
        "'{0}' cannot be a code of ICD-10-GM.",
        "„{0}“ kann kein Code der ICD-10-GM sein.");

    private static readonly LocalText Mending = new(
        "Write a capital letter and two digits, then a dot and up to two more, such as E11.90.",
        "Schreiben Sie einen Großbuchstaben und zwei Ziffern, dann einen Punkt und bis zu zwei weitere, etwa E11.90.");

    private static readonly LocalText TooMuch = new(
        "The code '{0}' carries the certainty of the diagnosis, or a mark.",
        "Der Code „{0}“ trägt die Diagnosesicherheit oder ein Kennzeichen bei sich.");

    private static readonly LocalText Separating = new(
        "The code is {1}; certainty (A, G, V, Z) and marks († * !) belong into the extensions beside it.",
        "Der Code ist {1}; Diagnosesicherheit (A, G, V, Z) und Kennzeichen († * !) gehören in die Erweiterungen daneben.");

    /// <inheritdoc/>
    public override string Example => "Condition.code.coding[0].code: \"E11,90\"";

    /// <inheritdoc/>
    public override string Reference => "BfArM, ICD-10-GM; http://fhir.de/StructureDefinition/CodingICD10GM";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A diagnosis has a code that ICD-10-GM cannot have.",
        "Eine Diagnose hat einen Code, den es in der ICD-10-GM nicht geben kann.");

    /// <inheritdoc/>
    protected override void CheckValue(ResourceContent resource, int node, IssueSink issues)
    {
        if (DiagnosisCodes.IsCode(resource.TextOf(node)))
        {
            return;
        }

        var text = resource.ValueOf(node)!;
        if (DiagnosisCodes.Mended(text, out var isBare) is { } mended && isBare)
        {
            issues.Add(this, resource, node, TooMuch, Separating, mended, text, mended);
        }
        else
        {
            issues.Add(this, resource, node, Message, Mending, DiagnosisCodes.Mended(text, out _), text);
        }
    }
}
