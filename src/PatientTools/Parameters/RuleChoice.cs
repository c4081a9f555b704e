using System.Collections;
using System.Management.Automation;
using PatientTools.Commands;
using PatientTools.Validation;
using PatientTools.Validation.Own;

namespace PatientTools.Parameters;

/// <summary>Makes a set of rules of the parameters that choose some.</summary>
internal static class RuleChoice
{
    /// <summary>The rules that were chosen.</summary>
    /// <param name="cmdlet">Whose location paths are relative to.</param>
    /// <param name="rules">Ids of the rules to check; null for all.</param>
    /// <param name="excluded">Ids of rules not to check.</param>
    /// <param name="severities">Ids, with how bad what these rules find is.</param>
    /// <param name="files">Files of rules of one's own.</param>
    /// <exception cref="PatientToolsException"><c>InvalidSeverity</c>; as <see cref="RuleSet.Choose"/> and <see cref="OwnRules.Read"/>.</exception>
    public static RuleSet Of(PSCmdlet cmdlet, string[]? rules, string[] excluded, IDictionary? severities, string[] files) =>
        RuleSet.Choose(rules, excluded, Severities(severities), Own(cmdlet, files));

    /// <summary>The rules of files; of a file that several patterns match once.</summary>
    /// <exception cref="PatientToolsException">As <see cref="FilePaths.Expand"/> and <see cref="OwnRules.Read"/>.</exception>
    public static IReadOnlyList<PatientRule> Own(PSCmdlet cmdlet, string[] files) =>
        [.. files.SelectMany(file => FilePaths.Expand(cmdlet, file)).Distinct(StringComparer.Ordinal).SelectMany(OwnRules.Read)];

    /// <summary>How bad something is, by its name.</summary>
    /// <exception cref="PatientToolsException"><c>InvalidSeverity</c>.</exception>
    public static IssueSeverity Severity(object? given)
    {
        var plain = given is PSObject wrapped ? wrapped.BaseObject : given;
        return plain is IssueSeverity severity ? severity
            : plain is string text && Enum.TryParse<IssueSeverity>(text, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsAsciiDigit(text.TrimStart()[0]) ? named
            : throw new PatientToolsException("InvalidSeverity", $"'{plain}' is not a severity. There are: {string.Join(", ", Enum.GetNames<IssueSeverity>())}.", ErrorKind.InvalidArgument) { Target = plain };
    }

    /// <summary>A hashtable has no order, so what names one rule wins over wildcards.</summary>
    private static KeyValuePair<string, IssueSeverity>[] Severities(IDictionary? given) =>
        [.. from entry in (given ?? new Hashtable()).Cast<DictionaryEntry>()
            let id = $"{entry.Key}"
            orderby WildcardPattern.ContainsWildcardCharacters(id) descending
            select KeyValuePair.Create(id, Severity(entry.Value))];
}
