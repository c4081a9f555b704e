using System.Text.RegularExpressions;

namespace PatientTools.Build;

/// <summary>
/// The prose of a help page: what people write. The page is PlatyPS markdown (schema 2024-05-01), whose SYNTAX section
/// and parameter metadata are written by <see cref="HelpPageWriter"/> from the compiled cmdlet and are not read back.
/// </summary>
public sealed partial class HelpPage
{
    private HelpPage(IReadOnlyDictionary<string, string> frontMatter, IReadOnlyDictionary<string, string> sections)
    {
        FrontMatter = frontMatter;
        Sections = sections;
        Parameters = Split(Section("PARAMETERS"), "### -").ToDictionary(
            part => part.Title.Trim(), part => new ParameterProse(part.Body), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The lines <c>key: value</c> between the two rules at the top.</summary>
    public IReadOnlyDictionary<string, string> FrontMatter { get; }

    /// <summary>The markdown under each second-level heading.</summary>
    public IReadOnlyDictionary<string, string> Sections { get; }

    /// <summary>What is said about each parameter.</summary>
    public IReadOnlyDictionary<string, ParameterProse> Parameters { get; }

    /// <summary>The examples: title and markdown.</summary>
    public IEnumerable<(string Title, string Body)> Examples => Split(Section("EXAMPLES"), "### ");

    /// <summary>What the first example has to be typed.</summary>
    public string FirstExampleCode => Examples.Select(example => PlainText.FirstCode(example.Body)).FirstOrDefault(string.Empty);

    /// <summary>A section's markdown, empty where the page has none.</summary>
    public string Section(string name) => Sections.GetValueOrDefault(name, "");

    /// <summary>Parts of a section such as INPUTS, whose third-level headings are types.</summary>
    public IEnumerable<(string Title, string Body)> Parts(string section) => Split(Section(section), "### ");

    /// <summary>Reads a page.</summary>
    public static HelpPage Parse(string markdown)
    {
        var text = markdown.ReplaceLineEndings("\n");
        var front = FrontMatterBlock().Match(text);
        var fields = front.Groups["lines"].Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var sections = Split(text[front.Length..], "## ")
            .ToDictionary(part => part.Title.Trim(), part => part.Body, StringComparer.Ordinal);
        return new(fields, sections);
    }

    /// <summary>The parts of a text that begin with a heading; fenced code is no heading, whatever it starts with.</summary>
    private static List<(string Title, string Body)> Split(string text, string heading)
    {
        List<(string Title, List<string> Lines)> parts = [];
        var fenced = false;
        foreach (var line in text.Split('\n'))
        {
            fenced ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!fenced && line.StartsWith(heading, StringComparison.Ordinal))
                parts.Add((line[heading.Length..], []));
            else if (parts.Count > 0 && !(heading == "### -" && line.StartsWith("### ", StringComparison.Ordinal)))
                parts[^1].Lines.Add(line);
        }

        return [.. parts.Select(part => (part.Title, string.Join('\n', part.Lines).Trim('\n', ' ')))];
    }

    [GeneratedRegex(@"\A---\n(?<lines>.*?)\n---\n", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FrontMatterBlock();
}

/// <summary>A parameter's description, and the default that only its author knows.</summary>
public sealed partial class ParameterProse
{
    internal ParameterProse(string body)
    {
        var yaml = Yaml().Match(body);
        Description = (yaml.Success ? body[..yaml.Index] : body).Trim();
        DefaultValue = Default().Match(yaml.Value) is { Success: true } found ? found.Groups["value"].Value.Trim() : "''";
    }

    /// <summary>The markdown of the description.</summary>
    public string Description { get; }

    /// <summary>The YAML scalar of <c>DefaultValue</c>.</summary>
    public string DefaultValue { get; }

    [GeneratedRegex(@"^```yaml\n.*?^```", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"^DefaultValue:(?<value>.*)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Default();
}
