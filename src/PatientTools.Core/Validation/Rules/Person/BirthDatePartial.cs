using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// Birth dates of which only the year or the month is known. Source: hl7.org/fhir/R4/datatypes.html#date, which allows them;
/// information, since ages and comparisons are less sharp.
/// </summary>
internal sealed class BirthDatePartial() : ContentRule(nameof(BirthDatePartial), IssueSeverity.Information, RuleCategory.Person, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "Of the birth date only {0} is known.",
        "Vom Geburtsdatum ist nur {0} bekannt.");

    private static readonly LocalText Mending = new(
        "Add the day when it becomes known.",
        "Ergänzen Sie den Tag, sobald er bekannt ist.");

    /// <inheritdoc/>
    public override string Example => "birthDate: \"1958-12\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#date";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Of the birth date only the year or the month is known.",
        "Vom Geburtsdatum ist nur das Jahr oder der Monat bekannt.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (PersonDates.TryBirth(patient, out var birth) && birth.IsPartial)
        {
            issues.Add(this, patient.Document, patient.BirthDate.Node, Message, Mending, null, birth);
        }
    }
}
