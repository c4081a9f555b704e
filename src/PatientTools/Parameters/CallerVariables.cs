using System.Collections;
using System.Management.Automation;
using PatientTools.Search.Language;

namespace PatientTools.Parameters;

/// <summary>
/// The variables of the scope that calls a cmdlet, for filters: read, never run. Members are note properties, .NET
/// properties and keys of dictionaries; what runs a script or a method to answer is as if it were not there.
/// </summary>
/// <param name="variables">The caller's variables.</param>
internal sealed class CallerVariables(PSVariableIntrinsics variables) : IFilterVariables
{
    private const int LongestAliasChain = 8;
    private static readonly string[] Scopes = ["global", "local", "script", "private", "env"];

    /// <inheritdoc/>
    public bool TryGet(string name, out object? value)
    {
        value = null;
        if (name.Split(':') is [var scope, _] && !Scopes.Contains(scope, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        if (name.StartsWith("env:", StringComparison.OrdinalIgnoreCase))
        {
            value = Environment.GetEnvironmentVariable(name[4..]);
            return value is not null;
        }

        var variable = variables.Get(name);
        value = Plain(variable?.Value);
        return variable is not null;
    }

    /// <inheritdoc/>
    public bool TryGetMember(object owner, string name, out object? value)
    {
        value = null;
        if (Base(owner) is IDictionary map)
        {
            var key = map.Keys.OfType<string>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
            value = key is null ? null : Plain(map[key]);
            return key is not null;
        }

        var property = PropertyOf(PSObject.AsPSObject(owner), name);
        value = Plain(property?.Value);
        return property is not null;
    }

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

    /// <summary>Wrappings off, also of the values of a list.</summary>
    private static object? Plain(object? value) => Base(value) switch
    {
        IEnumerable list and not (string or IDictionary) when !list.GetType().Assembly.IsDynamic => list.Cast<object?>().Select(Base).ToArray(),
        var plain => plain,
    };
}
