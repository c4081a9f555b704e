using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>
/// An array where one value has to stand, or one value where an array has to, even of one. Source:
/// hl7.org/fhir/R4/json.html#repeat.
/// </summary>
internal sealed class Cardinality() : FaultRule(nameof(Cardinality), IssueSeverity.Error, IssueType.Structure)
{
    private static readonly LocalText Repeated = new(
        "'{0}' stands as an array, but FHIR has one value here.",
        "„{0}“ steht als Array da, FHIR hat hier aber einen einzelnen Wert.");

    private static readonly LocalText NotRepeated = new(
        "'{0}' may occur several times, so FHIR wants an array, even for one value.",
        "„{0}“ darf mehrfach vorkommen, deshalb verlangt FHIR ein Array, auch für einen einzigen Wert.");

    private static readonly LocalText MendRepeated = new(
        "Leave out the brackets, and of several values all but one. See {1}.",
        "Lassen Sie die Klammern weg, und von mehreren Werten alle bis auf einen. Siehe {1}.");

    private static readonly LocalText MendNotRepeated = new(
        "Put brackets around it: \"{0}\": [ … ]. See {1}.",
        "Setzen Sie es in Klammern: \"{0}\": [ … ]. Siehe {1}.");

    /// <inheritdoc/>
    public override string Example => "name[0].given: \"Anna\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/json.html#repeat";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "An array stands where FHIR has one value, or one value where it has an array.",
        "Ein Array steht, wo FHIR einen einzelnen Wert hat, oder ein einzelner Wert, wo FHIR ein Array hat.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) =>
        faults[index].Kind is StructureFaultKind.Repeated or StructureFaultKind.NotRepeated && !HasBeside(faults, index, StructureFaultKind.WrongType);

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var element = FhirModel.Element(fault.Element);
        var isRepeated = fault.Kind == StructureFaultKind.Repeated;
        issues.Add(this, resource, fault.Node, isRepeated ? Repeated : NotRepeated, isRepeated ? MendRepeated : MendNotRepeated, null, element.Name, FhirTerms.PageOf(element.Owner));
    }
}
