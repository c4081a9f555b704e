using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// Birth dates so long ago that nobody has reached that age. Source: the oldest age proven is 122 years (Jeanne Calment,
/// 1875–1997; Gerontology Research Group). Of the dead the age at death counts; where it is not known when somebody died,
/// nothing is reported.
/// </summary>
internal sealed class BirthDateTooLongAgo() : ContentRule(nameof(BirthDateTooLongAgo), IssueSeverity.Warning, RuleCategory.Person, IssueType.Value)
{
    /// <summary>The years beyond which an age is doubted.</summary>
    public const int MostYears = 125;

    private static readonly LocalText Living = new(
        "Born on {0}, the patient would be {1} years old.",
        "Mit dem Geburtsdatum {0} wäre der Patient {1} Jahre alt.");

    private static readonly LocalText Dead = new(
        "Born on {0}, the patient would have died at {1}.",
        "Mit dem Geburtsdatum {0} wäre der Patient mit {1} Jahren gestorben.");

    private static readonly LocalText Mending = new(
        "Check the century, and whether the patient has died: then record the death.",
        "Prüfen Sie das Jahrhundert, und ob der Patient verstorben ist: Dann tragen Sie den Tod ein.");

    /// <inheritdoc/>
    public override string Example => "birthDate: \"1870-12-31\"";

    /// <inheritdoc/>
    public override string Reference => "Gerontology Research Group, Validated Supercentenarians: the oldest reached 122 years";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The birth date lies over 125 years before today or before death.",
        "Das Geburtsdatum liegt mehr als 125 Jahre vor heute oder vor dem Tod.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (!PersonDates.TryBirth(patient, out var birth) || birth.Year + MostYears > patient.Today.Year || PersonDates.IsPlaceholder(birth))
        {
            return;
        }

        var isDead = PersonDates.TryDeath(patient, out var death);
        var end = isDead ? death.First : patient.Today;
        if (end <= birth.Last.AddYears(MostYears) || (!isDead && IsKnownDead(patient)))
        {
            return;
        }

        issues.Add(this, patient.Document, patient.BirthDate.Node, isDead ? Dead : Living, Mending, null, birth, birth.YearsUntil(end));
    }

    /// <summary>Whether somebody has died, though it is not known when.</summary>
    private static bool IsKnownDead(PatientContent patient) =>
        patient.DeceasedDate.Node != 0 || (patient.DeceasedFlag != 0 && patient.Document.Nodes[patient.DeceasedFlag].Kind == ContentKind.True);
}
