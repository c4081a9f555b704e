using PatientTools.Search.Text;
using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>
/// Codes that FHIR does not allow at their place (required bindings), or that have not the form of a code. Source:
/// hl7.org/fhir/R4/terminologies.html#required and datatypes.html#code.
/// </summary>
internal sealed class CodeValue() : FaultRule(nameof(CodeValue), IssueSeverity.Error, IssueType.CodeInvalid)
{
    /// <summary>How many codes or names are told one by one.</summary>
    public const int MostTold = 12;

    private static readonly LocalText NotAllowed = new(
        "'{0}' is none of the codes that FHIR allows here.",
        "„{0}“ ist keiner der Codes, die FHIR hier zulässt.");

    private static readonly LocalText Malformed = new(
        "'{0}' has not the form of a code.",
        "„{0}“ hat nicht die Form eines Codes.");

    private static readonly LocalText MendFew = new(
        "Use one of: {1}. See {2}.",
        "Verwenden Sie einen von diesen: {1}. Siehe {2}.");

    private static readonly LocalText MendMany = new(
        "Use one of the codes of {2}.",
        "Verwenden Sie einen der Codes von {2}.");

    private static readonly LocalText MendForm = new(
        "Leave out white space at the start and the end, and all but one blank in between. See {2}.",
        "Lassen Sie Leerraum am Anfang und am Ende weg, und dazwischen alle Leerzeichen bis auf eines. Siehe {2}.");

    /// <inheritdoc/>
    public override string Example => "address[0].use: \"privat\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/terminologies.html#required; https://hl7.org/fhir/R4/datatypes.html#code";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A code is none of those that FHIR allows at its place, or has not the form of a code.",
        "Ein Code ist keiner von denen, die FHIR an seiner Stelle zulässt, oder hat nicht die Form eines Codes.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.WrongCode;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var value = resource.ValueOf(fault.Node)!;
        if (FhirModel.Element(fault.Element).Codes is not { } codes)
        {
            var mended = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            issues.Add(this, resource, fault.Node, Malformed, MendForm, mended.Length > 0 ? mended : null, value, null, FhirTerms.PageOf(FhirPrimitive.Code));
            return;
        }

        var near = NearestName.Within(value.Trim(), codes.Codes, Math.Max(1, value.Length / 4));
        issues.Add(this, resource, fault.Node, NotAllowed, codes.Codes.Count <= MostTold ? MendFew : MendMany, near, value, string.Join(", ", codes.Codes.Take(MostTold)), FhirTerms.PageOf(codes));
    }
}
