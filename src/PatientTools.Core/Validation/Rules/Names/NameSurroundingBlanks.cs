using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Blanks that belong to no name: before it, behind it, or two in a row. Source: hl7.org/fhir/R4/datatypes.html#string (leading
/// and trailing white space should not be there); such names are neither found nor sorted as what they look like.
/// </summary>
internal sealed class NameSurroundingBlanks() : ContentRule(nameof(NameSurroundingBlanks), IssueSeverity.Warning, RuleCategory.Name, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "Blanks surround the name '{0}', or stand twice in it.",
        "Um den Namen „{0}“ stehen Leerzeichen, oder in ihm stehen welche doppelt.");

    private static readonly LocalText Mending = new(
        "Remove the blanks.",
        "Entfernen Sie die Leerzeichen.");

    /// <inheritdoc/>
    public override string Example => "name[0].family: \" Müller\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#string";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Blanks stand before or behind a name, or twice in it.",
        "Leerzeichen stehen vor oder hinter einem Namen oder doppelt in ihm.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.NameBlank;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        foreach (ref readonly var part in patient.NameParts)
        {
            if ((part.Traits & (TextTraits.OuterBlank | TextTraits.DoubleBlank)) == TextTraits.None)
            {
                continue;
            }

            var text = patient.Document.TextOf(part.Node);
            if (!NameText.Trim(text).IsEmpty && !MisreadText.IsIn(text))
            {
                var tidied = NameText.Tidied(patient.Document.StringOf(part.Node));
                issues.Add(this, patient.Document, part.Node, Message, Mending, tidied, tidied);
            }
        }
    }
}
