using System.Text;
using PatientTools.Validation.Rules.Contact;

namespace PatientTools.Core.Tests.Validation.Rules;

public class ContactRulesTests
{
    [Theory]
    [InlineData("DE", "53111", true, null)]
    [InlineData("DEU", "08066", true, null)]
    [InlineData("Deutschland", "01067", true, null)]
    [InlineData("germany", "99998", true, null)]
    [InlineData("DE", "1067", false, "01067")]
    [InlineData("DE", "D-53111", false, "53111")]
    [InlineData("DE", "5311", false, "05311")]
    [InlineData("DE", "531111", false, null)]
    [InlineData("DE", "I1000", false, "01000")]
    [InlineData("DE", "53 111", false, "53111")]
    [InlineData("DE", "00123", false, null)]
    [InlineData("AT", "1010", true, null)]
    [InlineData("Österreich", "A-1010", false, "1010")]
    [InlineData("AUT", "0101", false, null)]
    [InlineData("CH", "3013", true, null)]
    [InlineData("Schweiz", "30130", false, null)]
    [InlineData("LI", "9490", true, null)]
    [InlineData("NL", "1011 AB", true, null)]
    [InlineData("NL", "1011AB", true, null)]
    [InlineData("Niederlande", "1011", false, null)]
    [InlineData("FR", "75001", true, null)]
    [InlineData("FR", "7500", false, null)]
    [InlineData("IT", "00184", true, null)]
    [InlineData("PL", "00-950", true, null)]
    [InlineData("Polen", "00950", false, "00-950")]
    [InlineData("DK", "0800", true, null)]
    [InlineData("BE", "1000", true, null)]
    [InlineData("LU", "L-1234", true, null)]
    [InlineData("LU", "1234", true, null)]
    [InlineData("CZ", "110 00", true, null)]
    [InlineData("Tschechien", "11000", true, null)]
    [InlineData("GB", "SW1A 1AA", true, null)]
    [InlineData("GB", "m11ae", true, null)]
    [InlineData("United Kingdom", "CR2 6XH", true, null)]
    [InlineData("GB", "SW1A", false, null)]
    [InlineData("US", "12345", true, null)]
    [InlineData("USA", "12345-6789", true, null)]
    [InlineData("US", "1234", false, null)]
    [InlineData("Atlantis", "?", true, null)]
    public void Postal_codes_by_country(string country, string code, bool valid, string? mended)
    {
        var changes = $"address[0].country: \"{country}\", address[0].postalCode: \"{code}\"";
        if (valid)
        {
            Checked.FindsNothing(changes);
            return;
        }

        var issue = Checked.Finds("PostalCode", changes, "Patient.address[0].postalCode");
        Assert.Equal(mended, issue.Suggestion);
        Assert.Contains(country, issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("53111")]
    [InlineData("1010")]
    [InlineData("SW1A 1AA")]
    public void Without_a_country_any_shape_will_do(string code) => Checked.FindsNothing($"address[0].country: missing, address[0].postalCode: \"{code}\"");

    [Theory]
    [InlineData("I1000")]
    [InlineData("unbekannt")]
    [InlineData("123")]
    public void Without_a_country_some_shape_is_needed(string code) =>
        Checked.Finds("PostalCode", $"address[0].country: missing, address[0].postalCode: \"{code}\"", "Patient.address[0].postalCode");

    [Theory]
    [InlineData("030 123456-78")]
    [InlineData("+49 30 12345678")]
    [InlineData("+49 (0)30 12345678")]
    [InlineData("0049 30 12345678")]
    [InlineData("(030) 12345678")]
    [InlineData("030/12345678")]
    [InlineData("0171.3920012")]
    [InlineData("555-806-9773")]
    [InlineData("555-806-9773 x12")]
    [InlineData("(03) 5555 6473 ext. 4")]
    [InlineData("tel:+49-30-12345678;ext=12")]
    [InlineData("110")]
    [InlineData("+493012345678901")]
    public void Phone_numbers(string number)
    {
        Assert.True(PhoneNumbers.IsNumber(Encoding.UTF8.GetBytes(number)));
        Checked.FindsNothing($"telecom[0].value: \"{number}\"");
    }

    [Theory]
    [InlineData("keine", null)]
    [InlineData("0", null)]
    [InlineData("030/2312x5", null)]
    [InlineData("12345678901234567890123", null)]
    [InlineData("siehe Ehefrau", null)]
    [InlineData("12", null)]
    [InlineData("030 (12345", null)]
    [InlineData("Tel. 030 12345678", "030 12345678")]
    [InlineData("030–12345678", "030-12345678")]
    [InlineData("030 12345678 (Tochter)", null)]
    [InlineData("anna@example.org", null)]
    [InlineData("++49 30 123456", null)]
    public void No_phone_numbers(string number, string? mended) =>
        Assert.Equal(mended, Checked.Finds("Phone", $"telecom[0].value: \"{number}\"", "Patient.telecom[0].value").Suggestion);

    [Theory]
    [InlineData("anna.mueller@example.org")]
    [InlineData("mailto:anna@example.org")]
    [InlineData("anna+praxis@mail.example.co.uk")]
    [InlineData("anna@müller.de")]
    [InlineData("ännä@xn--mller-kva.de")]
    [InlineData("o'brien_1@example.museum")]
    [InlineData("\\\"anna mueller\\\"@example.org")]
    public void Email_addresses(string address) => Checked.FindsNothing($"telecom[1].value: \"{address}\"");

    [Theory]
    [InlineData("@example.org", null)]
    [InlineData("post@", null)]
    [InlineData("post.example.org", null)]
    [InlineData("post@@example.org", "post@example.org")]
    [InlineData("po st@example.org", "post@example.org")]
    [InlineData("post(at)example.org", "post@example.org")]
    [InlineData("Anna <post@example.org>", "post@example.org")]
    [InlineData("post@example,org", "post@example.org")]
    [InlineData("post@example.org;", "post@example.org")]
    [InlineData("a@b.de; c@d.de", null)]
    [InlineData("post@localhost", null)]
    [InlineData("post@-example.org", null)]
    [InlineData("post@example..org", "post@example.org")]
    [InlineData(".post@example.org", "post@example.org")]
    [InlineData("post@1.2.3.4", null)]
    [InlineData("keine", null)]
    public void No_email_addresses(string address, string? mended) =>
        Assert.Equal(mended, Checked.Finds("Email", $"telecom[1].value: \"{address}\"", "Patient.telecom[1].value").Suggestion);

    [Fact]
    public void Lengths_of_email_addresses()
    {
        Assert.True(EmailAddresses.IsAddress(Encoding.UTF8.GetBytes(new string('a', 64) + "@example.org")));
        Assert.False(EmailAddresses.IsAddress(Encoding.UTF8.GetBytes(new string('a', 65) + "@example.org")));
        Assert.False(EmailAddresses.IsAddress(Encoding.UTF8.GetBytes("a@" + new string('b', 64) + ".org")));
    }

    [Fact]
    public void Ways_of_other_kinds_are_left_alone() => Checked.FindsNothing("telecom[0].system: \"url\", telecom[0].value: \"matrix:@b234567895:demo\"");
}
