using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Empty texts, objects and arrays, which FHIR does not allow. Source: hl7.org/fhir/R4/datatypes.html#representations and json.html.</summary>
internal sealed class EmptyValue() : FaultRule(nameof(EmptyValue), IssueSeverity.Error, IssueType.Invalid)
{
    private static readonly LocalText Text = new(
        "The text is empty, which FHIR does not allow.",
        "Der Text ist leer, was FHIR nicht zulässt.");

    private static readonly LocalText Object = new(
        "The object has no members, which FHIR does not allow.",
        "Das Objekt hat keine Elemente, was FHIR nicht zulässt.");

    private static readonly LocalText Array = new(
        "The array has no items, which FHIR does not allow.",
        "Das Array hat keine Einträge, was FHIR nicht zulässt.");

    private static readonly LocalText Mend = new(
        "Leave out what is not known; why it is not known can be said with the extension data-absent-reason.",
        "Lassen Sie weg, was nicht bekannt ist; warum, lässt sich mit der Extension data-absent-reason sagen.");

    /// <inheritdoc/>
    public override string Example => "name[0].family: \"\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/json.html; https://hl7.org/fhir/R4/datatypes.html#string";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A text, an object or an array is empty.",
        "Ein Text, ein Objekt oder ein Array ist leer.");

    /// <summary>Of an empty value in a wrong place the wrong place is told.</summary>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.Empty && faults[index].Element != 0
        && !HasBeside(faults, index, StructureFaultKind.WrongType)
        && !HasBeside(faults, index, StructureFaultKind.Repeated)
        && !HasBeside(faults, index, StructureFaultKind.UnknownResourceType);

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var message = resource.Nodes[fault.Node].Kind switch
        {
            ContentKind.Object => Object,
            ContentKind.Array => Array,
            _ => Text,
        };
        issues.Add(this, resource, fault.Node, message, Mend);
    }
}
