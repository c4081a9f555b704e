using PatientTools.Search.Text;
using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Resources without a type, or of one that FHIR R4 does not have. Source: hl7.org/fhir/R4/resourcelist.html.</summary>
internal sealed class UnknownResourceType() : FaultRule(nameof(UnknownResourceType), IssueSeverity.Error, IssueType.Structure)
{
    /// <summary>How many letters a misspelled type may differ in.</summary>
    private const int MostChanges = 4;

    private static readonly LocalText Unknown = new(
        "FHIR R4 has no resource type '{0}', so nothing in this resource is checked.",
        "FHIR R4 kennt keinen Ressourcentyp „{0}“, deshalb wird nichts in dieser Ressource geprüft.");

    private static readonly LocalText Untyped = new(
        "The resource has no resourceType, so nothing in it is checked.",
        "Die Ressource hat keinen resourceType, deshalb wird nichts in ihr geprüft.");

    private static readonly LocalText Mend = new(
        "Use one of the types that R4 has: https://hl7.org/fhir/R4/resourcelist.html.",
        "Verwenden Sie einen der Typen, die R4 kennt: https://hl7.org/fhir/R4/resourcelist.html.");

    private static readonly LocalText MendNear = new(
        "Did you mean '{1}'? All types: https://hl7.org/fhir/R4/resourcelist.html.",
        "Meinten Sie „{1}“? Alle Typen: https://hl7.org/fhir/R4/resourcelist.html.");

    private static readonly LocalText MendUntyped = new(
        "Name the type in a member of its own, such as \"resourceType\": \"Condition\".",
        "Nennen Sie den Typ in einem eigenen Element, etwa \"resourceType\": \"Condition\".");

    /// <inheritdoc/>
    public override string Example => "record[0].resourceType: \"Diagnose\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/resourcelist.html";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A resource has no type, or one that FHIR R4 does not have.",
        "Eine Ressource hat keinen Typ oder einen, den FHIR R4 nicht kennt.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.UnknownResourceType;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var type = resource.Member(fault.Node, "resourceType"u8);
        if (type == 0 || resource.ValueOf(type) is not { } name)
        {
            issues.AddMissing(this, resource, fault.Node, "resourceType", Untyped, MendUntyped);
            return;
        }

        var near = NearestName.Within(name, FhirModel.Types.Where(known => known is { IsResource: true, IsAbstract: false }).Select(known => known.Name), MostChanges);
        issues.Add(this, resource, type, Unknown, near is null ? Mend : MendNear, near, name, near);
    }
}
