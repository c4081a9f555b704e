using System.Text;
using Markdig.Syntax;

namespace PatientTools.Build;

/// <summary>
/// A conceptual topic: <c>about_X.md</c> as the text file that <c>Get-Help about_X</c> shows. The engine takes the fifth
/// line as the short description, so the page begins with a title and a paragraph that says in one sentence what it is about.
/// </summary>
internal static class AboutTopic
{
    private const int Width = 79;

    public static string Write(string name, string markdown)
    {
        var blocks = PlainText.Read(markdown.ReplaceLineEndings("\n")).ToList();
        if (blocks is not [HeadingBlock { Level: 1 }, ParagraphBlock summary, ..])
            throw new BuildException($"{name}.md must begin with a title and a paragraph that says what it is about.");
        var text = new StringBuilder($"TOPIC\n    {name}\n\nSHORT DESCRIPTION\n    {PlainText.Of(summary)}\n");
        foreach (var block in blocks.Skip(2))
        {
            text.Append('\n');
            if (block is HeadingBlock heading)
                text.Append(heading.Level == 2 ? PlainText.Of(heading).ToUpperInvariant() : "  " + PlainText.Of(heading)).Append('\n');
            else
                foreach (var line in PlainText.Of(block).Split('\n'))
                    Wrap(text, line, wrap: block is not CodeBlock);
        }

        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string line, bool wrap)
    {
        var indent = "    " + new string(' ', line.Length - line.TrimStart(' ').Length);
        var hanging = line.TrimStart().StartsWith("- ", StringComparison.Ordinal) ? indent + "  " : indent;
        var length = indent.Length;
        text.Append(indent);
        var first = true;
        foreach (var word in wrap ? line.TrimStart().Split(' ') : [line.TrimStart()])
        {
            if (!first && length + 1 + word.Length > Width)
            {
                text.Append('\n').Append(hanging);
                length = hanging.Length;
            }
            else if (!first)
            {
                text.Append(' ');
                length++;
            }

            text.Append(word);
            length += word.Length;
            first = false;
        }

        text.Append('\n');
    }
}
