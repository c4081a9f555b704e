using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Text that is UTF-8 read as Latin-1 or Windows-1252, in names, addresses and wherever else people's words stand; see
/// <see cref="MisreadText"/>. Source: RFC 3629 (UTF-8), ISO/IEC 8859-1, WHATWG Encoding Standard (windows-1252).
/// </summary>
/// <remarks>Narratives are left out: they repeat what stands elsewhere.</remarks>
internal sealed class TextMisread() : ContentRule(nameof(TextMisread), IssueSeverity.Warning, RuleCategory.Name, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "'{0}' is UTF-8 that was read as another encoding.",
        "„{0}“ ist UTF-8, das als eine andere Kodierung gelesen wurde.");

    private static readonly LocalText Mending = new(
        "It was probably '{1}'. Read the source again as UTF-8: whatever is not ASCII in it is broken.",
        "Es hieß wahrscheinlich „{1}“. Lesen Sie die Quelle noch einmal als UTF-8: Alles, was darin nicht ASCII ist, ist entstellt.");

    private static readonly LocalText MendingInPart = new(
        "Read the source again as UTF-8: part of the text is lost here.",
        "Lesen Sie die Quelle noch einmal als UTF-8: Ein Teil des Textes ist hier verloren.");

    /// <inheritdoc/>
    public override string Example => "name[0].family: \"MÃ¼ller\"";

    /// <inheritdoc/>
    public override string Reference => "RFC 3629; WHATWG Encoding Standard, index windows-1252";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A text is UTF-8 that was read as Latin-1 or Windows-1252.",
        "Ein Text ist UTF-8, das als Latin-1 oder Windows-1252 gelesen wurde.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.SpecialLetters;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        if (!document.MayHaveSpecialLetters || !(MisreadText.MayBeIn(document.Utf8) || document.Utf8.IndexOf("\\u00"u8) >= 0))
        {
            return;
        }

        for (var node = 1; node < document.Nodes.Length; node++)
        {
            if (document.Nodes[node] is { Kind: ContentKind.Text, Element: not 0 } text && FhirModel.Element(text.Element).Primitive is FhirPrimitive.String or FhirPrimitive.Markdown)
            {
                CheckText(document, node, issues);
            }
        }
    }

    private void CheckText(ResourceContent document, int node, IssueSink issues)
    {
        if (MisreadText.Mended(document.TextOf(node)) is not { } mended)
        {
            return;
        }

        if (mended.AsSpan().ContainsAny('Ã', '\uFFFD'))
        {
            issues.Add(this, document, node, Message, MendingInPart, null, document.ValueOf(node));
        }
        else
        {
            issues.Add(this, document, node, Message, Mending, mended, document.ValueOf(node), mended.Length <= ValidationIssue.LongestValue ? mended : mended[..ValidationIssue.LongestValue] + "…");
        }
    }
}
