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

/// <summary>The names of the primitive types.</summary>
internal static class FhirPrimitives
{
    /// <summary>A type by its name.</summary>
    /// <param name="name">The name as FHIR spells it, such as <c>dateTime</c>.</param>
    /// <returns>The type.</returns>
    public static FhirPrimitive Of(string name) => name switch
    {
        "boolean" => FhirPrimitive.Boolean,
        "integer" => FhirPrimitive.Integer,
        "positiveInt" => FhirPrimitive.PositiveInt,
        "unsignedInt" => FhirPrimitive.UnsignedInt,
        "decimal" => FhirPrimitive.Decimal,
        "string" => FhirPrimitive.String,
        "markdown" => FhirPrimitive.Markdown,
        "xhtml" => FhirPrimitive.Xhtml,
        "code" => FhirPrimitive.Code,
        "id" => FhirPrimitive.Id,
        "uri" => FhirPrimitive.Uri,
        "url" => FhirPrimitive.Url,
        "canonical" => FhirPrimitive.Canonical,
        "oid" => FhirPrimitive.Oid,
        "uuid" => FhirPrimitive.Uuid,
        "date" => FhirPrimitive.Date,
        "dateTime" => FhirPrimitive.DateTime,
        "instant" => FhirPrimitive.Instant,
        "time" => FhirPrimitive.Time,
        "base64Binary" => FhirPrimitive.Base64Binary,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "FHIR R4 has no primitive type of this name."),
    };

    /// <summary>The name of a type as FHIR spells it.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string NameOf(this FhirPrimitive type)
    {
        var name = type.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>Whether JSON writes values of a type as numbers.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsNumeric(this FhirPrimitive type) => type is FhirPrimitive.Integer or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt or FhirPrimitive.Decimal;
}
