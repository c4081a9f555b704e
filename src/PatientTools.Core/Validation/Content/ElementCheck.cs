using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>Holds values against what FHIR says of their elements.</summary>
internal static class ElementCheck
{
    /// <summary>What is wrong with text.</summary>
    /// <param name="element">The element.</param>
    /// <param name="text">UTF-8, escapes resolved.</param>
    /// <returns>The fault; null when there is none.</returns>
    public static StructureFaultKind? OfText(FhirElement element, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return StructureFaultKind.Empty;
        }

        switch (element.Primitive)
        {
            case FhirPrimitive.String or FhirPrimitive.Markdown:
                return FhirSyntax.IsTooLong(text) ? StructureFaultKind.WrongSyntax : null;
            case FhirPrimitive.Xhtml:
                return null;
            case FhirPrimitive.None or FhirPrimitive.Boolean:
            case FhirPrimitive.Integer or FhirPrimitive.Decimal or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt:
                return StructureFaultKind.WrongType;
            default:
                var isRight = element.Codes is { } codes ? codes.Contains(text) : FhirSyntax.IsText(element.Primitive, text);
                return isRight ? null : FaultOf(element.Primitive);
        }
    }

    /// <summary>What is wrong with a number.</summary>
    /// <param name="element">The element.</param>
    /// <param name="number">The digits as JSON has them.</param>
    /// <returns>The fault; null when there is none.</returns>
    public static StructureFaultKind? OfNumber(FhirElement element, ReadOnlySpan<byte> number) =>
        element.Primitive is not (FhirPrimitive.Integer or FhirPrimitive.Decimal or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt) ? StructureFaultKind.WrongType
        : FhirSyntax.IsNumber(element.Primitive, number) ? null
        : StructureFaultKind.WrongSyntax;

    private static StructureFaultKind FaultOf(FhirPrimitive type) => type switch
    {
        FhirPrimitive.Code => StructureFaultKind.WrongCode,
        FhirPrimitive.Date or FhirPrimitive.DateTime or FhirPrimitive.Instant or FhirPrimitive.Time => StructureFaultKind.WrongDate,
        _ => StructureFaultKind.WrongSyntax,
    };
}
