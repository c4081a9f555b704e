using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search;

public sealed class PatientQueryBuilderTests
{
    [Fact]
    public void Nothing_given_asks_nothing()
    {
        Assert.Empty(Conditions(new PatientQueryBuilder()));
        Assert.Empty(new PatientQueryBuilder().Build().Ranking);
    }

    [Theory]
    [InlineData("Müller")]
    [InlineData("mueller")]
    [InlineData("MULLER")]
    public void A_word_is_a_prefix_of_a_folded_word(string name) =>
        Assert.Equal([(TextPatternKind.Prefix, "muller")], Patterns(new PatientQueryBuilder { Name = name }));

    [Fact]
    public void Each_word_is_a_condition_of_its_own() =>
        Assert.Equal(
            [(TextPatternKind.Prefix, "hans"), (TextPatternKind.Prefix, "muller"), (TextPatternKind.Prefix, "ludenscheidt")],
            Patterns(new PatientQueryBuilder { Name = " Hans  Müller-Lüdenscheidt" }));

    [Fact]
    public void Hyphens_part_words_with_wildcards_but_not_sets() =>
        Assert.Equal(
            [(TextPatternKind.Prefix, "muller"), (TextPatternKind.Wildcard, "l*t"), (TextPatternKind.Wildcard, "[a-c]*")],
            Patterns(new PatientQueryBuilder { Name = "Müller-L*t [a-c]*" }));

    [Theory]
    [InlineData("---", false, false)]
    [InlineData("  ", false, false)]
    [InlineData("---", true, false)]
    [InlineData("'", false, true)]
    public void A_name_without_a_letter_is_refused(string name, bool phonetic, bool fuzzy)
    {
        Assert.Equal("EmptySearchTerm", ErrorOf(new PatientQueryBuilder { Name = name, Phonetic = phonetic, Fuzzy = fuzzy }));
        Assert.Equal("EmptySearchTerm", ErrorOf(new PatientQueryBuilder { City = name }));
    }

    [Fact]
    public void Places_match_as_a_whole() =>
        Assert.Equal(
            [(TextPatternKind.Exact, TextFolding.Fold("Frankfurt am Main")), (TextPatternKind.Wildcard, "5*")],
            Patterns(new PatientQueryBuilder { City = "Frankfurt am Main", PostalCode = "5*" }));

    [Theory]
    [InlineData("A123456780", " a123456780 ", true)]
    [InlineData("A123456780", "a12*", true)]
    [InlineData("A123456780", "a12", false)]
    [InlineData(null, "*", false)]
    public void A_kvnr_is_found_in_either_case(string? kvnr, string wanted, bool found) =>
        Assert.Equal(found, IsFound(
            new PatientQueryBuilder { Kvnr = wanted },
            kvnr is null ? "{}" : $$"""{"identifier":[{"system":"{{IdentifierSystems.Kvnr}}","value":"{{kvnr}}"}]}"""));

    [Theory]
    [InlineData("AB-1", "urn:x", "AB-1", true)]
    [InlineData("AB-1", null, "AB-1", true)]
    [InlineData("AB-1", "urn:x", "ab-1", false)]
    [InlineData("AB-12", "urn:x", "AB-1", false)]
    [InlineData("ab 1", "urn:x", "AB-1", false)]
    [InlineData("AB-12", "urn:x", "AB*", true)]
    [InlineData("ab 12", "urn:x", "AB*", false)]
    [InlineData("AB-12", "urn:x", "*x", false)]
    [InlineData("AB-12", "urn:x", "*2", true)]
    [InlineData("A*1", "urn:x", "A`*?", true)]
    [InlineData("AB1", "urn:x", "A`*?", false)]
    [InlineData("0012", "urn:x", "0012", true)]
    [InlineData("Zoë", "urn:x", "Zoe\u0308", true)]
    [InlineData("Zoë1", "urn:x", "Zoe\u0308?", true)]
    public void A_record_number_is_found_as_it_is_written(string mrn, string? system, string wanted, bool found) =>
        Assert.Equal(found, IsFound(new PatientQueryBuilder { Mrn = wanted }, Mrn(mrn, system)));

    [Theory]
    [InlineData("AB", false)]
    [InlineData("A*", true)]
    public void A_lookup_takes_every_character_literally(string mrn, bool found) =>
        Assert.Equal(found, PatientQueryBuilder.ForMrn("A*").Where.IsMetBy(TestSubject.Of(Mrn(mrn, null))));

    [Fact]
    public void A_lookup_reads_one_number_alone()
    {
        Assert.True(TestSubject.IsInRange(PatientQueryBuilder.ForMrn("AB-1").Where, Mrn("AB-1", "urn:x")));
        Assert.False(TestSubject.IsInRange(PatientQueryBuilder.ForMrn("AB-1").Where, Mrn("AB-12", "urn:x")));
        Assert.False(TestSubject.IsInRange(PatientQueryBuilder.ForKvnr("a12").Where, Mrn("AB-12", "urn:x")));
    }

    [Theory]
    [InlineData("Maier")]
    [InlineData("Mair")]
    [InlineData("Mejer")]
    [InlineData("Karl-Mayr")]
    public void A_name_that_sounds_alike_is_found(string family)
    {
        Assert.True(IsFound(new PatientQueryBuilder { Name = "Meyer", Phonetic = true }, Family(family)));
        Assert.True(IsFound(new PatientQueryBuilder { FamilyName = "Meyer", Phonetic = true }, Family(family)));
        Assert.False(IsFound(new PatientQueryBuilder { GivenName = "Meyer", Phonetic = true }, Family(family)));
        Assert.False(IsFound(new PatientQueryBuilder { Name = "Meyer Anna", Phonetic = true }, Family(family)));
        Assert.False(IsFound(new PatientQueryBuilder { Name = "Meyer" }, Family(family)));
    }

    [Theory]
    [InlineData("李", "李", true)]
    [InlineData("李", "李明", false)]
    public void A_word_without_a_sound_is_meant_as_it_is_written(string wanted, string family, bool found) =>
        Assert.Equal(found, IsFound(new PatientQueryBuilder { Name = wanted, Phonetic = true }, Family(family)));

    [Fact]
    public void Mistyped_words_rank_the_answer()
    {
        var query = new PatientQueryBuilder { Name = "Schmitd Jahn", GivenName = "Otto", City = "Bonn", Fuzzy = true }.Build();
        Assert.Equal(["schmitd", "jahn", "otto"], query.Ranking.Select(condition => condition.Word));
        Assert.Equal([2, 2, 1], query.Ranking.Select(condition => condition.Kinds.Count));
        Assert.IsType<EntryCondition>(Assert.Single(Assert.IsType<AllOf>(query.Where).Conditions));
        Assert.True(query.Ranking[0].IsMetBy(TestSubject.Of(Family("Schmidt"))));
        Assert.False(query.Ranking[2].IsMetBy(TestSubject.Of(Family("Otto"))));
    }

    [Fact]
    public void Alike_in_writing_or_in_sound_is_enough()
    {
        var condition = Assert.Single(new PatientQueryBuilder { Name = "Meyer", Fuzzy = true, Phonetic = true }.Build().Ranking);
        Assert.All(["Meyer", "Meier", "Meyre", "Mair", "Mejer"], family => Assert.True(condition.IsMetBy(TestSubject.Of(Family(family)))));
        Assert.False(condition.IsMetBy(TestSubject.Of(Family("Müller"))));
    }

    [Theory]
    [InlineData("M*ller", true, false)]
    [InlineData("Anna M?ller", false, true)]
    [InlineData("[ab]", true, true)]
    public void Words_to_be_compared_as_wholes_have_no_wildcards(string name, bool phonetic, bool fuzzy) =>
        Assert.Equal("WildcardNotAllowed", ErrorOf(new PatientQueryBuilder { FamilyName = name, Phonetic = phonetic, Fuzzy = fuzzy }));

    [Theory]
    [InlineData("1958", null, null, "1958-06-01", true)]
    [InlineData("1958", null, null, "1959-01-01", false)]
    [InlineData("1958-12", null, null, "1958", false)]
    [InlineData(null, "1958", null, "1958-12-31", false)]
    [InlineData(null, "1958", null, "1959-01-01", true)]
    [InlineData(null, "1958-12", null, "1958", false)]
    [InlineData(null, null, "1958-12", "1958-11-30", true)]
    [InlineData(null, null, "1958-12", "1958-12-01", false)]
    [InlineData(null, "9999", null, "9999-12-31", false)]
    [InlineData(null, null, "0001", "0001-01-01", false)]
    public void Partial_dates_are_intervals(string? on, string? after, string? before, string born, bool found)
    {
        Assert.Equal(found, IsFound(
            new PatientQueryBuilder { BirthDate = Date(on), BornAfter = Date(after), BornBefore = Date(before) },
            $$"""{"birthDate":"{{born}}"}"""));

        static PartialDate? Date(string? text) => text is null ? null : PartialDate.Parse(text);
    }

    [Theory]
    [InlineData("Female", true)]
    [InlineData("f*", true)]
    [InlineData("male", false)]
    public void A_gender_is_found_in_either_case(string wanted, bool found)
    {
        Assert.Equal(found, IsFound(new PatientQueryBuilder { Gender = wanted }, """{"gender":"female"}"""));
        Assert.False(IsFound(new PatientQueryBuilder { Gender = wanted }, "{}"));
    }

    private static string Family(string name) => $$"""{"name":[{"family":"{{name}}"}]}""";

    private static string Mrn(string value, string? system) =>
        $$"""{"identifier":[{"type":{"coding":[{"code":"MR"}]}{{(system is null ? "" : $",\"system\":\"{system}\"")}},"value":"{{value}}"}]}""";

    private static bool IsFound(PatientQueryBuilder builder, string document) => TestSubject.IsMet(builder.Build().Where, document);

    private static string ErrorOf(PatientQueryBuilder builder) => Assert.Throws<PatientToolsException>(builder.Build).ErrorId;

    private static IReadOnlyList<PatientCondition> Conditions(PatientQueryBuilder builder) => Assert.IsType<AllOf>(builder.Build().Where).Conditions;

    private static IEnumerable<(TextPatternKind Kind, string Value)> Patterns(PatientQueryBuilder builder) =>
        Conditions(builder).Cast<EntryCondition>().Select(condition => (condition.Pattern.Kind, condition.Pattern.Value));
}
