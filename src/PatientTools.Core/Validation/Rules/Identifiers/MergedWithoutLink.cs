using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>
/// Records that say they were merged into another, and contradict themselves. Source: hl7.org/fhir/R4/patient.html#links: a
/// merged record is <c>active: false</c> and has a link of type <c>replaced-by</c> to the one that replaces it.
/// </summary>
/// <remarks>
/// Reported is a link <c>replaced-by</c> that names nobody or the record itself, and one in a record that is still active.
/// <c>active: false</c> without any link is not: most such records are not in use for other reasons, and nothing in them tells
/// that somebody forgot a link. A link that lacks <c>other</c> is reported as a missing member.
/// </remarks>
internal sealed class MergedWithoutLink() : ContentRule(nameof(MergedWithoutLink), IssueSeverity.Warning, RuleCategory.Identifier, IssueType.Invariant)
{
    private static readonly LocalText Nobody = new(
        "The record says that another one replaces it, but not which.",
        "Der Datensatz sagt, dass ein anderer ihn ersetzt, aber nicht welcher.");

    private static readonly LocalText Naming = new(
        "Give 'other' a reference to the record that is left, such as Patient/123, or an identifier of it.",
        "Geben Sie in „other“ eine Referenz auf den verbliebenen Datensatz an, etwa Patient/123, oder einen Identifikator davon.");

    private static readonly LocalText Itself = new(
        "The record says that it is replaced by itself: {0}.",
        "Der Datensatz sagt, dass er durch sich selbst ersetzt wird: {0}.");

    private static readonly LocalText Active = new(
        "The record says that another one replaces it, but is still active.",
        "Der Datensatz sagt, dass ein anderer ihn ersetzt, ist aber noch aktiv.");

    private static readonly LocalText Deactivating = new(
        "Set 'active' to false, or remove the link of type replaced-by.",
        "Setzen Sie „active“ auf false, oder entfernen Sie den Verweis vom Typ replaced-by.");

    /// <inheritdoc/>
    public override string Example => "active: true, link[0].other.reference: \"Patient/2\", link[0].type: \"replaced-by\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/patient.html#links";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A merged record does not name the one that replaces it, or is still active.",
        "Ein zusammengeführter Datensatz nennt den nicht, der ihn ersetzt, oder ist noch aktiv.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Link;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        var isReplaced = false;
        foreach (var link in document.Items(patient.Link))
        {
            if (document.Is(document.Member(link, "type"u8), "replaced-by"u8))
            {
                isReplaced = true;
                CheckOther(document, document.Member(link, "other"u8), issues);
            }
        }

        if (!isReplaced || (patient.Active != 0 && document.Nodes[patient.Active].Kind != ContentKind.True))
        {
            return;
        }

        if (patient.Active != 0)
        {
            issues.Add(this, document, patient.Active, Active, Deactivating);
        }
        else
        {
            issues.AddMissing(this, document, 0, "active", Active, Deactivating);
        }
    }

    private void CheckOther(ResourceContent document, int other, IssueSink issues)
    {
        if (other == 0 || document.Nodes[other].Kind != ContentKind.Object)
        {
            return;
        }

        var reference = document.Member(other, "reference"u8);
        if (reference == 0 && document.Member(other, "identifier"u8) == 0)
        {
            issues.Add(this, document, other, Nobody, Naming);
        }
        else if (reference != 0 && IsOwn(document, reference))
        {
            issues.Add(this, document, reference, Itself, Naming, null, document.ValueOf(reference));
        }
    }

    private static bool IsOwn(ResourceContent document, int reference)
    {
        var id = document.Member(0, "id"u8);
        return id != 0
            && document.Nodes[reference].Kind == ContentKind.Text
            && document.TextOf(reference) is var text
            && text.StartsWith("Patient/"u8)
            && document.Is(id, text["Patient/"u8.Length..]);
    }
}
