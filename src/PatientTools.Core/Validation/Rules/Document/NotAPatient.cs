namespace PatientTools.Validation.Rules.Document;

/// <summary>JSON that is no FHIR Patient: another resource, an object without a type, no object (FHIR R4 json.html: every resource is an object that names its type).</summary>
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
        "The JSON is no FHIR Patient: it is no object, or its resourceType is missing or names something else.",
        "Das JSON ist kein FHIR-Patient: Es ist kein Objekt, oder resourceType fehlt oder nennt etwas anderes.");
}
