using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PatientTools.Patients;

namespace PatientTools.Parameters;

/// <summary>Makes JSON of PowerShell's objects: of hashtables, and of what ConvertFrom-Json returns.</summary>
internal static class DocumentNodes
{
    /// <summary>A patient document of an object with FHIR's members.</summary>
    /// <exception cref="PatientToolsException"><c>InvalidDocument</c> when it is no object; as <see cref="PatientDocument.FromNode"/>.</exception>
    public static PatientDocument ToDocument(object given) => Unwrap(given) switch
    {
        PatientDocument document => document,
        JsonObject node => PatientDocument.FromNode(node.DeepClone().AsObject()),
        string json => PatientDocument.Parse(json),
        _ => PatientDocument.FromNode(ToNode(given) as JsonObject ?? throw Invalid(given)),
    };

    private static JsonNode? ToNode(object? value, int depth = 0)
    {
        if (depth > JsonText.MaxDepth)
        {
            throw new InvalidDocumentException("InvalidJson", $"The document is nested deeper than {JsonText.MaxDepth} levels, or contains itself.");
        }

        return Unwrap(value) switch
        {
            null => null,
            JsonNode node => node.DeepClone(),
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            DateTime time => JsonValue.Create(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture)),
            byte or short or int or long or decimal or double or float or ulong or uint or System.Numerics.BigInteger => JsonNode.Parse(((IFormattable)Unwrap(value)!).ToString(null, CultureInfo.InvariantCulture)),
            IDictionary map => Members(map.Keys.Cast<object>().Select(key => (key.ToString()!, map[key])), depth),
            PSCustomObject => Members(PSObject.AsPSObject(value!).Properties.Select(property => (property.Name, (object?)property.Value)), depth),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => ToNode(item, depth + 1))]),
            var other => JsonValue.Create(other.ToString()),
        };
    }

    private static JsonObject Members(IEnumerable<(string Name, object? Value)> members, int depth)
    {
        var node = new JsonObject();
        foreach (var (name, value) in members)
        {
            node[name] = ToNode(value, depth + 1);
        }

        return node;
    }

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value is PSObject ? ((PSObject)value).BaseObject : value;

    private static PatientToolsException Invalid(object given) => new(
        "InvalidDocument",
        $"A {Unwrap(given)!.GetType().Name} is no patient document. Give a hashtable or an object with FHIR's members, or use -Json.",
        ErrorKind.InvalidArgument)
    { Target = given };
}
