using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>A reference to a resource of the same server: <c>Type/id</c> or <c>Type/id/_history/1</c> (hl7.org/fhir/R4/references.html#literal).</summary>
internal readonly ref struct LocalReference
{
    private static readonly ushort Element = NumberOf("Reference", "reference"u8);

    private LocalReference(FhirType type, ReadOnlySpan<byte> id)
    {
        Type = type;
        Id = id;
    }

    /// <summary>The type of the resource.</summary>
    public FhirType Type { get; }

    /// <summary>Its id.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>Whether a value is the literal of a reference: text in the member <c>reference</c> of a <c>Reference</c>.</summary>
    /// <param name="node">The value.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLiteral(in ContentNode node) => node.Element == Element && node.Kind == ContentKind.Text;

    /// <summary>Reads one.</summary>
    /// <param name="text">The literal.</param>
    /// <param name="reference">The reference.</param>
    /// <returns>Whether it is such a one: addresses, <c>urn:uuid:</c>, searches and <c>#</c> are none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out LocalReference reference)
    {
        reference = default;
        var slash = text.IndexOf((byte)'/');
        if (slash <= 0 || FhirModel.FindResource(text[..slash]) is not { } type)
        {
            return false;
        }

        var id = text[(slash + 1)..];
        var end = id.IndexOf((byte)'/');
        if (end >= 0)
        {
            if (!id[end..].StartsWith("/_history/"u8))
            {
                return false;
            }

            id = id[..end];
        }

        if (!FhirSyntax.IsText(FhirPrimitive.Id, id))
        {
            return false;
        }

        reference = new LocalReference(type, id);
        return true;
    }

    private static ushort NumberOf(string type, ReadOnlySpan<byte> member) => FhirModel.TryFind(type, out var found) ? found.Find(member)!.Number : (ushort)0;
}
