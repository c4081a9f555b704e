using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>What FHIR calls things, and where it says what they have to be.</summary>
internal static class FhirTerms
{
    private const string Pages = "https://hl7.org/fhir/R4/";
    private const string ValueSets = "http://hl7.org/fhir/ValueSet/";

    /// <summary>The page that tells of a type.</summary>
    /// <param name="type">The type, or a part of one.</param>
    /// <returns>Its address.</returns>
    public static string PageOf(FhirType type)
    {
        var name = type.Name.Split('.')[0];
        if (type.IsResource || FhirModel.TryFind(name, out var whole) && whole.IsResource)
        {
            return Pages + name.ToLowerInvariant() + ".html";
        }

        return Pages + name switch
        {
            "ContactDetail" or "Contributor" or "DataRequirement" or "Expression" or "ParameterDefinition" or "RelatedArtifact" or "TriggerDefinition" or "UsageContext" => "metadatatypes.html#" + name,
            "Extension" => "extensibility.html#Extension",
            "Meta" => "resource.html#Meta",
            "Reference" => "references.html#Reference",
            "BackboneElement" or "Dosage" or "Element" or "ElementDefinition" or "Narrative" or "MarketingStatus" or "Population" or "ProdCharacteristic" or "ProductShelfLife" or "SubstanceAmount" => name.ToLowerInvariant() + ".html",
            _ => "datatypes.html#" + name,
        };
    }

    /// <summary>The page that tells of a primitive type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Its address.</returns>
    public static string PageOf(FhirPrimitive type) => type == FhirPrimitive.Xhtml ? Pages + "narrative.html#xhtml" : Pages + "datatypes.html#" + type.NameOf();

    /// <summary>The page that lists codes.</summary>
    /// <param name="codes">The codes.</param>
    /// <returns>Its address.</returns>
    public static string PageOf(FhirCodes codes) =>
        codes.ValueSet.StartsWith(ValueSets, StringComparison.Ordinal) ? $"{Pages}valueset-{codes.ValueSet[ValueSets.Length..]}.html" : codes.ValueSet;

    /// <summary>The page that tells of an element.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The address of the page of its type.</returns>
    public static string PageOf(FhirElement element) => element.Primitive != FhirPrimitive.None ? PageOf(element.Primitive) : PageOf(element.Type ?? element.Owner);

    /// <summary>The type of an object of a document.</summary>
    /// <param name="resource">The document.</param>
    /// <param name="node">The object.</param>
    /// <returns>Its type; null when FHIR does not know it.</returns>
    public static FhirType? TypeOf(ResourceContent resource, int node)
    {
        if (node == 0)
        {
            return resource.Type;
        }

        var number = resource.Nodes[node].Element;
        if (number == 0)
        {
            return null;
        }

        var element = FhirModel.Element(number);
        return element.IsAnyResource ? FhirModel.FindResource(resource.TextOf(resource.Member(node, "resourceType"u8))) : element.Type;
    }

    /// <summary>What FHIR wants to stand at a place: <c>an array of HumanName objects</c>.</summary>
    /// <param name="element">The element.</param>
    /// <param name="isItem">Whether an item of the array is meant.</param>
    /// <param name="language">In which language.</param>
    /// <returns>The words.</returns>
    public static string Expected(FhirElement element, bool isItem, ResultLanguage language)
    {
        var isGerman = language == ResultLanguage.German;
        var isArray = element.IsArray && !isItem;
        var name = element.IsAnyResource ? "Resource" : element.Type?.Name ?? element.Primitive.NameOf();
        return (element.Primitive, isArray, isGerman) switch
        {
            (FhirPrimitive.None, true, false) => $"an array of {name} objects",
            (FhirPrimitive.None, true, true) => $"ein Array von Objekten des Typs {name}",
            (FhirPrimitive.None, false, false) => $"an object of type {name}",
            (FhirPrimitive.None, false, true) => $"ein Objekt des Typs {name}",
            (FhirPrimitive.Boolean, _, false) => "true or false",
            (FhirPrimitive.Boolean, _, true) => "true oder false",
            (var type, true, false) => type.IsNumeric() ? $"an array of numbers of type {name}" : $"an array of texts of type {name}",
            (var type, true, true) => type.IsNumeric() ? $"ein Array von Zahlen des Typs {name}" : $"ein Array von Texten des Typs {name}",
            (var type, false, false) => type.IsNumeric() ? $"a number of type {name}" : $"text of type {name}",
            (var type, false, true) => type.IsNumeric() ? $"eine Zahl des Typs {name}" : $"Text des Typs {name}",
        };
    }

    /// <summary>What a JSON value is.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="language">In which language.</param>
    /// <returns>The words.</returns>
    public static string Found(ContentKind kind, ResultLanguage language) => (kind, language == ResultLanguage.German) switch
    {
        (ContentKind.Object, false) => "an object",
        (ContentKind.Object, true) => "ein Objekt",
        (ContentKind.Array, false) => "an array",
        (ContentKind.Array, true) => "ein Array",
        (ContentKind.Text, false) => "text",
        (ContentKind.Text, true) => "Text",
        (ContentKind.Number, false) => "a number",
        (ContentKind.Number, true) => "eine Zahl",
        (ContentKind.True, _) => "true",
        (ContentKind.False, _) => "false",
        _ => "null",
    };
}
