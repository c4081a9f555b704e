using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Digits in family and given names, and in the text of a name whose parts have none; what
/// stands in parentheses there is an addition. Source: DIN 91379, datatype A (names of natural persons), which has no digits. A warning,
/// since made-up patients carry them, such as Synthea's <c>Abbott774</c>.
/// </summary>
internal sealed class NameDigits() : ContentRule(nameof(NameDigits), IssueSeverity.Warning, RuleCategory.Name, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "The name '{0}' holds digits.",
        "Der Name „{0}“ enthält Ziffern.");

    private static readonly LocalText Mending = new(
        "Remove them; a number that tells patients of the same name apart belongs into an identifier.",
        "Entfernen Sie sie; eine Nummer, die gleichnamige Patienten unterscheidet, gehört in einen Identifikator.");

    /// <inheritdoc/>
    public override string Example => "name[0].given[0]: \"Anna2\"";

    /// <inheritdoc/>
    public override string Reference => "DIN 91379:2022-08, datatype A";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A name holds digits.",
        "Ein Name enthält Ziffern.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.NameDigit;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        foreach (ref readonly var part in patient.NameParts)
        {
            if ((part.Traits & TextTraits.Digit) != TextTraits.None && part.Kind is NamePartKind.Family or NamePartKind.Given or NamePartKind.Text && !AreNoneOfText(patient, part) && !PlaceholderNames.IsOne(patient, part.Name))
            {
                var text = patient.Document.StringOf(part.Node);
                var mended = text.TrimEnd(' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
                issues.Add(this, patient.Document, part.Node, Message, Mending, mended.Length > 0 && !mended.Any(char.IsAsciiDigit) ? mended : null, patient.Document.ValueOf(part.Node));
            }
        }
    }

    /// <summary>Whether the digits of a text are an addition, or those of a part of the same name, which is told, or is a suffix such as <c>3rd</c>.</summary>
    private static bool AreNoneOfText(PatientContent patient, in NamePart text)
    {
        if (text.Kind != NamePartKind.Text)
        {
            return false;
        }

        if (!HasDigitOutsideParentheses(patient.Document.TextOf(text.Node)))
        {
            return true;
        }

        foreach (ref readonly var part in patient.NameParts)
        {
            if (part.Kind != NamePartKind.Text && (part.Traits & TextTraits.Digit) != TextTraits.None && NameText.NameOf(patient.Document, part) == NameText.NameOf(patient.Document, text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasDigitOutsideParentheses(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        foreach (var b in text)
        {
            depth += b == (byte)'(' ? 1 : b == (byte)')' ? -1 : 0;
            if (depth <= 0 && b is >= (byte)'0' and <= (byte)'9')
            {
                return true;
            }
        }

        return false;
    }
}
