using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// No name. Source: ISiKPatient of gematik, which demands one; a patient without a name cannot be told from others. A name
/// that says why it is missing (<c>_family</c>, data-absent-reason) is taken at its word, and a name of wrong form is reported
/// as such.
/// </summary>
internal sealed class NameMissing() : ContentRule(nameof(NameMissing), IssueSeverity.Error, RuleCategory.Name, IssueType.Required)
{
    private static readonly LocalText Message = new(
        "The name is missing.",
        "Der Name fehlt.");

    private static readonly LocalText Mending = new(
        "Add a family or given name. Where it is not known, say so with the extension data-absent-reason.",
        "Ergänzen Sie einen Familien- oder Vornamen. Wo er nicht bekannt ist, sagen Sie das mit der Erweiterung data-absent-reason.");

    /// <inheritdoc/>
    public override string Example => "name: missing";

    /// <inheritdoc/>
    public override string Reference => "https://gematik.de/fhir/isik/StructureDefinition/ISiKPatient; https://hl7.org/fhir/R4/patient-definitions.html#Patient.name";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The patient has no name.",
        "Der Patient hat keinen Namen.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        foreach (ref readonly var part in patient.NameParts)
        {
            if (part.Name >= 0 && part.Kind is NamePartKind.Family or NamePartKind.Given or NamePartKind.Text && !IsBlank(document, part))
            {
                return;
            }
        }

        var name = document.Member(0, "name"u8);
        if (!SaysWhy(patient) && !IsFaulty(document, name))
        {
            issues.AddMissing(this, document, 0, "name", Message, Mending);
        }
    }

    private static bool IsBlank(ResourceContent document, in NamePart part) =>
        (part.Traits & (TextTraits.Lower | TextTraits.Upper)) == TextTraits.None && NameText.Trim(document.TextOf(part.Node)).IsEmpty;

    private static bool SaysWhy(PatientContent patient)
    {
        var document = patient.Document;
        if (document.Member(0, "_name"u8) != 0)
        {
            return true;
        }

        foreach (ref readonly var name in patient.Names)
        {
            if (document.Member(name.Node, "extension"u8) != 0 || document.Member(name.Node, "_family"u8) != 0
                || document.Member(name.Node, "_given"u8) != 0 || document.Member(name.Node, "_text"u8) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFaulty(ResourceContent document, int name)
    {
        foreach (ref readonly var fault in document.Faults)
        {
            if (name != 0 && fault.Node >= name && fault.Node < document.Nodes[name].Next)
            {
                return true;
            }
        }

        return false;
    }
}
