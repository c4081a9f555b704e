using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>References to contained resources that are not there. Source: hl7.org/fhir/R4/references.html#contained, invariant ref-1.</summary>
internal sealed class ContainedReference() : ContentRule(nameof(ContainedReference), IssueSeverity.Error, RuleCategory.Fhir, IssueType.NotFound)
{
    private static readonly LocalText Missing = new(
        "No contained resource has the id '{0}'.",
        "Keine enthaltene Ressource hat die id „{0}“.");

    private static readonly LocalText Mend = new(
        "Add the resource to the member contained, with \"id\": \"{0}\", or mend the reference.",
        "Ergänzen Sie die Ressource im Element contained, mit \"id\": \"{0}\", oder berichtigen Sie den Verweis.");

    /// <inheritdoc/>
    public override string Example => "generalPractitioner[0].reference: \"#hausarzt\", without such a resource in contained";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/references.html#contained";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A reference leads to a contained resource that is not there.",
        "Ein Verweis führt zu einer enthaltenen Ressource, die es nicht gibt.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.References;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        Check(patient.Document, issues, cancellation);
        foreach (var resource in patient.Record)
        {
            Check(resource, issues, cancellation);
        }
    }

    private void Check(ResourceContent resource, IssueSink issues, CancellationToken cancellation)
    {
        if (!resource.HasReferences)
        {
            return;
        }

        var nodes = resource.Nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!LocalReference.IsLiteral(nodes[i]) || resource.TextOf(i) is not [(byte)'#', .. var id])
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            if (!IsThere(resource, i, id))
            {
                issues.Add(this, resource, i, Missing, Mend, null, System.Text.Encoding.UTF8.GetString(id[..Math.Min(id.Length, ValidationIssue.LongestValue)]));
            }
        }
    }

    /// <summary>Contained resources stand in the resource around them; <c>#</c> by itself is that resource.</summary>
    private static bool IsThere(ResourceContent resource, int node, ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
        {
            return true;
        }

        for (var around = resource.Nodes[node].Parent; around >= 0; around = resource.Nodes[around].Parent)
        {
            foreach (var contained in resource.Items(resource.Member(around, "contained"u8)))
            {
                if (resource.Is(resource.Member(contained, "id"u8), id))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
