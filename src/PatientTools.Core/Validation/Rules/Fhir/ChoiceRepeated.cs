using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Several members of a choice, of which only one may be there. Source: hl7.org/fhir/R4/formats.html#choice.</summary>
internal sealed class ChoiceRepeated() : FaultRule(nameof(ChoiceRepeated), IssueSeverity.Error, IssueType.Structure)
{
    private static readonly LocalText Second = new(
        "'{0}' stands beside another of {1}, of which only one may be there.",
        "„{0}“ steht neben einem anderen von {1}, von denen nur eines da sein darf.");

    private static readonly LocalText Mend = new(
        "Keep the one that says most, and leave out the others. See {2}.",
        "Behalten Sie das, das am meisten sagt, und lassen Sie die anderen weg. Siehe {2}.");

    /// <inheritdoc/>
    public override string Example => "deceasedBoolean: true, deceasedDateTime: \"2026-01-02\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/formats.html#choice";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "Several members of a choice are there, of which only one may be.",
        "Von einer Auswahl von Elementen sind mehrere da, obwohl nur eines da sein darf.");

    /// <summary>The members of a choice, some of them when there are many.</summary>
    /// <param name="element">One of them.</param>
    /// <returns>Their names, with commas between them.</returns>
    internal static string MembersOf(FhirElement element)
    {
        string[] names = [.. element.Owner.Elements.Where(other => other.Choice == element.Choice && !other.IsShadow).Select(other => other.Name)];
        return names.Length <= CodeValue.MostTold ? string.Join(", ", names) : string.Join(", ", names.Take(CodeValue.MostTold)) + ", …";
    }

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.SecondChoice;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var element = FhirModel.Element(fault.Element);
        issues.Add(this, resource, fault.Node, Second, Mend, null, element.Name, MembersOf(element), FhirTerms.PageOf(element.Owner));
    }
}
