using System.Text;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>What several rules do with the text of a name.</summary>
internal static class NameText
{
    /// <summary>The name that a text belongs to, be it one of a contact.</summary>
    /// <param name="document">The document.</param>
    /// <param name="part">The text.</param>
    /// <returns>The object.</returns>
    public static int NameOf(ResourceContent document, in NamePart part)
    {
        ref readonly var text = ref document.Nodes[part.Node];
        return text.Index < 0 ? text.Parent : document.Nodes[text.Parent].Parent;
    }

    /// <summary>Whether a name is one text only, without family and given names.</summary>
    /// <param name="document">The document.</param>
    /// <param name="part">The text.</param>
    /// <returns>Whether the text is all there is.</returns>
    public static bool IsWholeName(ResourceContent document, in NamePart part) =>
        part.Kind == NamePartKind.Text
        && NameOf(document, part) is var name
        && document.Member(name, "family"u8) == 0
        && document.Member(name, "given"u8) == 0;

    /// <summary>A text without the blanks before and behind it: white space, and blanks without width.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The part of it that is left.</returns>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && Rune.DecodeFromUtf8(text, out var first, out var width) == System.Buffers.OperationStatus.Done && IsBlank(first))
        {
            text = text[width..];
        }

        while (!text.IsEmpty && Rune.DecodeLastFromUtf8(text, out var last, out var width) == System.Buffers.OperationStatus.Done && IsBlank(last))
        {
            text = text[..^width];
        }

        return text;
    }

    /// <summary>Whether a character is a blank, be it one without width.</summary>
    /// <param name="rune">The character.</param>
    /// <returns>Whether nothing of it is to be seen.</returns>
    public static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0x200B or 0x2060 or 0xFEFF;

    /// <summary>A text with one blank between two words, and none before or behind.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text in order.</returns>
    public static string Tidied(string text)
    {
        var tidied = new StringBuilder(text.Length);
        var isPending = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsBlank(rune))
            {
                isPending = tidied.Length > 0;
                continue;
            }

            tidied.Append(isPending ? " " : "").Append(rune.ToString());
            isPending = false;
        }

        return tidied.ToString();
    }
}
