using PatientTools.Search.Text;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Members that FHIR R4 does not have at their place. Source: the page of each type under hl7.org/fhir/R4.</summary>
internal sealed class UnknownMember() : FaultRule(nameof(UnknownMember), IssueSeverity.Information, IssueType.Structure)
{
    private static readonly LocalText Unknown = new(
        "FHIR R4 knows no member '{0}' in {1}; it is kept, but nothing in it is checked.",
        "FHIR R4 kennt in {1} kein Element „{0}“; es bleibt erhalten, aber nichts darin wird geprüft.");

    private static readonly LocalText Mend = new(
        "What FHIR has no member for belongs into an extension. The members of {1}: {2}.",
        "Wofür FHIR kein Element hat, gehört in eine Extension. Die Elemente von {1}: {2}.");

    private static readonly LocalText MendNear = new(
        "Did you mean '{3}'? What FHIR has no member for belongs into an extension. The members of {1}: {2}.",
        "Meinten Sie „{3}“? Wofür FHIR kein Element hat, gehört in eine Extension. Die Elemente von {1}: {2}.");

    private static readonly LocalText MendChoice = new(
        "The name says the type as well; one of these has to stand there: {3}. See {2}.",
        "Der Name nennt auch den Typ; eines von diesen muss dort stehen: {3}. Siehe {2}.");

    /// <inheritdoc/>
    public override string Example => "birthdate: \"1958-03-14\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/json.html; the page of the type";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "FHIR R4 knows no such member at this place; what stands in it is kept, but not checked.",
        "FHIR R4 kennt an dieser Stelle kein solches Element; sein Inhalt bleibt erhalten, wird aber nicht geprüft.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.UnknownMember;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var name = resource.NameOf(fault.Node);
        if (FhirTerms.TypeOf(resource, resource.Nodes[fault.Node].Parent) is not { } type)
        {
            return;
        }

        var page = FhirTerms.PageOf(type);
        string[] choice = [.. type.Elements.Where(element => element.Choice == name && !element.IsShadow).Select(element => element.Name)];
        if (choice.Length > 0)
        {
            var several = choice.Length > CodeValue.MostTold ? string.Join(", ", choice.Take(CodeValue.MostTold)) + ", …" : string.Join(", ", choice);
            issues.Add(this, resource, fault.Node, Unknown, MendChoice, null, name, type.Name, page, several);
            return;
        }

        var near = NearestName.Within(name, type.Elements.Select(element => element.Name), Math.Max(1, name.Length / 4));
        issues.Add(this, resource, fault.Node, Unknown, near is null ? Mend : MendNear, null, name, type.Name, page, near);
    }
}
