using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>
/// Values of another JSON type than FHIR demands: text where a number has to stand, an object where text has to, <c>null</c>.
/// Source: hl7.org/fhir/R4/json.html.
/// </summary>
internal sealed class PrimitiveType() : FaultRule(nameof(PrimitiveType), IssueSeverity.Error, IssueType.Structure)
{
    private static readonly LocalText Other = new(
        "Here stands {0}, where FHIR wants {1}.",
        "Hier steht {0}, wo FHIR {1} verlangt.");

    private static readonly LocalText MendQuotes = new(
        "Put it in quotes: \"{3}\". See {2}.",
        "Setzen Sie es in Anführungszeichen: \"{3}\". Siehe {2}.");

    private static readonly LocalText MendNoQuotes = new(
        "Write it without quotes: {3}. See {2}.",
        "Schreiben Sie es ohne Anführungszeichen: {3}. Siehe {2}.");

    private static readonly LocalText MendNull = new(
        "Leave out what is not known: FHIR has null only inside arrays, where it keeps a place. See https://hl7.org/fhir/R4/json.html#null.",
        "Lassen Sie weg, was nicht bekannt ist: FHIR kennt null nur in Arrays, wo es einen Platz freihält. Siehe https://hl7.org/fhir/R4/json.html#null.");

    private static readonly LocalText Mend = new(
        "What has to stand here says {2}.",
        "Was hier stehen muss, sagt {2}.");

    /// <inheritdoc/>
    public override string Example => "active: \"true\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/json.html";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A value is of another JSON type than FHIR demands.",
        "Ein Wert ist von einem anderen JSON-Typ, als FHIR verlangt.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.WrongType;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        ref readonly var node = ref resource.Nodes[fault.Node];
        var element = FhirModel.Element(fault.Element);
        issues.Add(
            this,
            resource,
            fault.Node,
            Other,
            HintFor(resource, fault.Node, element),
            null,
            FhirTerms.Found(node.Kind, issues.Language),
            FhirTerms.Expected(element, node.Index >= 0, issues.Language),
            FhirTerms.PageOf(element),
            resource.ValueOf(fault.Node));
    }

    /// <summary>Quotes help only where they are all that is missing: the number 36525 is no date in quotes either.</summary>
    private static LocalText HintFor(ResourceContent resource, int node, FhirElement element) => (resource.Nodes[node].Kind, element.Primitive) switch
    {
        (ContentKind.Null, _) => MendNull,
        (ContentKind.Number or ContentKind.True or ContentKind.False, not FhirPrimitive.None and not FhirPrimitive.Boolean and var type) when !type.IsNumeric() && FhirSyntax.IsText(type, resource.TextOf(node)) => MendQuotes,
        (ContentKind.Text, FhirPrimitive.Boolean) when resource.Is(node, "true"u8) || resource.Is(node, "false"u8) => MendNoQuotes,
        (ContentKind.Text, var type) when type.IsNumeric() && IsJsonNumber(type, resource.TextOf(node)) => MendNoQuotes,
        _ => Mend,
    };

    /// <summary>Of a whole number its own syntax tells; of a decimal that it can be read as one to the last byte.</summary>
    private static bool IsJsonNumber(FhirPrimitive type, ReadOnlySpan<byte> text) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out decimal _, out var read) && read == text.Length && text[0] != '+' && FhirSyntax.IsNumber(type, text);
}
