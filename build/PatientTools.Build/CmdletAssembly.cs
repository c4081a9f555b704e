using System.Management.Automation;
using System.Reflection;

namespace PatientTools.Build;

/// <summary>
/// The compiled cmdlets as the engine itself sees them: names, parameter sets, output types. Everything that is said
/// about a cmdlet in the manifest and in the help comes from here, so that no list is kept twice.
/// </summary>
public static class CmdletAssembly
{
    /// <summary>Reads every cmdlet of the assembly at <paramref name="path"/>, ordered by name.</summary>
    public static IReadOnlyList<CmdletInfo> Load(string path)
    {
        var assembly = Assembly.LoadFrom(Path.GetFullPath(path));
        return
        [
            .. assembly.GetExportedTypes()
                .Where(type => !type.IsAbstract && type.IsDefined(typeof(CmdletAttribute), inherit: false))
                .Select(type => (type, name: type.GetCustomAttribute<CmdletAttribute>()!))
                .Select(each => new CmdletInfo($"{each.name.VerbName}-{each.name.NounName}", each.type))
                .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The parameters that need a description: all but those every cmdlet has. <c>-WhatIf</c>, <c>-Confirm</c> and the
    /// paging parameters belong to the cmdlet.
    /// </summary>
    public static IEnumerable<CommandParameterInfo> OwnParameters(this CommandParameterSetInfo set) =>
        set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    /// <summary>The parameters of all sets, each once, by name.</summary>
    public static IEnumerable<IGrouping<string, (CommandParameterSetInfo Set, CommandParameterInfo Parameter)>> OwnParameters(
        this CmdletInfo cmdlet) =>
        cmdlet.ParameterSets
            .SelectMany(set => set.OwnParameters().Select(parameter => (Set: set, Parameter: parameter)))
            .GroupBy(each => each.Parameter.Name, StringComparer.Ordinal)
            .OrderBy(sets => sets.Key, StringComparer.Ordinal);

    /// <summary>A type with its namespace; a value that may be left out is named as if it could not.</summary>
    public static string FullName(Type type) => (Nullable.GetUnderlyingType(type) ?? type).ToString();

    /// <summary>What a person writes for a type: <c>string</c>, <c>int</c>, <c>Patient[]</c>.</summary>
    public static string ShortName(Type type)
    {
        if (type.IsArray)
            return ShortName(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return ShortName(value);
        if (type == typeof(SwitchParameter))
            return "switch";
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.String => "string",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.UInt64 => "ulong",
            TypeCode.Boolean => "bool",
            TypeCode.Double => "double",
            _ => type.Name,
        };
    }

    /// <summary>The values a parameter is limited to: an enumeration's names or those of a <c>ValidateSet</c>.</summary>
    public static IReadOnlyList<string> AcceptedValues(CommandParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        type = type.IsArray ? type.GetElementType()! : type;
        var set = parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault();
        return set is not null ? [.. set.ValidValues] : type.IsEnum ? Enum.GetNames(type) : [];
    }
}
