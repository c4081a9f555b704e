using PatientTools.Search;
using PatientTools.Search.Filter;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>Who is a patient's guardian, told by the codes of HL7 and by words.</summary>
public sealed class GuardianTests
{
    private const string V3 = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
    private const string V2Relationship = "http://terminology.hl7.org/CodeSystem/v2-0063";
    private const string V2Contact = "http://terminology.hl7.org/CodeSystem/v2-0131";

    [Theory]
    [InlineData(V3, "GUARD", true)]
    [InlineData(V3, "PRN", true)]
    [InlineData(V3, "PRNFOST", true)]
    [InlineData(V3, "NMTH", true)]
    [InlineData(V3, "STPFTH", true)]
    [InlineData(V3, "ADOPTP", true)]
    [InlineData(V3, "PRNINLAW", false)]
    [InlineData(V3, "MTHINLAW", false)]
    [InlineData(V3, "GRPRN", false)]
    [InlineData(V3, "CHILD", false)]
    [InlineData(V3, "SPS", false)]
    [InlineData(V3, "POWATT", false)]
    [InlineData(V3, "GUADLTM", false)]
    [InlineData(V2Relationship, "GRD", true)]
    [InlineData(V2Relationship, "PAR", true)]
    [InlineData(V2Relationship, "MTH", true)]
    [InlineData(V2Relationship, "FTH", true)]
    [InlineData(V2Relationship, "GRP", false)]
    [InlineData(V2Relationship, "WRD", false)]
    [InlineData(V2Contact, "N", false)]
    [InlineData(V2Contact, "C", false)]
    [InlineData("http://hl7.org/fhir/patient-contact-relationship", "guardian", true)]
    [InlineData("http://hl7.org/fhir/patient-contact-relationship", "parent", true)]
    [InlineData("http://hl7.org/fhir/patient-contact-relationship", "guarantor", false)]
    public void Codes_tell(string system, string code, bool isGuardian) =>
        Assert.Equal(isGuardian ? ["Anna Müller"] : [], Guardians($$$"""{"relationship":[{"coding":[{"system":"{{{system}}}","code":"{{{code}}}"}]}],"name":{"family":"Müller","given":["Anna"]}}"""));

    [Theory]
    [InlineData("Mutter", true)]
    [InlineData("mutter (Notfallkontakt)", true)]
    [InlineData("Vater", true)]
    [InlineData("Eltern", true)]
    [InlineData("Vormund", true)]
    [InlineData("Sorgeberechtigte", true)]
    [InlineData("Personensorgeberechtigter", true)]
    [InlineData("Erziehungsberechtigte Tante", true)]
    [InlineData("gesetzlicher Betreuer", true)]
    [InlineData("Betreuerin (rechtlich)", true)]
    [InlineData("gesetzliche Vertreterin", true)]
    [InlineData("Pflegemutter", true)]
    [InlineData("Legal guardian", true)]
    [InlineData("legal representative", true)]
    [InlineData("Foster parent", true)]
    [InlineData("Betreuer", false)]
    [InlineData("Vertreter der Firma", false)]
    [InlineData("Großmutter", false)]
    [InlineData("Schwiegermutter", false)]
    [InlineData("mother-in-law", false)]
    [InlineData("Grand mother", false)]
    [InlineData("Vater (nicht sorgeberechtigt)", false)]
    [InlineData("Vater verstorben", false)]
    [InlineData("Mutterhaus", false)]
    [InlineData("Nachbar", false)]
    [InlineData("", false)]
    public void Words_tell(string words, bool isGuardian)
    {
        Assert.Equal(isGuardian ? ["Anna Müller"] : [], Guardians($$$"""{"relationship":[{"text":"{{{words}}}"}],"name":{"family":"Müller","given":["Anna"]}}"""));
        Assert.Equal(isGuardian ? ["Anna Müller"] : [], Guardians($$$"""{"relationship":[{"coding":[{"code":"x","display":"{{{words}}}"}]}],"name":{"family":"Müller","given":["Anna"]}}"""));
    }

    [Theory]
    [InlineData("""{"relationship":[{"text":"Mutter"}]}""", "Mutter")]
    [InlineData("""{"relationship":[{"coding":[{"code":"MTH","display":"mother"}]}]}""", "mother")]
    [InlineData("""{"relationship":[{"coding":[{"code":"MTH"}]}],"name":{}}""", "unnamed")]
    [InlineData("""{"relationship":[{"text":"Mutter"}],"name":{"text":"Fr. Müller"}}""", "Fr. Müller")]
    [InlineData("""{"relationship":[{"text":"Nachbarin"},{"text":"Vormund"}],"name":{"prefix":["Dr."],"given":["Anna","Lena"],"family":"Müller"}}""", "Dr. Anna Lena Müller")]
    [InlineData("""{"relationship":{"text":"Mutter"},"name":[{"family":"Müller"}]}""", "Müller")]
    public void Whoever_is_there_has_a_name(string contact, string name) => Assert.Equal([name], Guardians(contact));

    [Theory]
    [InlineData("2026-06-30", false)]
    [InlineData("2026-07-01T23:59:00+02:00", true)]
    [InlineData("2026", true)]
    [InlineData("2025", false)]
    [InlineData("nonsense", true)]
    public void A_guardianship_that_is_over_does_not_count(string end, bool counts) =>
        Assert.Equal(counts ? ["Vormund"] : [], Guardians($$$"""{"relationship":[{"text":"Vormund"}],"period":{"end":"{{{end}}}"}}"""));

    [Theory]
    [InlineData("\"contact\":[]")]
    [InlineData("\"contact\":\"Mutter\"")]
    [InlineData("\"contact\":[\"Mutter\",null,7,[]]")]
    [InlineData("\"contact\":[{\"relationship\":\"Mutter\"}]")]
    [InlineData("\"contact\":[{\"relationship\":[{\"text\":1,\"coding\":{\"code\":true}}],\"name\":3}]")]
    [InlineData("\"name\":[{\"family\":\"Vater\"}]")]
    [InlineData("")]
    public void What_is_malformed_counts_as_missing(string members) => Assert.Empty(SearchProperties.Find("Guardian")!.ValuesOf(Subjects.Of(members)));

    [Fact]
    public void Related_persons_of_the_record_count()
    {
        var subject = Subjects.Of(
            "\"contact\":[{\"relationship\":[{\"text\":\"Mutter\"}],\"name\":{\"family\":\"Müller\"}}]",
            """{"resourceType":"RelatedPerson","relationship":[{"coding":[{"code":"FTH"}]}],"name":[{"given":["Jan"]}]}""",
            """{"resourceType":"RelatedPerson","active":false,"relationship":[{"coding":[{"code":"GUARD"}]}],"name":[{"given":["Jim"]}]}""",
            """{"resourceType":"RelatedPerson","relationship":[{"coding":[{"code":"SPS"}]}],"name":[{"given":["Jo"]}]}""",
            """{"resourceType":"Condition","relationship":[{"coding":[{"code":"FTH"}]}]}""");

        Assert.Equal(["Müller", "Jan"], SearchProperties.Find("guardian")!.ValuesOf(subject));
    }

    [Fact]
    public void A_filter_asks_for_them_in_memory_as_from_documents()
    {
        var child = Subjects.Of("\"birthDate\":\"2020-01-01\",\"contact\":[{\"relationship\":[{\"text\":\"Mutter\"}],\"name\":{\"family\":\"Müller\"}}]");
        var orphan = Subjects.Of("\"birthDate\":\"2020-01-01\"");

        Assert.True(child.Meets(PatientFilter.Parse("Guardian -like '*müller*' -and Guardian -ne $null")));
        Assert.False(child.Meets(PatientFilter.Parse("Age -lt 18 -and Guardian -eq $null")));
        Assert.True(orphan.Meets(PatientFilter.Parse("Age -lt 18 -and Guardian -eq $null")));
    }

    private static IReadOnlyList<object> Guardians(string contact) => SearchProperties.Find("Guardian")!.ValuesOf(Subjects.Of($"\"contact\":[{contact}]"));
}
