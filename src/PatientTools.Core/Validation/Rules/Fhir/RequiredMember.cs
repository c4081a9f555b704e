using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Members that FHIR demands, and that are missing. Source: the page of each type under hl7.org/fhir/R4 (cardinality 1..1 and 1..*).</summary>
internal sealed class RequiredMember() : FaultRule(nameof(RequiredMember), IssueSeverity.Error, IssueType.Required)
{
    private static readonly LocalText Missing = new(
        "In {0}, FHIR demands the member '{1}', which is missing.",
        "In {0} verlangt FHIR das Element „{1}“, das fehlt.");

    private static readonly LocalText MissingChoice = new(
        "In {0}, FHIR demands one of {1}; all of them are missing.",
        "In {0} verlangt FHIR eines von {1}; sie fehlen alle.");

    private static readonly LocalText Mend = new(
        "Add it as {2} ({3}); if it is not known, the extension data-absent-reason in its place can say why.",
        "Ergänzen Sie es: {2} ({3}); ist es nicht bekannt, kann an seiner Stelle die Extension data-absent-reason sagen, warum.");

    private static readonly LocalText MendChoice = new(
        "Add one of them ({3}); if it is not known, the extension data-absent-reason in its place can say why.",
        "Ergänzen Sie eines davon ({3}); ist es nicht bekannt, kann an seiner Stelle die Extension data-absent-reason sagen, warum.");

    /// <inheritdoc/>
    public override string Example => "communication[0]: {\"preferred\": true}";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/conformance-rules.html#cardinality; the page of the type";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A member that FHIR demands is missing.",
        "Ein Element, das FHIR verlangt, fehlt.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.Missing;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var element = FhirModel.Element(fault.Element);
        var type = element.Owner;
        var page = FhirTerms.PageOf(type);
        if (element.Choice is not { } choice)
        {
            issues.AddMissing(this, resource, fault.Node, element.Name, Missing, Mend, type.Name, element.Name, FhirTerms.Expected(element, isItem: false, issues.Language), page);
            return;
        }

        issues.AddMissing(this, resource, fault.Node, choice + "[x]", MissingChoice, MendChoice, type.Name, ChoiceRepeated.MembersOf(element), null, page);
    }
}
