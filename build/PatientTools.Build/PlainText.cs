using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PatientTools.Build;

/// <summary>
/// Markdown as a console shows it: emphasis is dropped, code keeps its backticks, an outside link keeps its address.
/// </summary>
internal static class PlainText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();

    /// <summary>Reads markdown with the extensions the pages use.</summary>
    public static MarkdownDocument Read(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>One text per block; those of several lines (lists, code, tables) keep their line breaks.</summary>
    public static IEnumerable<string> Paragraphs(string markdown) => Read(markdown).Select(Of).Where(text => text.Length > 0);

    /// <summary>The first fenced code of a text, as it stands; empty where there is none.</summary>
    public static string FirstCode(string markdown) => Read(markdown).OfType<FencedCodeBlock>().Select(Code).FirstOrDefault("");

    /// <summary>The lines of a code block.</summary>
    public static string Code(CodeBlock block) => string.Join('\n', block.Lines.Lines.Take(block.Lines.Count));

    /// <summary>The text of one block.</summary>
    public static string Of(Block block) => block switch
    {
        HeadingBlock heading => Of(heading.Inline),
        ParagraphBlock paragraph => Of(paragraph.Inline),
        CodeBlock code => Indent(Code(code), "    ", "    "),
        ListBlock list => string.Join('\n', list.OfType<ListItemBlock>().Select((item, index) => Of(item, list.IsOrdered ? $"{index + 1}. " : "- "))),
        Table table => Of(table),
        ContainerBlock container => string.Join("\n\n", container.Select(Of)),
        _ => "",
    };

    private static string Of(ListItemBlock item, string mark) =>
        Indent(string.Join('\n', item.Select(Of)), mark, new string(' ', mark.Length));

    private static string Of(Table table)
    {
        var rows = table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(cell => Of((ContainerBlock)cell)).ToList()).ToList();
        var columns = rows.Max(row => row.Count);
        var widths = Enumerable.Range(0, columns).Select(column => rows.Max(row => row.ElementAtOrDefault(column)?.Length ?? 0)).ToList();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static string Of(ContainerBlock cell) => string.Join(' ', cell.Select(Of));

    private static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => $"`{code.Content}`",
                LineBreakInline { IsHard: true } => "\n",
                LineBreakInline => " ",
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LinkInline link when link.Url?.Contains("://", StringComparison.Ordinal) == true => $"{Of((ContainerInline)link)} ({link.Url})",
                ContainerInline container => Of(container),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Indent(string text, string first, string others) =>
        first + text.Replace("\n", "\n" + others, StringComparison.Ordinal);
}
