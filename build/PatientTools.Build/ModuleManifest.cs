using System.Text.RegularExpressions;

namespace PatientTools.Build;

/// <summary>
/// The manifest: <c>module/PatientTools.psd1</c> with the version and the exported cmdlets filled in, which both have
/// their one home elsewhere (<c>Directory.Build.props</c>, the cmdlets themselves).
/// </summary>
internal static partial class ModuleManifest
{
    public static string Write(string template, string version, IEnumerable<string> cmdlets)
    {
        var text = Fill(template.ReplaceLineEndings("\n"), ModuleVersion(), $"ModuleVersion = '{version}'");
        var names = string.Join(",\n", cmdlets.Select(name => $"        '{name}'"));
        return Fill(text, CmdletsToExport(), names.Length == 0 ? "CmdletsToExport = @()" : $"CmdletsToExport = @(\n{names}\n    )");
    }

    private static string Fill(string text, Regex place, string value) => place.Count(text) == 1
        ? place.Replace(text, value.Replace("$", "$$", StringComparison.Ordinal))
        : throw new BuildException($"module/PatientTools.psd1 must have one line `{place}`.");

    [GeneratedRegex(@"ModuleVersion = '0\.0\.0'", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModuleVersion();

    [GeneratedRegex(@"CmdletsToExport = @\(\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CmdletsToExport();
}
