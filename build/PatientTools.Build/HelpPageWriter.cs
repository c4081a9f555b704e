using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace PatientTools.Build;

/// <summary>
/// Writes a help page: the prose of an existing one (or a place to write it), with the syntax and the parameter
/// metadata of the compiled cmdlet.
/// </summary>
public static class HelpPageWriter
{
    private const int Width = 100;

    /// <summary>What stands where nobody has written yet.</summary>
    public const string Unwritten = "{{ Write here }}";

    private static readonly Dictionary<string, string> Standard = new(StringComparer.OrdinalIgnoreCase)
    {
        ["WhatIf"] = "Shows what would happen. Nothing is changed.",
        ["Confirm"] = "Asks before each change.",
        ["First"] = "Writes at most this many objects.",
        ["Skip"] = "Leaves out this many objects before the first one written.",
        ["IncludeTotalCount"] = "Writes the exact number of all objects found before the objects themselves.",
    };

    /// <summary>The whole page.</summary>
    /// <param name="cmdlet">The compiled cmdlet.</param>
    /// <param name="page">The page so far, or null for a new one.</param>
    /// <param name="culture">The culture the page is written in.</param>
    /// <param name="date">The date of the last change, as <c>MM/dd/yyyy</c>.</param>
    public static string Write(CmdletInfo cmdlet, HelpPage? page, string culture, string date)
    {
        var text = new StringBuilder();
        text.Append($"""
            ---
            document type: cmdlet
            external help file: PatientTools.dll-Help.xml
            HelpUri: {page?.FrontMatter.GetValueOrDefault("HelpUri", "")}
            Locale: {culture}
            Module Name: PatientTools
            ms.date: {date}
            PlatyPS schema version: 2024-05-01
            title: {cmdlet.Name}
            ---

            # {cmdlet.Name}

            """.ReplaceLineEndings("\n").Replace(": \n", ":\n", StringComparison.Ordinal));
        Section("SYNOPSIS", Prose(page?.Section("SYNOPSIS")));
        Section("SYNTAX", Syntax(cmdlet));
        Section("ALIASES", page?.Section("ALIASES") ?? "");
        Section("DESCRIPTION", Prose(page?.Section("DESCRIPTION")));
        Section("EXAMPLES", page?.Section("EXAMPLES") is { Length: > 0 } examples ? examples : NewExample(cmdlet));
        Section("PARAMETERS", string.Join("\n\n", Parameters(cmdlet, page)));
        Section("INPUTS", page?.Section("INPUTS") is { Length: > 0 } inputs ? inputs : Inputs(cmdlet));
        Section("OUTPUTS", page?.Section("OUTPUTS") is { Length: > 0 } outputs ? outputs : Outputs(cmdlet));
        Section("NOTES", page?.Section("NOTES") ?? "");
        Section("RELATED LINKS", page?.Section("RELATED LINKS") ?? "");
        return text.ToString();

        void Section(string title, string body)
        {
            text.Append("\n## ").Append(title).Append('\n');
            if (body.Length > 0)
                text.Append('\n').Append(body.Trim('\n')).Append('\n');
        }
    }

    private static string Prose(string? written) => written is { Length: > 0 } ? written : Unwritten;

    private static string Syntax(CmdletInfo cmdlet) => string.Join("\n\n", cmdlet.ParameterSets.Select(set =>
    {
        var name = set.Name == ParameterAttribute.AllParameterSets ? "(All)" : set.Name;
        var heading = cmdlet.ParameterSets.Count > 1 && set.IsDefault ? name + " (Default)" : name;
        return $"### {heading}\n\n```\n{Wrap($"{cmdlet.Name} {set}")}\n```";
    }));

    /// <summary>Breaks between parameters; a parameter and its value stay together.</summary>
    private static string Wrap(string syntax)
    {
        var lines = new StringBuilder();
        var length = 0;
        foreach (var part in syntax.Replace(" [", "\n[", StringComparison.Ordinal).Replace(" -", "\n-", StringComparison.Ordinal)
            .Replace("[\n", "[", StringComparison.Ordinal).Split('\n'))
        {
            if (length > 0 && length + 1 + part.Length > Width)
            {
                lines.Append('\n');
                length = 0;
            }

            if (lines.Length > 0)
            {
                lines.Append(' ');
                length++;
            }

            lines.Append(part);
            length += part.Length;
        }

        return lines.ToString();
    }

    private static string NewExample(CmdletInfo cmdlet) =>
        $"### Example 1: {Unwritten}\n\n```powershell\n{cmdlet.Name}\n```\n\n{Unwritten}";

    private static IEnumerable<string> Parameters(CmdletInfo cmdlet, HelpPage? page)
    {
        foreach (var parameter in cmdlet.OwnParameters())
        {
            var prose = page?.Parameters.GetValueOrDefault(parameter.Key);
            var description = prose?.Description is { Length: > 0 } written
                ? written
                : Standard.GetValueOrDefault(parameter.Key, Unwritten);
            yield return $"### -{parameter.Key}\n\n{description}\n\n```yaml\n{Metadata(parameter, cmdlet, prose)}```";
        }

        yield return """
            ### CommonParameters

            This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
            -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
            -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
            [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
            """.ReplaceLineEndings("\n");
    }

    private static string Metadata(
        IGrouping<string, (CommandParameterSetInfo Set, CommandParameterInfo Parameter)> sets, CmdletInfo cmdlet, ParameterProse? prose)
    {
        var first = sets.First().Parameter;
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"Type: {CmdletAssembly.FullName(first.ParameterType)}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"DefaultValue: {prose?.DefaultValue ?? "''"}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"SupportsWildcards: {Yes(first.Attributes.OfType<SupportsWildcardsAttribute>().Any())}\n");
        List("Aliases", first.Aliases);
        yaml.Append("ParameterSets:\n");
        var everywhere = sets.Count() == cmdlet.ParameterSets.Count && sets.Select(each => Place(each.Parameter)).Distinct().Count() == 1;
        foreach (var (set, parameter) in everywhere ? sets.Take(1) : sets)
        {
            var place = Place(parameter);
            yaml.Append($"""
                - Name: {(everywhere ? "(All)" : set.Name)}
                  Position: {(place.Position < 0 ? "Named" : place.Position)}
                  IsRequired: {Yes(place.Required)}
                  ValueFromPipeline: {Yes(place.ByValue)}
                  ValueFromPipelineByPropertyName: {Yes(place.ByName)}
                  ValueFromRemainingArguments: {Yes(place.Remaining)}

                """.ReplaceLineEndings("\n"));
        }

        yaml.Append("DontShow: false\n");
        List("AcceptedValues", CmdletAssembly.AcceptedValues(first));
        yaml.Append(CultureInfo.InvariantCulture, $"HelpMessage: '{first.HelpMessage?.Replace("'", "''", StringComparison.Ordinal)}'\n");
        return yaml.ToString();

        void List(string key, IReadOnlyCollection<string> values) =>
            yaml.Append(key).Append(values.Count == 0 ? ": []\n" : $":\n{string.Concat(values.Select(value => $"- {value}\n"))}");
    }

    private static (int Position, bool Required, bool ByValue, bool ByName, bool Remaining) Place(CommandParameterInfo parameter) =>
        (parameter.Position, parameter.IsMandatory, parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName,
            parameter.ValueFromRemainingArguments);

    private static string Yes(bool value) => value ? "true" : "false";

    private static string Inputs(CmdletInfo cmdlet)
    {
        var types = cmdlet.OwnParameters().SelectMany(sets => sets)
            .Where(each => each.Parameter.ValueFromPipeline)
            .Select(each => CmdletAssembly.FullName(each.Parameter.ParameterType))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return types.Count == 0
            ? "### None\n\nThis cmdlet takes nothing from the pipeline."
            : string.Join("\n\n", types.Select(type => $"### {type}\n\n{Unwritten}"));
    }

    private static string Outputs(CmdletInfo cmdlet) => cmdlet.OutputType.Count == 0
        ? "### None\n\nThis cmdlet writes no object."
        : string.Join("\n\n", cmdlet.OutputType.Select(type => $"### {type.Name}\n\n{Unwritten}"));
}
