using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using PatientTools.Interchange;
using PatientTools.Patients;

namespace PatientTools.Parameters;

/// <summary>Takes PowerShell's wrappings off values: custom objects become dictionaries, everything else what it is inside.</summary>
internal static class PlainValues
{
    /// <summary>A patient document of a hashtable or an object with FHIR's members.</summary>
    /// <exception cref="PatientToolsException"><c>InvalidDocument</c> when it has no members; as <see cref="PatientItemBuilder"/>.</exception>
    public static PatientDocument ToDocument(object given)
    {
        if (Of(given) is not OrderedDictionary members)
        {
            throw new PatientToolsException("InvalidDocument", "A patient document is a hashtable or an object with FHIR's members, such as ConvertFrom-Json returns. Text goes to -Json.", ErrorKind.InvalidArgument);
        }

        if (!members.Contains("resourceType"))
        {
            members = Members(members.Keys.Cast<object>().Select(key => (key, members[key])).Prepend(("resourceType", "Patient")), 0);
        }

        return PatientItemBuilder.FromDictionary(members).Document;
    }

    /// <summary>The plain value of a value.</summary>
    public static object? Of(object? value, int depth = 0) => value switch
    {
        // What nests deeper, or holds itself, is refused by whoever takes it.
        _ when depth > JsonText.MaxDepth => value,
        PSObject { BaseObject: PSCustomObject } custom => Members(custom.Properties.Select(property => ((object)property.Name, (object?)property.Value)), depth),
        PSObject wrapped => Of(wrapped.BaseObject, depth),
        IDictionary map => Members(map.Keys.Cast<object>().Select(key => (key, map[key])), depth),
        string => value,
        IList list => list.Cast<object?>().Select(item => Of(item, depth + 1)).ToArray(),
        _ => value,
    };

    private static OrderedDictionary Members(IEnumerable<(object Name, object? Value)> members, int depth)
    {
        var plain = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            plain[name] = Of(value, depth + 1);
        }

        return plain;
    }
}
