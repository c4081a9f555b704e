using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace PatientTools.Shell;

/// <summary>
/// The arguments of <c>-File</c> as source text of a call, bound as <c>pwsh</c> binds them: a word with a dash is a
/// parameter's name, <c>-Name:$false</c> a truth value, everything else a string that is never evaluated.
/// </summary>
internal static partial class ScriptArguments
{
    public static string ToSource(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(ToSource));

    private static string ToSource(string argument)
    {
        var name = ParameterName().Match(argument);
        if (!name.Success)
            return Quote(argument);
        var value = argument[name.Length..];
        return value.Length == 0 ? name.Value : name.Value + (Truth(value) ?? Quote(value));
    }

    private static string? Truth(string value) => bool.TryParse(value.TrimStart('$'), out var truth) ? truth ? "$true" : "$false" : null;

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"^-[\p{L}_][\w]*(:|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}
