using System.Runtime.CompilerServices;
using System.Text;
using PatientTools.Interchange;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>Tells the type of a resource before its members are read.</summary>
internal static class ResourceTypeReader
{
    private static ReadOnlySpan<byte> Head => "{\"resourceType\":\""u8;

    /// <summary>Tells the type.</summary>
    /// <param name="json">The text from the resource's opening brace on.</param>
    /// <returns>The type; null when it has none, or one that R4 does not have.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FhirType? Read(ReadOnlySpan<byte> json)
    {
        // It nearly always stands first.
        if (json.StartsWith(Head))
        {
            var rest = json[Head.Length..];
            var end = rest.IndexOfAny((byte)'"', (byte)'\\');
            if (end >= 0 && rest[end] == (byte)'"')
            {
                return FhirModel.FindResource(rest[..end]);
            }
        }

        return ResourceReader.TypeOf(json) is { } type ? FhirModel.FindResource(Encoding.UTF8.GetBytes(type)) : null;
    }
}
