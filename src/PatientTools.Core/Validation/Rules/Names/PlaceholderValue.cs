using PatientTools.Validation.Content;
using PatientTools.Validation.Rules.Contact;
using PatientTools.Validation.Rules.Person;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Values that were typed because a form demanded one: postal code <c>00000</c>, birth date <c>1900-01-01</c>, phone
/// <c>0000000</c>, record number <c>0000</c>. Source: what migrated data is full of; 00 begins no German postal code (Deutsche Post), and 9999-12-31 is the
/// last day of ISO 8601's calendar.
/// </summary>
/// <remarks>
/// <c>12345</c> is left out, since it is the postal code of a town in the state of New York, and addresses at example.org are,
/// since samples have them so that no mail goes astray.
/// </remarks>
internal sealed class PlaceholderValue() : ContentRule(nameof(PlaceholderValue), IssueSeverity.Warning, RuleCategory.Name, IssueType.BusinessRule)
{
    /// <summary>How many digits a record number of one digit has at least: a small house may have reached 7, 77 and 777.</summary>
    private const int FewestDigits = 4;

    private static readonly LocalText PostalCode = new(
        "The postal code {0} stands for one that was not known.",
        "Die Postleitzahl {0} steht für eine, die nicht bekannt war.");

    private static readonly LocalText BirthDate = new(
        "The birth date {0} stands for one that was not known.",
        "Das Geburtsdatum {0} steht für eines, das nicht bekannt war.");

    private static readonly LocalText Phone = new(
        "The phone number {0} stands for one that was not known.",
        "Die Telefonnummer {0} steht für eine, die nicht bekannt war.");

    private static readonly LocalText RecordNumber = new(
        "The record number {0} stands for one that was not known.",
        "Die Patientennummer {0} steht für eine, die nicht bekannt war.");

    private static readonly LocalText Mending = new(
        "Ask for the real value, or leave it out: what is missing is seen, what is made up is believed.",
        "Erfragen Sie den wirklichen Wert, oder lassen Sie ihn weg: Was fehlt, sieht man; was erfunden ist, glaubt man.");

    /// <inheritdoc/>
    public override string Example => "address[0].postalCode: \"00000\"";

    /// <inheritdoc/>
    public override string Reference => "Deutsche Post, Leitregionen (00 begins none); ISO 8601";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A postal code, birth date, phone number or record number stands for one that was not known.",
        "Eine Postleitzahl, ein Geburtsdatum, eine Telefon- oder Patientennummer steht für eine unbekannte.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        if (PersonDates.TryBirth(patient, out var birth) && PersonDates.IsPlaceholder(birth))
        {
            issues.Add(this, document, patient.BirthDate.Node, BirthDate, Mending, null, birth);
        }

        foreach (ref readonly var address in patient.Addresses)
        {
            if (address.PostalCode != 0 && PostalCodes.IsPlaceholder(document.TextOf(address.PostalCode)))
            {
                issues.Add(this, document, address.PostalCode, PostalCode, Mending, null, document.ValueOf(address.PostalCode));
            }
        }

        foreach (ref readonly var telecom in patient.Telecoms)
        {
            if (PhoneNumbers.IsOne(document, telecom) && PhoneNumbers.IsPlaceholder(document.TextOf(telecom.Value)))
            {
                issues.Add(this, document, telecom.Value, Phone, Mending, null, document.ValueOf(telecom.Value));
            }
        }

        foreach (ref readonly var identifier in patient.Identifiers)
        {
            if (identifier.IsMrn && identifier.Value != 0 && document.Nodes[identifier.Value].Kind == ContentKind.Text && IsOneDigit(document.TextOf(identifier.Value)))
            {
                issues.Add(this, document, identifier.Value, RecordNumber, Mending, null, document.ValueOf(identifier.Value));
            }
        }
    }

    private static bool IsOneDigit(ReadOnlySpan<byte> number) =>
        number.Length >= FewestDigits && number[0] is >= (byte)'0' and <= (byte)'9' && !number.ContainsAnyExcept(number[0]);
}
