namespace PatientTools.Validation.Rules.Document;

/// <summary>A member that stands twice in one object, so that readers disagree on which one counts (RFC 8259, section 4; FHIR R4 json.html).</summary>
internal sealed class JsonDuplicateMember() : EngineRule("JsonDuplicateMember", IssueSeverity.Fatal, RuleCategory.Document, IssueType.Structure)
{
    /// <summary>The rule.</summary>
    public static JsonDuplicateMember Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => """{"resourceType":"Patient","gender":"male","gender":"female"}""";

    /// <inheritdoc/>
    public override string Reference => "RFC 8259, section 4; https://hl7.org/fhir/R4/json.html";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A member stands twice in one JSON object, so that nobody can tell which one counts.",
        "Ein Element steht zweimal in einem JSON-Objekt, sodass niemand sagen kann, welches gilt.");
}
