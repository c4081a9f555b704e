using PatientTools.Validation.Content;
using PatientTools.Validation.Rules.Person;

namespace PatientTools.Validation.Rules.Record;

/// <summary>
/// Resources that happened after the patient died; see <see cref="RecordDates"/>. Source: hl7.org/fhir/R4/fivews.html.
/// </summary>
/// <remarks>
/// Reported is whatever is dated on the day after death or later: illness, orders, care. Partial dates are intervals, and moments
/// of different time zones may fall on the day beside: what is reported is certain. Some of it may be right, since findings
/// come in and diagnoses are coded later, so it is a warning; bills, letters and documents are never reported. A date of
/// death that lies ahead or before birth is reported by itself.
/// </remarks>
internal sealed class RecordDateAfterDeath() : ContentRule(nameof(RecordDateAfterDeath), IssueSeverity.Warning, RuleCategory.Record, IssueType.Invariant)
{
    private static readonly LocalText Message = new(
        "{0} lies after the death on {1}.",
        "{0} liegt nach dem Tod am {1}.");

    private static readonly LocalText Mending = new(
        "Check the date, the date of death, and whether this belongs to another patient.",
        "Prüfen Sie das Datum, das Sterbedatum, und ob dies zu jemand anderem gehört.");

    /// <inheritdoc/>
    public override string Example => "deceasedDateTime: \"2020-01-01\", Condition.onsetDateTime: \"2020-03-01\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/fivews.html";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A resource of the record happened after the patient had died.",
        "Eine Ressource der Akte geschah, nachdem der Patient gestorben war.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Record;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (patient.Record.Length == 0 || patient.DeceasedDate.Node == 0 || !PersonDates.TryDeath(patient, out var death) || PersonDates.IsDeathAhead(patient, death)
            || (PersonDates.TryBirth(patient, out var birth) && death.Last < birth.First))
        {
            return;
        }

        for (var i = 0; i < patient.Record.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var resource = patient.Record[i];
            foreach (var member in RecordDates.Of(resource))
            {
                if (RecordDates.Find(resource, member, out var date, out _) is var node and not 0
                    && date.First > death.Last
                    && date.First.DayNumber > death.Last.DayNumber + DaysInDoubt(patient.Document.TextOf(patient.DeceasedDate.Node), resource.TextOf(node)))
                {
                    issues.Add(this, resource, node, Message, Mending, null, resource.ValueOf(node), death);
                }
            }
        }
    }

    /// <summary>Two days, or two moments of one time zone, can be told apart; others may be the same day.</summary>
    private static int DaysInDoubt(ReadOnlySpan<byte> death, ReadOnlySpan<byte> date) =>
        PersonDates.ZoneOf(death).SequenceEqual(PersonDates.ZoneOf(date)) ? 0 : 1;
}
