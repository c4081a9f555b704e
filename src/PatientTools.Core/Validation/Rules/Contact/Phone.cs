using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Contact;

/// <summary>
/// Phone, fax and text message numbers that nobody can dial; see <see cref="PhoneNumbers"/>. Source: ITU-T E.164 and E.123,
/// DIN 5008, RFC 3966.
/// </summary>
internal sealed class Phone() : ContentRule(nameof(Phone), IssueSeverity.Warning, RuleCategory.Contact, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "'{0}' is no phone number.",
        "„{0}“ ist keine Telefonnummer.");

    private static readonly LocalText Mending = new(
        "Write 3 to 15 digits, such as 030 123456-78 or +49 30 12345678. Remarks belong elsewhere; where there is no number, leave it out.",
        "Schreiben Sie 3 bis 15 Ziffern, etwa 030 123456-78 oder +49 30 12345678. Bemerkungen gehören anderswohin; wo es keine Nummer gibt, lassen Sie sie weg.");

    /// <inheritdoc/>
    public override string Example => "telecom[0].value: \"siehe Ehefrau\"";

    /// <inheritdoc/>
    public override string Reference => "ITU-T E.164, E.123; DIN 5008; RFC 3966";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A phone, fax or text message number is none.",
        "Eine Telefon-, Fax- oder SMS-Nummer ist keine.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        foreach (ref readonly var telecom in patient.Telecoms)
        {
            if (!PhoneNumbers.IsOne(document, telecom))
            {
                continue;
            }

            var number = document.TextOf(telecom.Value);
            if (!PhoneNumbers.IsNumber(number) && !PhoneNumbers.IsPlaceholder(number))
            {
                issues.Add(this, document, telecom.Value, Message, Mending, PhoneNumbers.Mended(document.ValueOf(telecom.Value)!), document.ValueOf(telecom.Value));
            }
        }
    }
}
