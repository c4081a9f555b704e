namespace PatientTools.Validation.Rules.Document;

/// <summary>A JSON object that is no FHIR Patient (FHIR R4 resource.html: every resource names its type).</summary>
internal sealed class NotAPatient() : EngineRule("NotAPatient", IssueSeverity.Fatal, RuleCategory.Document, IssueType.Structure)
{
    /// <summary>The rule.</summary>
    public static NotAPatient Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => "resourceType: \"Person\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/json.html#resources";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The JSON object is no FHIR Patient: resourceType is missing or names something else.",
        "Das JSON-Objekt ist kein FHIR-Patient: resourceType fehlt oder nennt etwas anderes.");
}
