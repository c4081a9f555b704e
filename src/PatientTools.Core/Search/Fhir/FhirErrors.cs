using PatientTools.Search.Filter;
using PatientTools.Search.Text;

namespace PatientTools.Search.Fhir;

/// <summary>Errors of a FHIR search. It is handled strictly: what is not understood is never left out in silence.</summary>
internal static class FhirErrors
{
    public static PatientToolsException Value(string parameter, string value, string fitting, Exception? inner = null) => new(
        "FhirValueInvalid", $"{FilterExcerpt.Shorten(parameter)}={FilterExcerpt.Shorten(value)}: {fitting}", ErrorKind.InvalidArgument, inner)
    { Target = FilterExcerpt.Shorten(parameter) };

    public static PatientToolsException Parameter(string name, IEnumerable<string> names, string what) => new(
        "FhirParameterUnknown", $"{FilterExcerpt.Shorten(name)} is no {what}. The nearest is {NearestName.Of(FilterExcerpt.Shorten(name), names)}.", ErrorKind.InvalidArgument)
    { Target = FilterExcerpt.Shorten(name) };

    public static PatientToolsException NotIndexed(string name, string instead) => new(
        "FhirParameterUnknown", $"FHIR knows the parameter {name}, but it cannot be searched for here. {instead}", ErrorKind.NotSupported)
    { Target = name };

    public static PatientToolsException Modifier(string parameter, string modifier, IReadOnlyList<string> known) => new(
        "FhirModifierUnknown",
        $"{parameter} does not take the modifier :{FilterExcerpt.Shorten(modifier)}. The nearest is :{NearestName.Of(FilterExcerpt.Shorten(modifier), known)}; it takes {string.Join(", ", known.Select(name => ":" + name))}.",
        ErrorKind.InvalidArgument)
    { Target = parameter };
}
