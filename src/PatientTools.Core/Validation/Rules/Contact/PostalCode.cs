using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Contact;

/// <summary>
/// Postal codes that their country cannot have; see <see cref="PostalCodes"/>. Source: Universal Postal Union, Postal addressing
/// systems. Where the address names no country, any country's shape will do.
/// </summary>
internal sealed class PostalCode() : ContentRule(nameof(PostalCode), IssueSeverity.Warning, RuleCategory.Contact, IssueType.Value)
{
    private static readonly LocalText OfCountry = new(
        "'{0}' is no postal code of {1}: there it has {2}.",
        "„{0}“ ist keine Postleitzahl von {1}: Dort hat sie {2}.");

    private static readonly LocalText OfGermany = new(
        "Postal codes are text of five digits: of 1067 a program has lost the zero of 01067. Codes of four digits are Austrian or Swiss; then say so in 'country'.",
        "Postleitzahlen sind Text aus fünf Ziffern: Bei 1067 hat ein Programm die Null von 01067 verloren. Vierstellige sind österreichisch oder schweizerisch; dann sagen Sie das in „country“.");

    private static readonly LocalText Mending = new(
        "Correct the code, or the country beside it.",
        "Berichtigen Sie die Postleitzahl oder das Land daneben.");

    private static readonly LocalText OfNowhere = new(
        "'{0}' has the shape of no country's postal code.",
        "„{0}“ hat die Form der Postleitzahl keines Landes.");

    private static readonly LocalText MendingOfNowhere = new(
        "Correct the code, and add the country.",
        "Berichtigen Sie die Postleitzahl, und ergänzen Sie das Land.");

    /// <inheritdoc/>
    public override string Example => "address[0].postalCode: \"1067\"";

    /// <inheritdoc/>
    public override string Reference => "Universal Postal Union, Postal addressing systems; Deutsche Post, Leitregionen";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A postal code does not have the shape of its country's.",
        "Eine Postleitzahl hat nicht die Form, die ihr Land vorsieht.");

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        var document = patient.Document;
        foreach (ref readonly var address in patient.Addresses)
        {
            if (address.PostalCode != 0 && document.Nodes[address.PostalCode] is { Kind: ContentKind.Text, Length: > 0 })
            {
                CheckCode(document, address, issues);
            }
        }
    }

    private void CheckCode(ResourceContent document, in AddressContent address, IssueSink issues)
    {
        var code = document.TextOf(address.PostalCode);
        var isNamed = address.Country != 0 && document.Nodes[address.Country] is { Kind: ContentKind.Text, Length: > 0 };
        var country = isNamed ? PostalCodes.Find(document.TextOf(address.Country)) : null;
        if ((isNamed && country is null) || PostalCodes.IsCode(code, country) || PostalCodes.IsPlaceholder(code))
        {
            return;
        }

        var text = document.ValueOf(address.PostalCode);
        var mended = PostalCodes.Mended(text!, country);
        if (country is null)
        {
            issues.Add(this, document, address.PostalCode, OfNowhere, MendingOfNowhere, mended, text);
        }
        else
        {
            issues.Add(this, document, address.PostalCode, OfCountry, country.Code == "DE" ? OfGermany : Mending, mended, text, document.ValueOf(address.Country), country.Shape.In(issues.Language));
        }
    }
}
