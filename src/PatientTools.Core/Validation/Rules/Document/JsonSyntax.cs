namespace PatientTools.Validation.Rules.Document;

/// <summary>Text that is not one JSON value (RFC 8259, FHIR R4 json.html).</summary>
internal sealed class JsonSyntax() : EngineRule("JsonSyntax", IssueSeverity.Fatal, RuleCategory.Document, IssueType.Structure)
{
    /// <summary>The rule.</summary>
    public static JsonSyntax Instance { get; } = new();

    /// <inheritdoc/>
    public override string Example => """{"resourceType":"Patient","name":[{"family":"Mül""";

    /// <inheritdoc/>
    public override string Reference => "RFC 8259; https://hl7.org/fhir/R4/json.html";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The text is no JSON that can be read: malformed, cut short, nested too deeply, or not in UTF-8.",
        "Der Text ist kein lesbares JSON: fehlerhaft, abgeschnitten, zu tief verschachtelt oder nicht in UTF-8.");
}
