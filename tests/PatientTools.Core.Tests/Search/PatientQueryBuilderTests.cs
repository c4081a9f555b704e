using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search;

public sealed class PatientQueryBuilderTests
{
    [Fact]
    public void Nothing_given_asks_nothing() => Assert.Empty(new PatientQueryBuilder().Build().Conditions);

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
    [InlineData("---")]
    [InlineData("  ")]
    public void A_name_without_a_letter_is_refused(string name)
    {
        Assert.Equal("EmptySearchTerm", Assert.Throws<PatientToolsException>(() => new PatientQueryBuilder { Name = name }.Build()).ErrorId);
        Assert.Equal("EmptySearchTerm", Assert.Throws<PatientToolsException>(() => new PatientQueryBuilder { City = name }.Build()).ErrorId);
    }

    [Fact]
    public void Places_match_as_a_whole() =>
        Assert.Equal(
            [(TextPatternKind.Exact, TextFolding.Fold("Frankfurt am Main")), (TextPatternKind.Wildcard, "5*")],
            Patterns(new PatientQueryBuilder { City = "Frankfurt am Main", PostalCode = "5*" }));

    [Fact]
    public void Identifiers_are_not_folded()
    {
        Assert.True(Matches(new PatientQueryBuilder { Kvnr = " a123456780 " }, "A123456780"));
        Assert.True(Matches(new PatientQueryBuilder { Kvnr = "a12*" }, "A123456780"));
        Assert.False(Matches(new PatientQueryBuilder { Mrn = "ab-1" }, SearchEntries.IdentifierTerm("AB-1", "urn:x")));
        Assert.True(Matches(new PatientQueryBuilder { Mrn = "AB-1" }, SearchEntries.IdentifierTerm("AB-1", "urn:x")));
        Assert.True(Matches(new PatientQueryBuilder { Mrn = "AB-1" }, SearchEntries.IdentifierTerm("AB-1", null)));
        Assert.False(Matches(new PatientQueryBuilder { Mrn = "AB-1" }, SearchEntries.IdentifierTerm("AB-12", "urn:x")));
        Assert.True(Matches(new PatientQueryBuilder { Mrn = "AB*" }, SearchEntries.IdentifierTerm("AB-12", "urn:x")));
        Assert.False(Matches(new PatientQueryBuilder { Mrn = "*x" }, SearchEntries.IdentifierTerm("AB-12", "urn:x")));
    }

    [Fact]
    public void A_backtick_makes_a_wildcard_of_an_identifier_literal()
    {
        Assert.True(Matches(new PatientQueryBuilder { Mrn = "A`*?" }, SearchEntries.IdentifierTerm("A*1", "urn:x")));
        Assert.False(Matches(new PatientQueryBuilder { Mrn = "A`*?" }, SearchEntries.IdentifierTerm("AB1", "urn:x")));
        Assert.Equal("A[*]?[[]", TextPattern.WildcardTerm("A`*?[").ToGlob());
    }

    [Fact]
    public void A_lookup_takes_every_character_literally()
    {
        var condition = Assert.IsType<EntryCondition>(Assert.Single(PatientQueryBuilder.ForMrn("A*").Conditions));
        Assert.False(condition.Pattern.IsMatch(SearchEntries.IdentifierTerm("AB", null)));
        Assert.True(condition.Pattern.IsMatch(SearchEntries.IdentifierTerm("A*", null)));
    }

    [Theory]
    [InlineData("1958", null, null, "1958-01-01", "1958-12-31")]
    [InlineData(null, "1958", null, "1959-01-01", null)]
    [InlineData(null, "1958-12", null, "1959-01-01", null)]
    [InlineData(null, null, "1958-12", null, "1958-11-30")]
    public void Partial_dates_are_intervals(string? on, string? after, string? before, string? from, string? to)
    {
        var query = new PatientQueryBuilder { BirthDate = Date(on), BornAfter = Date(after), BornBefore = Date(before) }.Build();
        Assert.Equal(new BirthDateCondition(Day(from), Day(to)), Assert.Single(query.Conditions));

        static PartialDate? Date(string? text) => text is null ? null : PartialDate.Parse(text);
        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Nobody_is_born_outside_the_calendar()
    {
        Assert.Equal(new BirthDateCondition(DateOnly.MaxValue, DateOnly.MinValue), Assert.Single(new PatientQueryBuilder { BornAfter = new PartialDate(9999) }.Build().Conditions));
        Assert.Equal(new BirthDateCondition(DateOnly.MaxValue, DateOnly.MinValue), Assert.Single(new PatientQueryBuilder { BornBefore = new PartialDate(1) }.Build().Conditions));
    }

    private static IEnumerable<(TextPatternKind Kind, string Value)> Patterns(PatientQueryBuilder builder) =>
        builder.Build().Conditions.Cast<EntryCondition>().Select(condition => (condition.Pattern.Kind, condition.Pattern.Value));

    private static bool Matches(PatientQueryBuilder builder, string term) =>
        Assert.IsType<EntryCondition>(Assert.Single(builder.Build().Conditions)).Pattern.IsMatch(term);
}
