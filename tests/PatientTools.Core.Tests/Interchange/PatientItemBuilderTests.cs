using System.Collections;
using System.Text;
using PatientTools.Interchange;

namespace PatientTools.Core.Tests.Interchange;

public class PatientItemBuilderTests
{
    [Fact]
    public void Friendly_keys_in_either_language_make_a_document()
    {
        var item = PatientItemBuilder.FromDictionary(new Hashtable(StringComparer.OrdinalIgnoreCase)
        {
            ["Nachname"] = "Graf von und zu Buntspecht",
            ["GivenName"] = "Anna Maria",
            ["birthdate"] = new DateTime(1951, 2, 3),
            ["Geschlecht"] = "weiblich",
            ["PLZ"] = "08066",
            ["Active"] = true,
            ["Kasse"] = "AOK",
            ["Kinder"] = 2,
        });

        var properties = item.Document.Properties;
        Assert.Equal(("Graf von und zu Buntspecht", "Anna Maria", "1951-02-03", "female", "08066", true), (properties.FamilyName, properties.GivenName, properties.BirthDate.ToString(), properties.Gender, properties.Address?.PostalCode, properties.Active));
        Assert.Contains("\"Kasse\":\"AOK\"", Encoding.UTF8.GetString(item.Legacy!), StringComparison.Ordinal);
        Assert.Contains("\"Kinder\":2", Encoding.UTF8.GetString(item.Legacy!), StringComparison.Ordinal);
        Assert.Equal(item.Document.ContentKey(), item.SourceId);
    }

    [Fact]
    public void A_dictionary_shaped_as_fhir_is_the_document()
    {
        var item = PatientItemBuilder.FromDictionary(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = "x",
            ["name"] = new object[] { new Hashtable { ["family"] = "Müller" } },
            ["multipleBirthInteger"] = 2,
            ["extra"] = 1.50m,
        });

        Assert.Equal("""{"resourceType":"Patient","id":"x","name":[{"family":"Müller"}],"multipleBirthInteger":2,"extra":1.50}""", item.Document.ToString());
        Assert.Equal("x", item.SourceId);
    }

    [Theory]
    [InlineData("BirthDate", "soon", "InvalidDate")]
    [InlineData("Gender", "green", "InvalidGender")]
    [InlineData("Active", "perhaps", "InvalidFlag")]
    [InlineData("Colour", "green", "NoPatientKeys")]
    [InlineData("FhirId", "a b", "InvalidFhirId")]
    public void What_a_script_gets_wrong_is_an_error(string key, string value, string errorId)
    {
        Assert.Equal(errorId, Assert.ThrowsAny<PatientToolsException>(() => PatientItemBuilder.FromDictionary(new Hashtable { [key] = value })).ErrorId);
    }

    [Fact]
    public void A_dictionary_that_holds_itself_or_something_else_is_an_error()
    {
        var circle = new Hashtable { ["resourceType"] = "Patient" };
        circle["x"] = circle;

        Assert.Equal("UnsupportedValue", Assert.Throws<PatientToolsException>(() => PatientItemBuilder.FromDictionary(circle)).ErrorId);
        Assert.Equal("UnsupportedValue", Assert.Throws<PatientToolsException>(() => PatientItemBuilder.FromDictionary(new Hashtable { ["City"] = "Bonn", ["x"] = new Version(1, 2) })).ErrorId);
    }
}
