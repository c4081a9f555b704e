using System.Globalization;
using System.Management.Automation;

namespace PatientTools.Build;

/// <summary>The folders of help pages, one per culture: <c>docs/en-US</c>, <c>docs/de-DE</c>.</summary>
/// <param name="cmdlets">The compiled cmdlets.</param>
/// <param name="docs">The folder that holds the culture folders.</param>
public sealed class HelpPages(IReadOnlyList<CmdletInfo> cmdlets, string docs)
{
    /// <summary>The culture every cmdlet must have a page in.</summary>
    public const string MainCulture = "en-US";

    internal static HelpPages From(Arguments arguments) =>
        new(CmdletAssembly.Load(arguments.Require("cmdlets")), arguments.Require("docs"));

    /// <summary>The cultures there are pages in.</summary>
    public IEnumerable<string> Cultures => Directory.Exists(docs)
        ? Directory.EnumerateDirectories(docs)
            .Select(folder => Path.GetFileName(folder))
            .Where(name => name.Length == 5 && name[2] == '-')
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>Writes a skeleton for each cmdlet named (all, if none is) that has no page yet.</summary>
    public int AddMissing(IEnumerable<string> names)
    {
        foreach (var cmdlet in Select(names).Where(cmdlet => !File.Exists(PathOf(cmdlet.Name, MainCulture))))
        {
            Directory.CreateDirectory(Path.Combine(docs, MainCulture));
            Write(PathOf(cmdlet.Name, MainCulture), HelpPageWriter.Write(cmdlet, page: null, MainCulture, Today));
        }

        return 0;
    }

    /// <summary>Brings syntax and parameter metadata of the named cmdlets' pages (all, if none is named) up to date.</summary>
    public int Update(IEnumerable<string> names)
    {
        foreach (var cmdlet in Select(names))
            foreach (var culture in Cultures.Where(culture => File.Exists(PathOf(cmdlet.Name, culture))))
            {
                var (before, after) = Refresh(cmdlet, culture, date: null);
                if (before != after)
                    Write(PathOf(cmdlet.Name, culture), Refresh(cmdlet, culture, Today).After);
            }

        if (Permissions.Refresh() is var (old, tables) && old != tables)
            Write(AccessPage, tables);
        return 0;
    }

    /// <summary>Says what is wrong with the pages; the exit code is 1 if anything is.</summary>
    public int Check()
    {
        var findings = Findings().ToList();
        findings.ForEach(Console.Error.WriteLine);
        return findings.Count == 0 ? 0 : 1;
    }

    /// <summary>Cmdlets without a page, pages without a cmdlet, pages out of step, and places nobody has written in.</summary>
    public IEnumerable<string> Findings()
    {
        foreach (var cmdlet in cmdlets.Where(cmdlet => !File.Exists(PathOf(cmdlet.Name, MainCulture))))
            yield return $"{cmdlet.Name} has no page: run `help new`.";

        if (Permissions.Refresh() is var (old, tables) && old != tables)
            yield return $"{Path.GetFileName(AccessPage)} is out of step with the permissions: run `help update`.";

        foreach (var culture in Cultures)
            foreach (var path in Directory.EnumerateFiles(Path.Combine(docs, culture), "*-*.md"))
            {
                var name = Path.GetFileNameWithoutExtension(path);
                var cmdlet = cmdlets.FirstOrDefault(each => each.Name == name);
                if (cmdlet is null)
                    yield return $"{culture}/{name}.md describes no cmdlet.";
                else if (Refresh(cmdlet, culture, date: null) is var (before, after) && before != after)
                    yield return $"{culture}/{name}.md is out of step with the cmdlet: run `help update`.";
                else if (before.Contains("{{", StringComparison.Ordinal))
                    yield return $"{culture}/{name}.md has places that nobody has written in.";
            }
    }

    /// <summary>The MAML of one culture, for the cmdlets that have a page in it; null if none has.</summary>
    internal string? ToMaml(string culture)
    {
        var pages = cmdlets
            .Where(cmdlet => File.Exists(PathOf(cmdlet.Name, culture)))
            .Select(cmdlet => (cmdlet, HelpPage.Parse(File.ReadAllText(PathOf(cmdlet.Name, culture)))))
            .ToList();
        return pages.Count == 0 ? null : Maml.Write(pages);
    }

    private string AccessPage => Path.Combine(docs, "about_PatientAccess.md");

    private PermissionTables Permissions => new(cmdlets, AccessPage);

    private static string Today => DateTime.UtcNow.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    private IEnumerable<CmdletInfo> Select(IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return cmdlets.Where(cmdlet => wanted.Count == 0 || wanted.Contains(cmdlet.Name));
    }

    private (string Before, string After) Refresh(CmdletInfo cmdlet, string culture, string? date)
    {
        var before = File.ReadAllText(PathOf(cmdlet.Name, culture)).ReplaceLineEndings("\n");
        var page = HelpPage.Parse(before);
        return (before, HelpPageWriter.Write(cmdlet, page, culture, date ?? page.FrontMatter.GetValueOrDefault("ms.date", "")));
    }

    private string PathOf(string cmdlet, string culture) => Path.Combine(docs, culture, cmdlet + ".md");

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        Console.WriteLine(path);
    }
}
