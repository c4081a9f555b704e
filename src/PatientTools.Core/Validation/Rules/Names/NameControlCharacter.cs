using System.Text;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Control characters in names: remains of terminals, tapes and line breaks. Source: Unicode, general category Cc;
/// hl7.org/fhir/R4/datatypes.html#string; DIN 91379, which has none in names.
/// </summary>
internal sealed class NameControlCharacter() : ContentRule(nameof(NameControlCharacter), IssueSeverity.Error, RuleCategory.Name, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "The name holds the control character {0}, which nobody can see or type.",
        "Der Name enthält das Steuerzeichen {0}, das niemand sehen oder eintippen kann.");

    private static readonly LocalText Mending = new(
        "Remove it, and look where it came from: it is often not the only one.",
        "Entfernen Sie es, und sehen Sie nach, woher es kam: Oft ist es nicht das einzige.");

    /// <inheritdoc/>
    public override string Example => "name[0].family: \"Mül\\u0007ler\"";

    /// <inheritdoc/>
    public override string Reference => "Unicode, general category Cc; https://hl7.org/fhir/R4/datatypes.html#string; DIN 91379";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A name holds a control character.",
        "Ein Name enthält ein Steuerzeichen.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.NameControl;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        foreach (ref readonly var part in patient.NameParts)
        {
            if ((part.Traits & TextTraits.Control) != TextTraits.None)
            {
                CheckPart(patient.Document, part.Node, issues);
            }
        }
    }

    private void CheckPart(ResourceContent document, int node, IssueSink issues)
    {
        // Tabs and line breaks before and behind a name are blanks too many.
        var text = Encoding.UTF8.GetString(NameText.Trim(document.TextOf(node)));
        var at = text.AsSpan().IndexOfAny(Controls);
        if (at >= 0 && !MisreadText.IsIn(document.TextOf(node)))
        {
            var mended = NameText.Tidied(string.Concat(text.Select(c => c is '\t' or '\r' or '\n' ? ' ' : c).Where(c => !char.IsControl(c))));
            issues.Add(this, document, node, Message, Mending, mended, FormattableString.Invariant($"U+{(int)text[at]:X4}"));
        }
    }

    private static readonly System.Buffers.SearchValues<char> Controls =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(value => (char)value).Where(char.IsControl)]);
}
