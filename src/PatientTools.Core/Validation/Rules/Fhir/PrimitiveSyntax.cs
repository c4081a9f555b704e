using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Values that have not the form of their type: ids, addresses, whole numbers, base64. Source: hl7.org/fhir/R4/datatypes.html#primitive.</summary>
internal sealed class PrimitiveSyntax() : FaultRule(nameof(PrimitiveSyntax), IssueSeverity.Error, IssueType.Value)
{
    private static readonly LocalText Wrong = new(
        "'{0}' has not the form of the type {1}.",
        "„{0}“ hat nicht die Form des Typs {1}.");

    private static readonly LocalText MendId = new(
        "An id has 1 to 64 characters: letters A to Z and a to z, digits, hyphens and dots. See {2}.",
        "Eine id hat 1 bis 64 Zeichen: Buchstaben A bis Z und a bis z, Ziffern, Bindestriche und Punkte. Siehe {2}.");

    private static readonly LocalText MendUri = new(
        "An address has no white space; write %20 for a blank. See {2}.",
        "Eine Adresse hat keinen Leerraum; schreiben Sie %20 für ein Leerzeichen. Siehe {2}.");

    private static readonly LocalText MendOid = new(
        "Write it as urn:oid:1.2.276.0.76.4.8: numbers without leading zeros, divided by dots, the first from 0 to 2. See {2}.",
        "Schreiben Sie sie wie urn:oid:1.2.276.0.76.4.8: Zahlen ohne führende Nullen, durch Punkte getrennt, die erste von 0 bis 2. Siehe {2}.");

    private static readonly LocalText MendUuid = new(
        "Write it as urn:uuid:c757873d-ec9a-4326-a141-556f43239520, in small letters. See {2}.",
        "Schreiben Sie sie wie urn:uuid:c757873d-ec9a-4326-a141-556f43239520, in Kleinbuchstaben. Siehe {2}.");

    private static readonly LocalText MendBase64 = new(
        "Encode the bytes as base64: groups of four characters, the last one filled up with '='. See {2}.",
        "Schreiben Sie die Bytes als Base64: Gruppen von vier Zeichen, die letzte mit „=“ aufgefüllt. Siehe {2}.");

    private static readonly LocalText MendInteger = new(
        "Write a whole number from -2147483648 to 2147483647, without fraction and exponent. See {2}.",
        "Schreiben Sie eine ganze Zahl von -2147483648 bis 2147483647, ohne Nachkommastellen und Exponent. Siehe {2}.");

    private static readonly LocalText MendUnsigned = new(
        "Write a whole number from 0 to 2147483647, without fraction and exponent. See {2}.",
        "Schreiben Sie eine ganze Zahl von 0 bis 2147483647, ohne Nachkommastellen und Exponent. Siehe {2}.");

    private static readonly LocalText MendPositive = new(
        "Write a whole number from 1 to 2147483647, without fraction and exponent. See {2}.",
        "Schreiben Sie eine ganze Zahl von 1 bis 2147483647, ohne Nachkommastellen und Exponent. Siehe {2}.");

    private static readonly LocalText MendLength = new(
        "A text has at most 1,048,576 characters; content that is longer belongs into an attachment. See {2}.",
        "Ein Text hat höchstens 1.048.576 Zeichen; längere Inhalte gehören in einen Anhang. Siehe {2}.");

    private static readonly LocalText MendOther = new(
        "What form it has to have says {2}.",
        "Welche Form nötig ist, sagt {2}.");

    /// <inheritdoc/>
    public override string Example => "id: \"Müller_1\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#primitive";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A value has not the form that its type demands.",
        "Ein Wert hat nicht die Form, die sein Typ verlangt.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.WrongSyntax;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var type = FhirModel.Element(fault.Element).Primitive;
        var hint = type switch
        {
            FhirPrimitive.Id => MendId,
            FhirPrimitive.Uri or FhirPrimitive.Url or FhirPrimitive.Canonical => MendUri,
            FhirPrimitive.Oid => MendOid,
            FhirPrimitive.Uuid => MendUuid,
            FhirPrimitive.Base64Binary => MendBase64,
            FhirPrimitive.String or FhirPrimitive.Markdown => MendLength,
            FhirPrimitive.Integer => MendInteger,
            FhirPrimitive.UnsignedInt => MendUnsigned,
            FhirPrimitive.PositiveInt => MendPositive,
            _ => MendOther,
        };
        issues.Add(this, resource, fault.Node, Wrong, hint, null, resource.ValueOf(fault.Node), type.NameOf(), FhirTerms.PageOf(type));
    }
}
