using System.Management.Automation;
using System.Management.Automation.Language;
using PatientTools.Build;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Module;

public sealed class HelpTests
{
    private static readonly IReadOnlyList<CmdletInfo> Cmdlets = CmdletAssembly.Load(Path.Combine(Places.ModuleFolder, "PatientTools.dll"));
    private static readonly string Docs = Path.Combine(Places.RepositoryRoot, "docs");
    private static readonly IReadOnlyList<CmdletInfo> Described = [.. Cmdlets.Where(cmdlet => File.Exists(PageOf(cmdlet)))];

    [Fact]
    public void Every_cmdlet_has_a_page_that_is_written_and_in_step_with_it() =>
        Assert.Empty(new HelpPages(Cmdlets, Docs).Findings());

    [Fact]
    public void The_first_example_of_each_page_is_valid_PowerShell_and_uses_the_cmdlet()
    {
        foreach (var cmdlet in Described)
        {
            var code = HelpPage.Parse(File.ReadAllText(PageOf(cmdlet))).FirstExampleCode;
            var script = Parser.ParseInput(code, out _, out var errors);
            var names = script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Select(node => ((CommandAst)node).GetCommandName());
            Assert.Empty(errors);
            Assert.Contains(cmdlet.Name, names, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Get_Help_shows_the_page()
    {
        using var shell = HostedShell.Start();
        foreach (var cmdlet in Described)
        {
            shell.Set("name", cmdlet.Name);
            var help = Assert.Single(shell.Run("Get-Help $name -Full").Succeeded().Output);
            Assert.Contains("MamlCommandHelpInfo#FullView", help.TypeNames);
            Assert.NotEmpty($"{help.Properties["Synopsis"].Value}".Trim());
            Assert.Equal(cmdlet.OwnParameters().Count(), Parameters(help));
        }

        static int Parameters(PSObject help) => help.Properties["parameters"].Value is PSObject all && all.Properties["parameter"] is { } list
            ? list.Value is Array many ? many.Length : 1
            : 0;
    }

    private static string PageOf(CmdletInfo cmdlet) => Path.Combine(Docs, HelpPages.MainCulture, cmdlet.Name + ".md");
}
