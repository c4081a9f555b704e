using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using PatientTools.Validation.Fhir;

namespace PatientTools.Core.Tests.Validation.Fhir;

/// <summary>Good and bad values from the text and the expressions of hl7.org/fhir/R4/datatypes.html#primitive.</summary>
public class FhirSyntaxTests
{
    /// <summary>The expressions of the page, word for word.</summary>
    private const string DateExpression = "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1]))?)?";
    private const string DateTimeExpression = "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?";
    private const string InstantExpression = "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))";
    private const string TimeExpression = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?";

    [Theory]
    [InlineData("date", "2018")]
    [InlineData("date", "1973-06")]
    [InlineData("date", "1905-08-23")]
    [InlineData("date", "2024-02-29")]
    [InlineData("date", "0001-01-01")]
    [InlineData("dateTime", "2018")]
    [InlineData("dateTime", "1973-06")]
    [InlineData("dateTime", "1905-08-23")]
    [InlineData("dateTime", "2015-02-07T13:28:17-05:00")]
    [InlineData("dateTime", "2017-01-01T00:00:00.000Z")]
    [InlineData("dateTime", "2016-12-31T23:59:60Z")]
    [InlineData("dateTime", "2017-01-01T00:00:00+14:00")]
    [InlineData("dateTime", "2017-01-01T00:00:00.123456789-00:30")]
    [InlineData("instant", "2015-02-07T13:28:17.239+02:00")]
    [InlineData("instant", "2017-01-01T00:00:00Z")]
    [InlineData("time", "12:00:00")]
    [InlineData("time", "23:59:60.5")]
    [InlineData("code", "male")]
    [InlineData("code", "in progress")]
    [InlineData("code", "<=")]
    [InlineData("code", "für")]
    [InlineData("id", "a")]
    [InlineData("id", "A-1.b")]
    [InlineData("id", "0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("uri", "http://fhir.de/sid/gkv/kvid-10")]
    [InlineData("uri", "urn:oid:2.16.840")]
    [InlineData("uri", "Patient/1")]
    [InlineData("url", "ftp://example.org/ä")]
    [InlineData("canonical", "http://example.org/ValueSet/x|2.0#part")]
    [InlineData("oid", "urn:oid:1.2.3.4.5")]
    [InlineData("oid", "urn:oid:2.0.10")]
    [InlineData("uuid", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520")]
    [InlineData("base64Binary", "QUJD")]
    [InlineData("base64Binary", "QUI=")]
    [InlineData("base64Binary", "QQ==")]
    [InlineData("base64Binary", "QU JD\nQUJD")]
    [InlineData("string", "a")]
    [InlineData("string", " \t\r\n")]
    [InlineData("markdown", "# Befund\n\n* eins")]
    [InlineData("xhtml", "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>")]
    public void Good_text_is_taken(string type, string text) => Assert.True(IsText(type, text));

    [Theory]
    [InlineData("date", "18")]
    [InlineData("date", "0000")]
    [InlineData("date", "0000-01-01")]
    [InlineData("date", "2023-02-29")]
    [InlineData("date", "1900-02-29")]
    [InlineData("date", "2023-13")]
    [InlineData("date", "2023-00-10")]
    [InlineData("date", "2023-01-00")]
    [InlineData("date", "2023-04-31")]
    [InlineData("date", "2023-1-1")]
    [InlineData("date", "2023/01/01")]
    [InlineData("date", "01.02.2023")]
    [InlineData("date", "20230101")]
    [InlineData("date", "2023-01-01T00:00:00Z")]
    [InlineData("date", "2023-01-01 ")]
    [InlineData("date", "２０２３")]
    [InlineData("date", "-2023")]
    [InlineData("dateTime", "2015-02-07T13:28:17")]
    [InlineData("dateTime", "2015-02-07T13:28Z")]
    [InlineData("dateTime", "2015-02-07T24:00:00Z")]
    [InlineData("dateTime", "2015-02-07T13:60:00Z")]
    [InlineData("dateTime", "2015-02-07T13:28:61Z")]
    [InlineData("dateTime", "2015-02-07T13:28:17.Z")]
    [InlineData("dateTime", "2015-02-07T13:28:17+14:01")]
    [InlineData("dateTime", "2015-02-07T13:28:17+15:00")]
    [InlineData("dateTime", "2015-02-07T13:28:17+0100")]
    [InlineData("dateTime", "2015-02-07T13:28:17z")]
    [InlineData("dateTime", "2015-02-07 13:28:17Z")]
    [InlineData("dateTime", "2015-02-30T13:28:17Z")]
    [InlineData("dateTime", "2015-02T13:28:17Z")]
    [InlineData("dateTime", "2015-02-07T")]
    [InlineData("instant", "2015-02-07")]
    [InlineData("instant", "2015-02-07T13:28:17")]
    [InlineData("time", "12:00")]
    [InlineData("time", "24:00:00")]
    [InlineData("time", "12:00:00Z")]
    [InlineData("time", "12:00:00.")]
    [InlineData("time", "1:00:00")]
    [InlineData("code", " male")]
    [InlineData("code", "male ")]
    [InlineData("code", "in  progress")]
    [InlineData("code", "in\tprogress ")]
    [InlineData("code", "male\u00A0")]
    [InlineData("code", " ")]
    [InlineData("id", "")]
    [InlineData("id", "a_b")]
    [InlineData("id", "ä")]
    [InlineData("id", "a/b")]
    [InlineData("id", "01234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("uri", "http://example.org/a b")]
    [InlineData("uri", "http://example.org ")]
    [InlineData("url", "http://example.org/\u2003")]
    [InlineData("canonical", "\nhttp://example.org")]
    [InlineData("oid", "1.2.3")]
    [InlineData("oid", "urn:oid:3.1")]
    [InlineData("oid", "urn:oid:1")]
    [InlineData("oid", "urn:oid:1.")]
    [InlineData("oid", "urn:oid:1..2")]
    [InlineData("oid", "urn:oid:1.02")]
    [InlineData("oid", "urn:oid:1.2a")]
    [InlineData("oid", "URN:OID:1.2.3")]
    [InlineData("uuid", "c757873d-ec9a-4326-a141-556f43239520")]
    [InlineData("uuid", "urn:uuid:C757873D-EC9A-4326-A141-556F43239520")]
    [InlineData("uuid", "urn:uuid:c757873d-ec9a-4326-a141-556f4323952")]
    [InlineData("uuid", "urn:uuid:c757873dec9a-4326-a141-556f43239520-")]
    [InlineData("base64Binary", "QUJ")]
    [InlineData("base64Binary", "QUJ=D")]
    [InlineData("base64Binary", "QU-_")]
    [InlineData("base64Binary", "====")]
    [InlineData("base64Binary", " ")]
    [InlineData("string", "\u0001")]
    [InlineData("markdown", "a\u000Bb")]
    [InlineData("boolean", "true")]
    public void Bad_text_is_refused(string type, string text) => Assert.False(IsText(type, text));

    [Theory]
    [InlineData("integer", "0")]
    [InlineData("integer", "-2147483648")]
    [InlineData("integer", "2147483647")]
    [InlineData("unsignedInt", "0")]
    [InlineData("unsignedInt", "2147483647")]
    [InlineData("positiveInt", "1")]
    [InlineData("decimal", "-0.10")]
    [InlineData("decimal", "1.2E-245")]
    [InlineData("decimal", "123456789012345678901234567890")]
    public void Good_number_is_taken(string type, string number) => Assert.True(FhirSyntax.IsNumber(FhirPrimitives.Of(type), Encoding.UTF8.GetBytes(number)));

    [Theory]
    [InlineData("integer", "-0")]
    [InlineData("integer", "1.0")]
    [InlineData("integer", "1e3")]
    [InlineData("integer", "2147483648")]
    [InlineData("integer", "-2147483649")]
    [InlineData("integer", "99999999999999999999")]
    [InlineData("unsignedInt", "-1")]
    [InlineData("unsignedInt", "2147483648")]
    [InlineData("positiveInt", "0")]
    [InlineData("positiveInt", "-1")]
    [InlineData("string", "1")]
    public void Bad_number_is_refused(string type, string number) => Assert.False(FhirSyntax.IsNumber(FhirPrimitives.Of(type), Encoding.UTF8.GetBytes(number)));

    /// <summary>Texts that are nearly right, against the expressions of the page; and days against the calendar.</summary>
    [Theory]
    [InlineData("date", DateExpression)]
    [InlineData("dateTime", DateTimeExpression)]
    [InlineData("instant", InstantExpression)]
    [InlineData("time", TimeExpression)]
    [InlineData("id", "[A-Za-z0-9\\-\\.]{1,64}")]
    [InlineData("oid", "urn:oid:[0-2](\\.(0|[1-9][0-9]*))+")]
    [InlineData("uuid", "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    [InlineData("uri", "\\S*")]
    [InlineData("code", "[^\\s]+(\\s[^\\s]+)*")]
    public void Text_is_taken_when_the_expression_of_the_page_takes_it(string type, string expression)
    {
        var whole = new Regex("^(?:" + expression + ")\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        string[] seeds = ["2015-02-07T13:28:17.239+02:00", "2016-12-31T23:59:60Z", "1905-08-23", "2024-02-29", "1973-06", "2018", "12:30:00.5", "urn:oid:1.2.30.0", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "in progress", "a-b.C"];
        var change = Gen.Select(Gen.Int[0, 45], Gen.Char["0123456789-:.TZ+ urnoid\u00A0a"], Gen.Int[0, 2]);
        Gen.Select(Gen.Int[0, seeds.Length - 1], change.Array[0, 3]).Sample(
            (which, changes) =>
            {
                var text = changes.Aggregate(seeds[which], Apply);
                if (text.Length > 0)
                {
                    Assert.Equal(whole.IsMatch(text) && IsOfCalendar(type, text), IsText(type, text));
                }
            },
            iter: 4000,
            seed: "0000KPWn3xk4");
    }

    private static string Apply(string text, (int At, char Letter, int Kind) change)
    {
        var at = Math.Min(change.At, text.Length);
        return change.Kind switch
        {
            0 => text.Insert(at, change.Letter.ToString()),
            1 => at < text.Length ? text.Remove(at, 1) : text,
            _ => at < text.Length ? text[..at] + change.Letter + text[(at + 1)..] : text,
        };
    }

    private static bool IsOfCalendar(string type, string text) => type is not ("date" or "dateTime" or "instant") || text.Length < 10
        || DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsText(string type, string text) => FhirSyntax.IsText(FhirPrimitives.Of(type), Encoding.UTF8.GetBytes(text));
}
