using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using static PatientTools.Search.Conditions.ComparisonOperator;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>Texts compare as PowerShell compares them, but by tables of our own.</summary>
public sealed class TextConditionTests
{
    [Theory]
    [InlineData("Müller", Equal, "müller", true)]
    [InlineData("Müller", Equal, "MÜLLER", true)]
    [InlineData("Mu\u0308ller", Equal, "Müller", true)]
    [InlineData("Müller", Equal, "Mu\u0308ller", true)]
    [InlineData("Müller", Equal, "Mueller", false)]
    [InlineData("Straße", Equal, "STRASSE", false)]
    [InlineData("Straße", Equal, "straẞe", true)]
    [InlineData("ΣΟΦΟΣ", Equal, "σοφος", true)]
    [InlineData("Müller", NotEqual, "müller", false)]
    [InlineData("Müller", NotEqual, "Meyer", true)]
    [InlineData("Müller", Less, "Mulder", true)]
    [InlineData("Müller", Less, "Muller", true)]
    [InlineData("Müller", Greater, "Mücke", true)]
    [InlineData("Müller", Less, "müller", false)]
    [InlineData("Müller", LessOrEqual, "müller", true)]
    [InlineData("Müller", GreaterOrEqual, "MÜLLER", true)]
    [InlineData("Mueller", Less, "Müller", true)]
    [InlineData("a", Less, "B", true)]
    [InlineData("B", Greater, "a", true)]
    [InlineData("Goethe", Less, "Göz", true)]
    [InlineData("X", Greater, "", true)]
    [InlineData("Müller", Like, "mü*", true)]
    [InlineData("Müller", Like, "Mu*", false)]
    [InlineData("Müller", Like, "m?ller", true)]
    [InlineData("Müller", Like, "[a-m]Ü*", true)]
    [InlineData("Müller", Like, "[n-z]*", false)]
    [InlineData("Müller", Like, "*", true)]
    [InlineData("Müller", Like, "", false)]
    [InlineData("Müller", Like, "Mu\u0308*", true)]
    [InlineData("x*y", Like, "x`*y", true)]
    [InlineData("xzy", Like, "x`*y", false)]
    [InlineData("[a]", Like, "`[a`]", true)]
    [InlineData("Müller", NotLike, "*LER", false)]
    [InlineData("Müller", NotLike, "*X", true)]
    [InlineData("Müller", Match, "^m.LL", true)]
    [InlineData("Müller", Match, "ü", true)]
    [InlineData("Müller", Match, "^ller", false)]
    [InlineData("Müller", NotMatch, "^ller", true)]
    [InlineData("Müller", Contains, "müller", true)]
    [InlineData("Müller", NotContains, "müller", false)]
    public void A_name_compares(string family, ComparisonOperator comparison, string operand, bool expected) =>
        Assert.Equal(expected, Named(family).Meets("FamilyName", comparison, operand));

    [Theory]
    [InlineData("Müller", Equal, "Müller", true)]
    [InlineData("Müller", Equal, "müller", false)]
    [InlineData("Müller", NotEqual, "müller", true)]
    [InlineData("Müller", Like, "M*", true)]
    [InlineData("Müller", Like, "m*", false)]
    [InlineData("Müller", Like, "[a-m]*", false)]
    [InlineData("Müller", Match, "^M", true)]
    [InlineData("Müller", Match, "^m", false)]
    [InlineData("Müller", Less, "müller", true)]
    [InlineData("müller", Less, "Müller", false)]
    [InlineData("Mu\u0308ller", Equal, "Müller", true)]
    public void A_name_compares_by_case(string family, ComparisonOperator comparison, string operand, bool expected) =>
        Assert.Equal(expected, Named(family).MeetsCased("FamilyName", comparison, operand));

    [Theory]
    [InlineData(Equal, null, true)]
    [InlineData(NotEqual, null, false)]
    [InlineData(Equal, "x", false)]
    [InlineData(Equal, "", false)]
    [InlineData(NotEqual, "x", true)]
    [InlineData(Less, "x", false)]
    [InlineData(LessOrEqual, "x", false)]
    [InlineData(Greater, "", false)]
    [InlineData(GreaterOrEqual, "", false)]
    [InlineData(Like, "x*", false)]
    [InlineData(Like, "*", true)]
    [InlineData(NotLike, "x*", true)]
    [InlineData(NotLike, "*", false)]
    [InlineData(Match, "x", false)]
    [InlineData(Match, "^$", true)]
    [InlineData(NotMatch, "x", true)]
    [InlineData(In, "x", false)]
    [InlineData(In, null, true)]
    [InlineData(NotIn, "x", true)]
    [InlineData(NotIn, null, false)]
    [InlineData(Contains, null, true)]
    [InlineData(NotContains, "x", true)]
    public void A_missing_value_is_null(ComparisonOperator comparison, string? operand, bool expected)
    {
        var nobody = Subjects.Of("");
        foreach (var property in new[] { "FamilyName", "City", "Name", "Mrn", "Kvnr", "Identifier", "Identifier.lab", "Condition", "Payer", "Address", "Telecom", "Document.language" })
        {
            Assert.Equal(expected, nobody.Meets(property, comparison, operand));
        }
    }

    [Theory]
    [InlineData(Equal, "E11", true)]
    [InlineData(Equal, "e10.1", true)]
    [InlineData(Equal, "I10", false)]
    [InlineData(NotEqual, "E11", true)]
    [InlineData(NotEqual, null, true)]
    [InlineData(Equal, null, false)]
    [InlineData(Like, "E11*", true)]
    [InlineData(NotLike, "E*", false)]
    [InlineData(NotLike, "E11*", true)]
    [InlineData(NotMatch, "^E11", true)]
    [InlineData(Contains, "E11", true)]
    [InlineData(NotContains, "E11", false)]
    [InlineData(NotContains, "I10", true)]
    [InlineData(In, "E11", true)]
    [InlineData(NotIn, "E11", true)]
    [InlineData(Less, "E11", true)]
    [InlineData(Greater, "E11", false)]
    public void Of_several_values_one_has_to_pass(ComparisonOperator comparison, string? operand, bool expected) => Assert.Equal(
        expected,
        Subjects.Of("", """{"resourceType":"Condition","code":{"coding":[{"code":"E11"}]}}""", """{"resourceType":"Condition","code":{"coding":[{"code":"E10.1"}]}}""")
            .Meets("Condition", comparison, operand));

    [Fact]
    public void In_takes_any_number_of_values_and_null_among_them()
    {
        var subject = Named("Müller");
        Assert.True(subject.Meets("FamilyName", In, "Meyer", "MÜLLER"));
        Assert.False(subject.Meets("FamilyName", In, "Meyer", null));
        Assert.False(subject.Meets("FamilyName", In));
        Assert.True(subject.Meets("FamilyName", NotIn));
        Assert.True(Subjects.Of("").Meets("FamilyName", In, "Meyer", null));
        object?[] many = [.. Enumerable.Range(0, 2000).Select(number => $"Name {number}"), "müller"];
        Assert.True(subject.Meets("FamilyName", In, many));
        Assert.False(subject.MeetsCased("FamilyName", In, many));
        Assert.False(Named("Name").Meets("FamilyName", In, many));
        Assert.IsType<EntryQuery>(Subjects.Condition("FamilyName", In, false, many).ToIndexQuery(Subjects.Today));
    }

    [Fact]
    public void An_equality_reads_one_name_and_a_pattern_its_start()
    {
        var equality = Assert.IsType<EntryQuery>(Subjects.Condition("FamilyName", Equal, false, "Müller").ToIndexQuery(Subjects.Today));
        Assert.Equal("mueller\0", System.Text.Encoding.UTF8.GetString(equality.Range.From.Span));
        Assert.Equal("mueller\u0001", System.Text.Encoding.UTF8.GetString(equality.Range.To!.Value.Span));
        Assert.Equal("FamilyName -eq", equality.Description);
        var pattern = Assert.IsType<EntryQuery>(Subjects.Condition("FamilyName", Like, false, "Mül*").ToIndexQuery(Subjects.Today));
        Assert.Equal("muel", System.Text.Encoding.UTF8.GetString(pattern.Range.From.Span));
        Assert.Equal("muem", System.Text.Encoding.UTF8.GetString(pattern.Range.To!.Value.Span));
    }

    [Fact]
    public void Identifiers_are_asked_by_system_or_by_its_last_part()
    {
        var subject = Subjects.Of("""
            "identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"},{"system":"http://example.org/lab","value":"12/3"},
            {"system":"urn:oid:1.2.3","value":"X"},{"value":"none"},{"type":{"coding":[{"code":"MR"}]},"system":"urn:mrn","value":"0815"}]
            """);
        Assert.True(subject.Meets("Identifier.kvid-10", Equal, "a123456780"));
        Assert.True(subject.Meets("Identifier.http://fhir.de/sid/gkv/kvid-10", Like, "A1*"));
        Assert.True(subject.Meets("Identifier.LAB", Equal, "12/3"));
        Assert.False(subject.Meets("Identifier.lab", Equal, "A123456780"));
        Assert.True(subject.Meets("Identifier.1.2.3", Equal, "x"));
        Assert.True(subject.Meets("Identifier.urn:oid:1.2.3", Equal, "x"));
        Assert.True(subject.Meets("Identifier.mrn", Equal, "0815"));
        Assert.True(subject.Meets("Identifier", Equal, "none"));
        Assert.True(subject.Meets("Identifier", Equal, "0815"));
        Assert.True(subject.Meets("Mrn", Equal, "0815"));
        Assert.False(subject.Meets("Mrn", Equal, "12/3"));
        Assert.True(subject.Meets("Kvnr", Match, "^A"));
    }

    [Fact]
    public void Numbers_and_ids_are_written_as_text()
    {
        var subject = Subjects.Of("\"address\":[{\"postalCode\":\"53111\"}]");
        Assert.True(subject.Meets("PostalCode", Equal, 53111));
        Assert.True(subject.Meets("PostalCode", In, 53111, "08066"));
        Assert.True(subject.Meets("Id", Equal, Subjects.Id));
        Assert.True(subject.Meets("Id", Equal, Subjects.Id.Value));
        Assert.True(subject.Meets("Id", In, Subjects.Id.ToString().ToUpperInvariant(), Guid.Empty));
        Assert.False(subject.Meets("Id", NotEqual, Subjects.Id.ToString()));
        Assert.True(subject.Meets("Id", Like, "01935*"));
        Assert.True(subject.Meets("Id", Greater, Guid.Empty));
        Assert.True(subject.Meets("SourceId", Equal, "P-1"));
        Assert.True(subject.Meets("Source", Like, "k*"));
        Assert.IsType<IdQuery>(Subjects.Condition("Id", Equal, false, Subjects.Id).ToIndexQuery(Subjects.Today));
    }

    [Fact]
    public void Patterns_that_make_others_explode_take_no_time_to_speak_of()
    {
        var subject = Named(new string('a', 5000));
        Assert.False(subject.Meets("FamilyName", Like, string.Concat(Enumerable.Repeat("*a", 60)) + "b"));
        Assert.False(subject.Meets("FamilyName", Match, "^(a+)+$b"));
    }

    private static PatientSubject Named(string family) => Subjects.Of($$"""
        "name":[{"family":{{System.Text.Json.JsonSerializer.Serialize(family)}}}]
        """);
}
