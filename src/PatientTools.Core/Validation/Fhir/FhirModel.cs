using System.Diagnostics.CodeAnalysis;

namespace PatientTools.Validation.Fhir;

/// <summary>The types of FHIR R4 (hl7.org/fhir/R4), as far as JSON needs them: members, their types, how often they occur, their codes.</summary>
internal static class FhirModel
{
    private static readonly FhirTable Table = FhirTable.Read();
    private static readonly NameTable<FhirType> Resources = new([.. Table.Types.Values.Where(type => type is { IsResource: true, IsAbstract: false })], type => type.Name);
    private static readonly FhirElement[] Elements = Table.Elements;

    /// <summary>The patient.</summary>
    public static FhirType Patient { get; } = Table.Types["Patient"];

    /// <summary>All types, by name.</summary>
    public static IEnumerable<FhirType> Types => Table.Types.Values;

    /// <summary>How many elements there are: the largest <see cref="FhirElement.Number"/>.</summary>
    public static int ElementCount => Elements.Length;

    /// <summary>Finds a resource type.</summary>
    /// <param name="name">Its name in UTF-8, such as <c>Condition</c>.</param>
    /// <returns>The type; null when R4 has no such resource.</returns>
    public static FhirType? FindResource(ReadOnlySpan<byte> name) => Resources.Find(name);

    /// <summary>Finds a type of any kind.</summary>
    /// <param name="name">Its name: <c>HumanName</c>, <c>Patient</c>, <c>Patient.contact</c>.</param>
    /// <param name="type">The type.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out FhirType? type) => Table.Types.TryGetValue(name, out type);

    /// <summary>Finds an element by its number.</summary>
    /// <param name="number">A number of <see cref="FhirElement.Number"/>.</param>
    /// <returns>The element.</returns>
    public static FhirElement Element(int number) => Elements[number - 1];
}
