using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>
/// The same number twice. Source: hl7.org/fhir/R4/datatypes.html#Identifier: system and value together identify one thing, so a
/// second identifier with both says nothing new or contradicts the first. Values without a system are not compared: nobody
/// knows whether they are the same number.
/// </summary>
internal sealed class IdentifierRepeated() : ContentRule(nameof(IdentifierRepeated), IssueSeverity.Error, RuleCategory.Identifier, IssueType.Duplicate)
{
    /// <summary>Up to how many identifiers are compared pair by pair.</summary>
    private const int Few = 24;

    private static readonly LocalText Message = new(
        "The identifier '{0}' of the system {1} stands twice: first at {2}.",
        "Der Identifikator „{0}“ des Systems {1} steht zweimal da: zuerst an der Stelle {2}.");

    private static readonly LocalText Mending = new(
        "Remove one of them. If they differ in type or period, keep the one that is right.",
        "Entfernen Sie einen davon. Wenn sich Typ oder Zeitraum unterscheiden, behalten Sie den richtigen.");

    /// <inheritdoc/>
    public override string Example => "identifier[2].system: \"urn:oid:2.999.1\", identifier[2].value: \"4711\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#Identifier";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The same identifier, system and value, stands twice.",
        "Derselbe Identifikator aus System und Wert steht zweimal da.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.SeveralIdentifiers;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var identifiers = patient.Identifiers;
        if (identifiers.Length > Few)
        {
            CheckMany(patient, issues, cancellation);
            return;
        }

        for (var second = 1; second < identifiers.Length; second++)
        {
            for (var first = 0; first < second; first++)
            {
                if (AreSame(patient.Document, identifiers[first], identifiers[second]))
                {
                    Report(patient, first, second, issues);
                    break;
                }
            }
        }
    }

    private static bool AreSame(ResourceContent document, in IdentifierContent first, in IdentifierContent second) =>
        IsWhole(document, first)
        && IsWhole(document, second)
        && document.TextOf(first.Value).SequenceEqual(document.TextOf(second.Value))
        && document.TextOf(first.System).SequenceEqual(document.TextOf(second.System));

    private static bool IsWhole(ResourceContent document, in IdentifierContent identifier) =>
        identifier.System != 0
        && identifier.Value != 0
        && document.Nodes[identifier.System] is { Kind: ContentKind.Text, Length: > 0 }
        && document.Nodes[identifier.Value] is { Kind: ContentKind.Text, Length: > 0 };

    private void CheckMany(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        var seen = new Dictionary<(string System, string Value), int>();
        for (var i = 0; i < patient.Identifiers.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var identifier = patient.Identifiers[i];
            if (IsWhole(document, identifier) && !seen.TryAdd((document.StringOf(identifier.System), document.StringOf(identifier.Value)), i))
            {
                Report(patient, seen[(document.StringOf(identifier.System), document.StringOf(identifier.Value))], i, issues);
            }
        }
    }

    private void Report(PatientContent patient, int first, int second, IssueSink issues)
    {
        var document = patient.Document;
        var identifier = patient.Identifiers[second];
        issues.Add(this, document, identifier.Value, Message, Mending, null, document.ValueOf(identifier.Value), document.ValueOf(identifier.System), document.PathOf(patient.Identifiers[first].Value));
    }
}
