using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// Birth dates that are none: of another form, or not in the calendar. Source:
/// hl7.org/fhir/R4/datatypes.html#date: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>, without <c>00</c> for what is unknown.
/// </summary>
internal sealed class BirthDateImpossible() : ContentRule(nameof(BirthDateImpossible), IssueSeverity.Error, RuleCategory.Person, IssueType.Value)
{
    private static readonly LocalText NotInCalendar = new(
        "There is no day {0}, so nobody was born on it.",
        "Einen Tag {0} gibt es nicht, also wurde an ihm niemand geboren.");

    private static readonly LocalText OtherForm = new(
        "'{0}' is no birth date as FHIR writes it.",
        "„{0}“ ist kein Geburtsdatum, wie FHIR es schreibt.");

    private static readonly LocalText Mending = new(
        "Write the day as 1958-12-31, or leave out what is unknown: 1958-12, 1958.",
        "Schreiben Sie den Tag wie 1958-12-31, oder lassen Sie weg, was unbekannt ist: 1958-12, 1958.");

    /// <inheritdoc/>
    public override string Example => "birthDate: \"1958-02-30\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#date";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The birth date is no date of the calendar, or not written as FHIR demands.",
        "Das Geburtsdatum steht in keinem Kalender oder ist nicht so geschrieben, wie FHIR es verlangt.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Faults;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        if (patient.BirthDate.Node is not (var node and not 0))
        {
            return;
        }

        foreach (ref readonly var fault in document.Faults)
        {
            if (fault.Node == node && fault.Kind == StructureFaultKind.WrongDate)
            {
                var text = document.ValueOf(node)!;
                issues.Add(this, document, node, IsDay(text) ? NotInCalendar : OtherForm, Mending, DateMending.Mended(text), text);
                return;
            }
        }
    }

    /// <summary>Whether a text has the form of a day with all its parts.</summary>
    private static bool IsDay(string text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' && !text.EndsWith("-00", StringComparison.Ordinal)
        && (text[..4] + text[5..7] + text[8..]).All(char.IsAsciiDigit);
}
