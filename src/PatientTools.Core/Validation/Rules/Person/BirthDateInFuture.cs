using System.Globalization;
using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>
/// Birth dates ahead. Source: hl7.org/fhir/R4/patient-definitions.html#Patient.birthDate, the date of birth of an individual:
/// of somebody who was born. A partial date is reported when all of it lies ahead.
/// </summary>
internal sealed class BirthDateInFuture() : ContentRule(nameof(BirthDateInFuture), IssueSeverity.Error, RuleCategory.Person, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "The birth date {0} lies ahead: today is {1}.",
        "Das Geburtsdatum {0} liegt in der Zukunft: Heute ist der {1}.");

    private static readonly LocalText Mending = new(
        "Check the century: years of two digits are often completed wrongly. Of an unborn child leave the date out.",
        "Prüfen Sie das Jahrhundert: Zweistellige Jahreszahlen werden oft falsch ergänzt. Bei einem Ungeborenen lassen Sie das Datum weg.");

    /// <inheritdoc/>
    public override string Example => "birthDate: \"2958-12-31\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/patient-definitions.html#Patient.birthDate";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "The birth date lies ahead.",
        "Das Geburtsdatum liegt in der Zukunft.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        if (PersonDates.TryBirth(patient, out var birth) && PersonDates.IsAhead(birth, patient.Today) && !PersonDates.IsPlaceholder(birth))
        {
            issues.Add(this, patient.Document, patient.BirthDate.Node, Message, Mending, Mended(patient, birth.ToString()), birth, patient.Today.ToString("O", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The same day a century earlier, when that makes sense.</summary>
    private static string? Mended(PatientContent patient, string date)
    {
        var year = int.Parse(date.AsSpan(0, 4), CultureInfo.InvariantCulture);
        if (year <= patient.Today.Year || year - 100 > patient.Today.Year || year - 100 <= patient.Today.Year - BirthDateTooLongAgo.MostYears)
        {
            return null;
        }

        var earlier = FormattableString.Invariant($"{year - 100:D4}{date[4..]}");
        return PartialDate.TryParse(earlier, out var then) && then.Last <= patient.Today ? earlier : null;
    }
}
