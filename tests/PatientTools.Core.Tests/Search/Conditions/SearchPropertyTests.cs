using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>The properties there are, and what they say of a patient.</summary>
public sealed class SearchPropertyTests
{
    /// <summary>Properties of the object that say something of a search, not of the patient.</summary>
    private static readonly string[] OfSearch = [nameof(Patient.Score), nameof(Patient.Matched)];

    [Fact]
    public void Every_property_of_the_object_can_be_asked_for() => Assert.Empty(
        typeof(Patient).GetProperties().Select(property => property.Name).Except(SearchProperties.All.Select(property => property.Name)).Except(OfSearch));

    [Theory]
    [InlineData("familyname", "FamilyName")]
    [InlineData("AGE", "Age")]
    [InlineData("identifier.kvid-10", "Identifier.kvid-10")]
    [InlineData("document.a.b", "Document.a.b")]
    [InlineData("Document", null)]
    [InlineData("Document.", null)]
    [InlineData("Document.a..b", null)]
    [InlineData("Identifier.", null)]
    [InlineData("Surname", null)]
    [InlineData("", null)]
    public void Properties_are_found_whatever_their_case(string name, string? expected) => Assert.Equal(expected, SearchProperties.Find(name)?.Name);

    [Theory]
    [InlineData("FamlyName", "FamilyName")]
    [InlineData("Citi", "City")]
    [InlineData("Identifer.kvid-10", "Identifier.kvid-10")]
    [InlineData("Documnt.a", "Document.a")]
    [InlineData("Document", "Document.<path>")]
    [InlineData("document.", "Document.<path>")]
    [InlineData("Document.a..b", "Document.<path>")]
    public void A_wrong_name_leads_to_the_nearest(string name, string expected) => Assert.Equal(expected, SearchProperties.Nearest(name));

    [Fact]
    public void A_name_of_a_megabyte_leads_somewhere_too() => Assert.NotNull(SearchProperties.Nearest(new string('x', 1 << 20)));

    [Fact]
    public void Row_and_document_say_the_same()
    {
        var subject = Subjects.Of("""
            "active":true,"birthDate":"1958-12","gender":"other","deceasedDateTime":"2020-02-03","name":[{"family":"Müller","given":["Anna","Lena"],"prefix":["Dr."]},{"use":"maiden","family":"Meyer"}],
            "telecom":[{"system":"phone","value":"0228 1"},{"system":"email","value":"a@example.org"},{"system":"fax","value":"0228 2"}],
            "address":[{"line":["Weg 1"],"postalCode":"53111","city":"Bonn","state":"NRW","country":"DE"},{"use":"old","city":"Köln"}],
            "identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"},{"type":{"coding":[{"code":"MR"}]},"value":"0815"}]
            """, """{"resourceType":"Coverage","payor":[{"display":"AOK","identifier":{"value":"109519005"}}]}""");
        var row = subject.State.ToPatient(subject.Today);
        foreach (var property in SearchProperties.All)
        {
            if (property.TryValueOf(row, out var value))
            {
                Assert.Equal([value!], property.ValuesOf(subject));
            }
        }

        Assert.Equal(["Müller", "Anna Lena", "Meyer"], Values("Name"));
        Assert.Equal(["Weg 1", "53111", "Bonn", "NRW", "DE", "Köln"], Values("Address"));
        Assert.Equal(["0228 1", "a@example.org", "0228 2"], Values("Telecom"));
        Assert.Equal(["A123456780", "0815"], Values("Identifier"));
        Assert.Equal(["AOK", "109519005"], Values("Payer"));
        Assert.Equal([61L], Values("Age"));

        IReadOnlyList<object> Values(string name) => SearchProperties.Find(name)!.ValuesOf(subject);
    }

    [Fact]
    public void What_is_missing_has_no_value()
    {
        var subject = Subjects.Of("");
        var row = subject.State.ToPatient(subject.Today);
        Assert.All(["FamilyName", "Age", "BirthDate", "Active", "Mrn", "City"], name =>
        {
            Assert.Empty(SearchProperties.Find(name)!.ValuesOf(subject));
            Assert.True(SearchProperties.Find(name)!.TryValueOf(row, out var value));
            Assert.Null(value);
        });
    }

    [Fact]
    public void What_can_be_sorted_by_is_told_by_the_row() =>
        Assert.All(SearchProperties.All.Where(property => property.IsSortable), property => Assert.True(property.TryValueOf(Subjects.Of("").State.ToPatient(Subjects.Today), out _)));
}
