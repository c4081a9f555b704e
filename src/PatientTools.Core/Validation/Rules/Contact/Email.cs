using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Contact;

/// <summary>
/// E-mail addresses to which no mail can go; see <see cref="EmailAddresses"/>. Source: RFC 5321, RFC 5322, RFC 6531.
/// </summary>
internal sealed class Email() : ContentRule(nameof(Email), IssueSeverity.Warning, RuleCategory.Contact, IssueType.Value)
{
    private static readonly LocalText Message = new(
        "'{0}' is no e-mail address.",
        "„{0}“ ist keine E-Mail-Adresse.");

    private static readonly LocalText Mending = new(
        "Write one address, such as anna@example.org; a second one is an entry of its own.",
        "Schreiben Sie eine Adresse, etwa anna@example.org; eine zweite ist ein eigener Eintrag.");

    /// <inheritdoc/>
    public override string Example => "telecom[1].value: \"post@@example.org\"";

    /// <inheritdoc/>
    public override string Reference => "RFC 5321, RFC 5322, RFC 6531";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "An e-mail address is none.",
        "Eine E-Mail-Adresse ist keine.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        foreach (ref readonly var telecom in patient.Telecoms)
        {
            if (telecom.Value != 0
                && document.Is(telecom.System, "email"u8)
                && document.Nodes[telecom.Value] is { Kind: ContentKind.Text, Length: > 0 }
                && !EmailAddresses.IsAddress(document.TextOf(telecom.Value)))
            {
                issues.Add(this, document, telecom.Value, Message, Mending, EmailAddresses.Mended(document.ValueOf(telecom.Value)!), document.ValueOf(telecom.Value));
            }
        }
    }
}
