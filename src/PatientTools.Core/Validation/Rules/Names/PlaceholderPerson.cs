using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// People who are none: <c>Test</c>, <c>Mustermann</c>, <c>N.N.</c>, <c>Nachname-0001</c>. Source: what migrated practices are
/// full of; Erika Mustermann is the name on specimens of German identity cards (Bundesdruckerei, since 1982), N.N. that of
/// the unknown (nomen nescio). A warning, since some of them are names that people bear.
/// </summary>
internal sealed class PlaceholderPerson() : ContentRule(nameof(PlaceholderPerson), IssueSeverity.Warning, RuleCategory.Name, IssueType.BusinessRule)
{
    private static readonly LocalText Message = new(
        "'{0}' looks like the name of nobody: of a test, an example, or somebody unknown.",
        "„{0}“ sieht nach dem Namen von niemandem aus: von einem Test, einem Muster oder einem Unbekannten.");

    private static readonly LocalText Mending = new(
        "Remove patients of tests from the store. Of the unknown leave the name out and say so with data-absent-reason.",
        "Entfernen Sie Testpatienten aus dem Bestand. Bei Unbekannten lassen Sie den Namen weg und sagen das mit data-absent-reason.");

    /// <inheritdoc/>
    public override string Example => "name[0].family: \"Mustermann\"";

    /// <inheritdoc/>
    public override string Reference => "Bundesdruckerei, specimens of identity cards (Mustermann); nomen nescio (N.N.)";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The name is that of a test, an example, or somebody unknown.",
        "Der Name ist der eines Tests, eines Musters oder eines Unbekannten.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        for (var name = 0; name < patient.Names.Length; name++)
        {
            if (PlaceholderNames.Find(patient, name) is var node and not 0)
            {
                issues.Add(this, patient.Document, node, Message, Mending, null, patient.Document.ValueOf(node));
            }
        }
    }
}
