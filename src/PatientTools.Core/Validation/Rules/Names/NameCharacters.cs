using System.Text;
using PatientTools.Search.Text;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Characters that no name in Germany has. Source: DIN 91379:2022-08: family and given names by its datatype A, titles, additions
/// and whole names by datatype B, which adds signs and digits. Text has to be in normal form C.
/// </summary>
/// <remarks>Digits, control characters, outer blanks and misread text have rules of their own.</remarks>
internal sealed class NameCharacters() : ContentRule(nameof(NameCharacters), IssueSeverity.Warning, RuleCategory.Name, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "The name '{0}' holds the character {1}, which DIN 91379 does not have in names.",
        "Der Name „{0}“ enthält das Zeichen {1}, das DIN 91379 in Namen nicht vorsieht.");

    private static readonly LocalText Mending = new(
        "Write the name in Latin letters as it stands in the register or passport; leave signs out.",
        "Schreiben Sie den Namen in lateinischen Buchstaben wie im Register oder Pass; Sonderzeichen lassen Sie weg.");

    private static readonly LocalText NotComposed = new(
        "The name '{0}' writes letters and their marks as separate characters.",
        "Der Name „{0}“ schreibt Buchstaben und ihre Zeichen getrennt.");

    private static readonly LocalText Composing = new(
        "Bring the text into Unicode's normal form C, as DIN 91379 demands.",
        "Bringen Sie den Text in die Unicode-Normalform C, wie DIN 91379 es verlangt.");

    /// <inheritdoc/>
    public override string Example => "name[0].family: \"Müller*\"";

    /// <inheritdoc/>
    public override string Reference => "DIN 91379:2022-08, datatypes A and B";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A name holds a character that DIN 91379 does not have in names.",
        "Ein Name enthält ein Zeichen, das DIN 91379 in Namen nicht vorsieht.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.NameOther;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        foreach (ref readonly var part in patient.NameParts)
        {
            if ((part.Traits & (TextTraits.BeyondAscii | TextTraits.Other)) == TextTraits.None)
            {
                continue;
            }

            var set = part.Kind is NamePartKind.Family or NamePartKind.Given ? NameCharacterSet.A : NameCharacterSet.B;
            var text = patient.Document.TextOf(part.Node);
            if (Din91379.IndexOfOther(text, set) >= 0 && !MisreadText.IsIn(text) && !PlaceholderNames.IsOne(patient, part.Name))
            {
                Report(patient.Document, part.Node, set, issues);
            }
        }
    }

    private void Report(ResourceContent document, int node, NameCharacterSet set, IssueSink issues)
    {
        var text = NameText.Trim(document.TextOf(node));
        var at = Din91379.IndexOfOther(text, set);
        if (at < 0)
        {
            return;
        }

        var composed = UnicodeNormalization.ToNfc(Encoding.UTF8.GetString(text));
        if (Din91379.IndexOfOther(Encoding.UTF8.GetBytes(composed), set) < 0)
        {
            issues.Add(this, document, node, NotComposed, Composing, composed, document.ValueOf(node));
            return;
        }

        Rune.DecodeFromUtf8(text[at..], out var rune, out _);
        var mended = NameText.Tidied(string.Concat(composed.Select(Din91379.Usual)));
        var suggestion = Din91379.IndexOfOther(Encoding.UTF8.GetBytes(mended), set) < 0 && mended.Length > 0 ? mended : null;
        issues.Add(this, document, node, Message, Mending, suggestion, document.ValueOf(node), FormattableString.Invariant($"{rune} (U+{rune.Value:X4})"));
    }
}
