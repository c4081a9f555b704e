using System.Collections;
using System.Management.Automation;
using PatientTools.Search.Filter;

namespace PatientTools.Parameters;

/// <summary>
/// The variables of the scope that calls a cmdlet, for filters: read, never run. Members are note properties, .NET
/// properties and keys of dictionaries; what runs a script or a method to answer is as if it were not there.
/// </summary>
/// <param name="variables">The caller's variables.</param>
internal sealed class CallerVariables(PSVariableIntrinsics variables) : IFilterVariables
{
    private const int LongestAliasChain = 8;
    private static readonly string[] Scopes = ["", "global", "local", "script", "private"];

    /// <inheritdoc/>
    public bool TryGet(string name, IReadOnlyList<string> members, out object? value)
    {
        var found = TryGetVariable(name, out value);
        for (var i = 0; found && i < members.Count; i++)
        {
            found = TryGetMember(value, members[i], out value);
        }

        value = Plain(value);
        return found;
    }

    private bool TryGetVariable(string name, out object? value)
    {
        var (scope, rest) = name.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? (name[..colon], name[(colon + 1)..]) : ("", name);
        var known = Scopes.Contains(scope, StringComparer.OrdinalIgnoreCase) ? variables.Get(name) : null;
        value = scope.Equals("env", StringComparison.OrdinalIgnoreCase) ? Environment.GetEnvironmentVariable(rest) : known?.Value;
        return known is not null || value is not null;
    }

    private static bool TryGetMember(object? owner, string name, out object? value)
    {
        value = null;
        if (owner is null)
        {
            return false;
        }

        if (Base(owner) is IDictionary map && IsStored(map) && KeyOf(map, name) is { } key)
        {
            value = map[key];
            return true;
        }

        try
        {
            var property = PropertyOf(PSObject.AsPSObject(owner), name);
            value = property?.Value;
            return property is not null;
        }
        catch (GetValueException)
        {
            // A property of .NET that has no value now, such as the exit code of a process that runs.
            return false;
        }
    }

    private static string? KeyOf(IDictionary map, string name) =>
        map.Keys.OfType<string>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>An alias may lead to a property, and so may <c>$list.Count</c>; what it leads to has to be read, too.</summary>
    private static PSPropertyInfo? PropertyOf(PSObject owner, string name)
    {
        var property = owner.Properties[name];
        for (var i = 0; i < LongestAliasChain && property is PSAliasProperty alias; i++)
        {
            property = owner.Properties[alias.ReferencedMemberName];
        }

        return property is PSNoteProperty or PSProperty ? property : null;
    }

    private static object? Base(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>Wrappings off, also of the values of a list. What computes its values stays wrapped, as nothing that can be compared.</summary>
    private static object? Plain(object? value) => Base(value) switch
    {
        IEnumerable list and not (string or IDictionary) => IsStored(list) ? list.Cast<object?>().Select(Base).ToArray() : PSObject.AsPSObject(list),
        var plain => plain,
    };

    /// <summary>
    /// Whether going through values runs nothing: a query computes each of them, and so may a class of a script. What LINQ
    /// computes has the generic interface of collections, too.
    /// </summary>
    private static bool IsStored(IEnumerable values)
    {
        var type = values.GetType();
        return !type.Assembly.IsDynamic
            && (values is ICollection || Array.Exists(type.GetInterfaces(), face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ISet<>)));
    }
}
