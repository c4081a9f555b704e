using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>
/// References to resources that should be in the record and are not: of a type of which the record holds others; and references
/// of the record to another patient than its own. Source: hl7.org/fhir/R4/references.html#literal. Addresses elsewhere,
/// <c>urn:uuid:</c> and searches are not judged: what they mean is known elsewhere.
/// </summary>
internal sealed class UnresolvedReference() : ContentRule(nameof(UnresolvedReference), IssueSeverity.Warning, RuleCategory.Fhir, IssueType.NotFound)
{
    private static readonly LocalText Missing = new(
        "'{0}' is not in the record, which holds other resources of type {1}.",
        "„{0}“ ist nicht in der Akte, die andere Ressourcen des Typs {1} enthält.");

    private static readonly LocalText OtherPatient = new(
        "'{0}' is another patient than the one to whom this record belongs ('Patient/{1}').",
        "„{0}“ ist ein anderer Patient als der, zu dem diese Akte gehört („Patient/{1}“).");

    private static readonly LocalText Mend = new(
        "Add the resource to the record, or mend the reference.",
        "Ergänzen Sie die Ressource in der Akte, oder berichtigen Sie den Verweis.");

    private static readonly LocalText MendPatient = new(
        "Check whether this resource belongs to the patient at all; if so, refer to 'Patient/{1}'.",
        "Prüfen Sie, ob diese Ressource überhaupt zu dem Patienten gehört; wenn ja, verweisen Sie auf „Patient/{1}“.");

    /// <inheritdoc/>
    public override string Example => "record[1].encounter.reference: \"Encounter/17\", where the record holds Encounter/16 only";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/references.html#literal";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A reference leads to a resource that should be in the patient's record and is not.",
        "Ein Verweis führt zu einer Ressource, die in der Akte des Patienten sein sollte und es nicht ist.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Record;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        if (patient.Record.IsEmpty)
        {
            return;
        }

        var index = new RecordIndex(patient.Record);
        try
        {
            Check(patient, patient.Document, index, issues);
            foreach (var resource in patient.Record)
            {
                cancellation.ThrowIfCancellationRequested();
                Check(patient, resource, index, issues);
            }
        }
        finally
        {
            index.Dispose();
        }
    }

    private void Check(PatientContent patient, ResourceContent resource, in RecordIndex index, IssueSink issues)
    {
        if (!resource.HasReferences)
        {
            return;
        }

        var nodes = resource.Nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (LocalReference.IsLiteral(nodes[i]) && LocalReference.TryRead(resource.TextOf(i), out var reference))
            {
                Check(patient, resource, i, reference, index, issues);
            }
        }
    }

    private void Check(PatientContent patient, ResourceContent resource, int node, in LocalReference reference, in RecordIndex index, IssueSink issues)
    {
        if (reference.Type == FhirModel.Patient)
        {
            // The document itself links to other patients; its record does not.
            var own = RecordIndex.IdOf(patient.Document);
            if (resource != patient.Document && !own.IsEmpty && !own.SequenceEqual(reference.Id) && !index.Contains(reference))
            {
                issues.Add(this, resource, node, OtherPatient, MendPatient, null, resource.ValueOf(node), System.Text.Encoding.UTF8.GetString(own));
            }
        }
        else if (!index.Contains(reference) && HoldsOthers(patient, reference.Type))
        {
            issues.Add(this, resource, node, Missing, Mend, null, resource.ValueOf(node), reference.Type.Name);
        }
    }

    private static bool HoldsOthers(PatientContent patient, FhirType type)
    {
        foreach (var resource in patient.Record)
        {
            if (resource.Type == type)
            {
                return true;
            }
        }

        return false;
    }
}
