using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>A rule over faults of the form, which the scanner finds in the document and in the record. Of what is right it costs nothing.</summary>
internal abstract class FaultRule(string id, IssueSeverity severity, IssueType type) : ContentRule(id, severity, RuleCategory.Fhir, type)
{
    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.Faults;

    /// <inheritdoc/>
    public sealed override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        Check(patient.Document, patient, issues);
        foreach (var resource in patient.Record)
        {
            Check(resource, null, issues);
        }
    }

    private void Check(ResourceContent resource, PatientContent? patient, IssueSink issues)
    {
        var faults = resource.Faults;
        for (var i = 0; i < faults.Length; i++)
        {
            if (Concerns(faults, i) && !(patient is not null && BelongsToPerson(patient, faults[i])))
            {
                Tell(resource, faults[i], issues);
            }
        }
    }

    /// <summary>Whether this rule tells a fault. Each fault is told by one rule.</summary>
    /// <param name="faults">The faults of a document.</param>
    /// <param name="index">Which of them.</param>
    /// <returns>Whether it does.</returns>
    protected abstract bool Concerns(ReadOnlySpan<StructureFault> faults, int index);

    /// <summary>Reports a fault.</summary>
    /// <param name="resource">The document.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="issues">Takes the issue.</param>
    protected abstract void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues);

    /// <summary>Whether the value of a fault has a fault of another kind as well. Those of one value stand together.</summary>
    /// <param name="faults">The faults of a document.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="kind">The other kind.</param>
    /// <returns>Whether it has.</returns>
    protected static bool HasBeside(ReadOnlySpan<StructureFault> faults, int index, StructureFaultKind kind)
    {
        var node = faults[index].Node;
        for (var i = index - 1; i >= 0 && faults[i].Node == node; i--)
        {
            if (faults[i].Kind == kind)
            {
                return true;
            }
        }

        for (var i = index + 1; i < faults.Length && faults[i].Node == node; i++)
        {
            if (faults[i].Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The patient's gender and birth date have rules of their own, which know more of them.</summary>
    private static bool BelongsToPerson(PatientContent patient, in StructureFault fault) => fault.Node != 0 &&
        ((fault.Node == patient.Gender && fault.Kind == StructureFaultKind.WrongCode)
        || (fault.Node == patient.BirthDate.Node && fault.Kind == StructureFaultKind.WrongDate));
}
