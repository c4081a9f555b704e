using PatientTools.Validation.Content;
using PatientTools.Validation.Rules.Person;

namespace PatientTools.Validation.Rules.Record;

/// <summary>
/// Resources that happened before the patient was born; see <see cref="RecordDates"/>. Source:
/// hl7.org/fhir/R4/fivews.html. Partial dates are intervals, moments may fall on the day beside: what is reported is certain.
/// A birth date that lies ahead is reported by itself.
/// </summary>
internal sealed class RecordDateBeforeBirth() : ContentRule(nameof(RecordDateBeforeBirth), IssueSeverity.Warning, RuleCategory.Record, IssueType.Invariant)
{
    private static readonly LocalText Message = new(
        "{0} lies before the birth on {1}.",
        "{0} liegt vor der Geburt am {1}.");

    private static readonly LocalText Mending = new(
        "Check the date, the birth date, and whether this belongs to another patient, such as the mother.",
        "Prüfen Sie das Datum, das Geburtsdatum, und ob dies zu jemand anderem gehört, etwa zur Mutter.");

    /// <inheritdoc/>
    public override string Example => "birthDate: \"1960-01-01\", Condition.recordedDate: \"1959-12-30\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/fivews.html";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A resource of the record happened before the patient was born.",
        "Eine Ressource der Akte geschah, bevor der Patient geboren war.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Record;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (patient.Record.Length == 0 || !PersonDates.TryBirth(patient, out var birth) || PersonDates.IsAhead(birth, patient.Today))
        {
            return;
        }

        for (var i = 0; i < patient.Record.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var resource = patient.Record[i];
            foreach (var member in RecordDates.Of(resource))
            {
                if (RecordDates.Find(resource, member, out var date, out var hasTime) is var node and not 0 && date.Last.DayNumber + (hasTime ? 1 : 0) < birth.First.DayNumber)
                {
                    issues.Add(this, resource, node, Message, Mending, null, resource.ValueOf(node), birth);
                }
            }
        }
    }
}
