namespace PatientTools.Validation.Fhir;

/// <summary>The primitive types of FHIR R4 (hl7.org/fhir/R4/datatypes.html#primitive).</summary>
internal enum FhirPrimitive : byte
{
    /// <summary>None: an object.</summary>
    None,
#pragma warning disable CS1591, SA1602 // The names are FHIR's own.
    Boolean,
    Integer,
    PositiveInt,
    UnsignedInt,
    Decimal,
    String,
    Markdown,
    Xhtml,
    Code,
    Id,
    Uri,
    Url,
    Canonical,
    Oid,
    Uuid,
    Date,
    DateTime,
    Instant,
    Time,
    Base64Binary,
#pragma warning restore CS1591, SA1602
}

/// <summary>The syntax of primitive values.</summary>
internal static class FhirSyntax
{
    /// <summary>Whether a text has the form that a type demands.</summary>
    /// <param name="type">A type that JSON writes as text.</param>
    /// <param name="text">UTF-8, without escapes, not empty.</param>
    /// <returns>Whether the form is right, and for dates whether the calendar has them.</returns>
    public static bool IsText(FhirPrimitive type, ReadOnlySpan<byte> text) => throw new NotSupportedException();

    /// <summary>Whether a number has the form and range that a type demands.</summary>
    /// <param name="type">A type that JSON writes as a number.</param>
    /// <param name="number">The digits as JSON has them.</param>
    /// <returns>Whether it may stand there.</returns>
    public static bool IsNumber(FhirPrimitive type, ReadOnlySpan<byte> number) => throw new NotSupportedException();
}
