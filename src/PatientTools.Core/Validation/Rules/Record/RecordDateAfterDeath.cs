using PatientTools.Validation.Content;
using PatientTools.Validation.Rules.Person;

namespace PatientTools.Validation.Rules.Record;

/// <summary>
/// Resources that happened after the patient died; see <see cref="RecordDates"/>. Source: hl7.org/fhir/R4/fivews.html.
/// </summary>
/// <remarks>
/// What only the living do or suffer is reported from the day after death on. What is done for somebody may follow: the body is
/// examined, certified and dissected, findings come in, diagnoses are coded; that is reported when it lies more than
/// <see cref="DaysAfterDeath"/> days later. Bills, letters and documents may come at any time. A date of death that lies
/// ahead or before birth is reported by itself.
/// </remarks>
internal sealed class RecordDateAfterDeath() : ContentRule(nameof(RecordDateAfterDeath), IssueSeverity.Warning, RuleCategory.Record, IssueType.Invariant)
{
    /// <summary>How long care may follow death.</summary>
    public const int DaysAfterDeath = 30;

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
        if (patient.Record.Length == 0 || patient.DeceasedDate.Node == 0 || !PersonDates.TryDeath(patient, out var death) || PersonDates.IsAhead(death, patient.Today)
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
                var days = member.Kind == RecordDateKind.Life ? 0 : DaysAfterDeath;
                if (RecordDates.Find(resource, member, out var first, out _) is var node and not 0 && first.DayNumber > death.Last.DayNumber + days)
                {
                    issues.Add(this, resource, node, Message, Mending, null, resource.ValueOf(node), death);
                }
            }
        }
    }
}
