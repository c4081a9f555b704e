using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;
using Markdig.Syntax;

namespace PatientTools.Build;

/// <summary>
/// The XML that <c>Get-Help</c> reads: prose from the pages, syntax and parameter facts from the compiled cmdlets.
/// </summary>
internal static class Maml
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Write(IEnumerable<(CmdletInfo Cmdlet, HelpPage Page)> pages)
    {
        var root = new XElement(Msh + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Text),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            pages.Select(each => Item(each.Cmdlet, each.Page)));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static XElement Item(CmdletInfo cmdlet, HelpPage page) =>
        new(Command + "command",
            new XElement(Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                new XElement(Text + "description", Paragraphs(page.Section("SYNOPSIS")))),
            new XElement(Text + "description", Paragraphs(page.Section("DESCRIPTION"))),
            new XElement(Command + "syntax", cmdlet.ParameterSets.Select(set =>
                new XElement(Command + "syntaxItem",
                    new XElement(Text + "name", cmdlet.Name),
                    InSyntaxOrder(set).Select(parameter => Parameter(parameter, page, brief: true))))),
            new XElement(Command + "parameters",
                cmdlet.OwnParameters().Select(sets => Parameter(sets.First().Parameter, page, brief: false))),
            new XElement(Command + "inputTypes", Types(page, "INPUTS", "inputType")),
            new XElement(Command + "returnValues", Types(page, "OUTPUTS", "returnValue")),
            page.Section("NOTES") is { Length: > 0 } notes
                ? new XElement(Text + "alertSet", new XElement(Text + "alert", Paragraphs(notes)))
                : null,
            new XElement(Command + "examples", page.Examples.Select(each => Example(each.Title, each.Body))),
            new XElement(Command + "relatedLinks", Links(page)));

    /// <summary>By position first, then required ones, then by name, as the engine writes a syntax.</summary>
    private static IEnumerable<CommandParameterInfo> InSyntaxOrder(CommandParameterSetInfo set) =>
        from parameter in set.OwnParameters()
        orderby parameter.Position < 0 ? int.MaxValue : parameter.Position, !parameter.IsMandatory
        select parameter;

    private static XElement Parameter(CommandParameterInfo parameter, HelpPage page, bool brief)
    {
        var prose = page.Parameters.GetValueOrDefault(parameter.Name);
        var isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        var type = CmdletAssembly.ShortName(parameter.ParameterType);
        var accepted = brief ? CmdletAssembly.AcceptedValues(parameter) : [];
        return new(Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("variableLength", parameter.ParameterType.IsArray),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
            new XAttribute("pipelineInput", PipelineInput(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Text + "name", parameter.Name),
            new XElement(Text + "description", Paragraphs(prose?.Description ?? "")),
            accepted.Count == 0
                ? null
                : new XElement(Command + "parameterValueGroup", accepted.Select(value =>
                    new XElement(Command + "parameterValue",
                        new XAttribute("required", false), new XAttribute("variableLength", false), value))),
            isSwitch
                ? null
                : new XElement(Command + "parameterValue",
                    new XAttribute("required", true), new XAttribute("variableLength", parameter.ParameterType.IsArray), type),
            new XElement(Dev + "type", new XElement(Text + "name", type), new XElement(Text + "uri")),
            new XElement(Dev + "defaultValue", prose?.DefaultValue.Trim('\'') is { Length: > 0 } value ? value : isSwitch ? "False" : "None"));
    }

    private static string PipelineInput(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static IEnumerable<XElement> Types(HelpPage page, string section, string element) => page.Parts(section).Select(part =>
        new XElement(Command + element,
            new XElement(Dev + "type", new XElement(Text + "name", part.Title), new XElement(Text + "uri")),
            new XElement(Text + "description", Paragraphs(part.Body))));

    /// <summary>The first code block is what to type; what stands before and after it explains.</summary>
    private static XElement Example(string title, string body)
    {
        var blocks = PlainText.Read(body).ToList();
        var code = blocks.OfType<FencedCodeBlock>().FirstOrDefault();
        return new(Command + "example",
            new XElement(Text + "title", $"--- {PlainText.Of(PlainText.Read(title)[0])} ---"),
            new XElement(Dev + "code", code is null ? "" : PlainText.Code(code)),
            new XElement(Dev + "remarks", blocks.Where(block => block != code).Select(PlainText.Of).Select(Paragraph)));
    }

    private static IEnumerable<XElement> Links(HelpPage page)
    {
        foreach (var link in PlainText.Read(page.Section("RELATED LINKS")).Descendants<Markdig.Syntax.Inlines.LinkInline>())
        {
            var outside = link.Url?.Contains("://", StringComparison.Ordinal) == true;
            var text = string.Concat(link.Descendants<Markdig.Syntax.Inlines.LiteralInline>().Select(literal => literal.Content.ToString()));
            yield return new(Text + "navigationLink",
                new XElement(Text + "linkText", text), new XElement(Text + "uri", outside ? link.Url : ""));
        }
    }

    private static IEnumerable<XElement> Paragraphs(string markdown) => PlainText.Paragraphs(markdown).Select(Paragraph);

    private static XElement Paragraph(string text) => new(Text + "para", text);
}
