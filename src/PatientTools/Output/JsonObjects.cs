using System.Management.Automation;
using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Output;

/// <summary>
/// Makes objects of JSON, with a property for each member. Unlike ConvertFrom-Json it leaves dates the text they are.
/// </summary>
internal static class JsonObjects
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>The object of a JSON text.</summary>
    /// <param name="utf8">The text.</param>
    /// <returns>An object, a list, a value; null for <c>null</c> and for what is no JSON.</returns>
    public static object? Of(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Members(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when element.TryGetDecimal(out var number) => number,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>PowerShell's properties are the same in upper and lower case and need a name: of two the first one counts.</summary>
    private static PSObject Members(JsonElement element)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "" };
        var made = new PSObject();
        foreach (var member in element.EnumerateObject().Where(member => seen.Add(member.Name)))
        {
            made.Properties.Add(new PSNoteProperty(member.Name, Of(member.Value)), preValidated: true);
        }

        return made;
    }
}
