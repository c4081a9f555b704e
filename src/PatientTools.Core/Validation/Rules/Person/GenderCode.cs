using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// Genders in another writing. Source: hl7.org/fhir/R4/valueset-administrative-gender.html, of which no other codes are allowed;
/// what German systems write, and ISO/IEC 5218, tell what is meant.
/// </summary>
internal sealed class GenderCode() : ContentRule(nameof(GenderCode), IssueSeverity.Error, RuleCategory.Person, IssueType.CodeInvalid)
{
    private static readonly LocalText Message = new(
        "'{0}' is no gender that FHIR knows.",
        "„{0}“ ist kein Geschlecht, das FHIR kennt.");

    private static readonly LocalText Mending = new(
        "Use male, female, other or unknown; German 'divers' and 'unbestimmt' are other, with the extension gender-amtlich-de beside it.",
        "Verwenden Sie male, female, other oder unknown; „divers“ und „unbestimmt“ sind other, mit der Erweiterung gender-amtlich-de daneben.");

    /// <inheritdoc/>
    public override string Example => "gender: \"männlich\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/valueset-administrative-gender.html; http://fhir.de/StructureDefinition/gender-amtlich-de";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The gender is not one of FHIR's four codes.",
        "Das Geschlecht ist keiner der vier Codes von FHIR.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        if (patient.Gender != 0 && document.Nodes[patient.Gender] is { Kind: ContentKind.Text, Length: > 0 } && !IsCode(document.TextOf(patient.Gender)))
        {
            issues.Add(this, document, patient.Gender, Message, Mending, Mended(document.ValueOf(patient.Gender)!), document.ValueOf(patient.Gender));
        }
    }

    /// <summary>The code that is meant.</summary>
    /// <param name="text">What stands there.</param>
    /// <returns>The code; null when nobody can say.</returns>
    internal static string? Mended(string text) => text.Trim().ToLowerInvariant() switch
    {
        "m" or "male" or "männlich" or "maennlich" or "mann" or "herr" or "1" => "male",
        "w" or "f" or "female" or "weiblich" or "frau" or "2" => "female",
        "d" or "x" or "o" or "other" or "divers" or "unbestimmt" => "other",
        "u" or "unknown" or "unbekannt" or "0" or "9" => "unknown",
        _ => null,
    };

    private static bool IsCode(ReadOnlySpan<byte> text) => text.Length switch
    {
        4 => text.SequenceEqual("male"u8),
        5 => text.SequenceEqual("other"u8),
        6 => text.SequenceEqual("female"u8),
        7 => text.SequenceEqual("unknown"u8),
        _ => false,
    };
}
