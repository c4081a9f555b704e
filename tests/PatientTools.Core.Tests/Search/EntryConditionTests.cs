using CsCheck;
using PatientTools.Core.Tests.Search.Text;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search;

public sealed class EntryConditionTests
{
    private const long Count = 4000;

    private static readonly SearchEntryKind[] Kinds =
        [SearchEntryKind.FamilyNamePart, SearchEntryKind.FamilyName, SearchEntryKind.City, SearchEntryKind.CityText, SearchEntryKind.Mrn, SearchEntryKind.BirthDate];

    /// <summary>Patterns made of a value's parts, so that they match now and then.</summary>
    private static readonly Gen<(string Value, TextPattern Pattern)> ValueAndPattern =
        Gen.Select(TextGenerators.WellFormed, Gen.Int[0, 8], Gen.Int[0, 5], TextGenerators.WellFormed).Select(parts =>
        {
            var (value, length, form, other) = parts;
            var composed = UnicodeNormalization.ToNfc(value);
            length = Math.Min(length, composed.Length);
            var start = composed[..(length > 0 && char.IsHighSurrogate(composed[length - 1]) ? length - 1 : length)];
            return (value, form switch
            {
                0 => TextPattern.ExactTerm(composed),
                1 => TextPattern.ExactTerm(other),
                2 => TextPattern.Prefix(start),
                3 => TextPattern.WildcardTerm(start + "*"),
                4 => TextPattern.WildcardTerm("*" + start),
                _ => TextPattern.Prefix(value),
            });
        });

    [Fact]
    public void Memory_and_index_agree() =>
        Gen.Select(ValueAndPattern, Gen.OneOf(Kinds)).Sample(
            (given, kind) =>
            {
                _ = TestSubject.IsMet(new EntryCondition([kind], given.Pattern), Document(given.Value));
            },
            seed: TextGenerators.Seed,
            iter: Count);

    [Theory]
    [InlineData(SearchEntryKind.City)]
    [InlineData(SearchEntryKind.Mrn)]
    [InlineData(SearchEntryKind.Kvnr)]
    [InlineData(SearchEntryKind.BirthDate)]
    public void Nothing_matches_what_is_missing(SearchEntryKind kind)
    {
        Assert.False(TestSubject.IsMet(new EntryCondition([kind], TextPattern.WildcardTerm("*")), "{}"));
        Assert.False(TestSubject.IsMet(new EntryCondition([kind], TextPattern.Prefix("")), "{}"));
        Assert.False(TestSubject.IsMet(new EntryCondition([kind], TextPattern.ExactTerm("")), "{}"));
    }

    [Fact]
    public void No_kind_is_met_by_nobody() => Assert.False(TestSubject.IsMet(new EntryCondition([], TextPattern.Prefix("")), Document("x")));

    [Fact]
    public void Asks_for_the_record_when_the_kind_is_about_it() =>
        Assert.True(TestSubject.IsMet(
            new EntryCondition([SearchEntryKind.Condition], TextPattern.WildcardTerm("E11*")), "{}", ("Condition", """{"code":{"coding":[{"code":"E11.9"}]}}""")));

    [Fact]
    public void A_sound_is_found_as_a_whole()
    {
        Assert.True(TestSubject.IsMet(new SoundsLikeCondition([SearchEntryKind.FamilyNameSound], "67"), Document("Maier")));
        Assert.False(TestSubject.IsMet(new SoundsLikeCondition([SearchEntryKind.FamilyNameSound], "67"), Document("Maierin")));
        Assert.False(TestSubject.IsMet(new SoundsLikeCondition([SearchEntryKind.GivenNameSound], "67"), Document("Maier")));
    }

    [Fact]
    public void Every_mistyped_name_is_found_in_both_ways() =>
        Gen.Select(TextGenerators.Word, TextGenerators.Word, Gen.Int[0, 10], Gen.Bool).Sample(
            (name, other, cut, sound) =>
            {
                var word = TextFolding.Fold(cut < name.Length ? name.Remove(cut, 1) : other);
                var condition = new LooksLikeCondition([SearchEntryKind.FamilyNamePart], word) { Sound = sound ? ColognePhonetics.Encode(word) : "" };
                _ = TestSubject.IsMet(condition, Document(name));
            },
            seed: TextGenerators.Seed,
            iter: Count);

    [Fact]
    public void A_sound_alone_scores_less_than_any_typing_error()
    {
        var condition = new LooksLikeCondition([SearchEntryKind.FamilyNamePart], "meyer") { Sound = "67" };
        Assert.Equal(1, condition.Score("meyer"u8));
        Assert.InRange(condition.Score("meier"u8), LooksLikeCondition.ScoreOfSound + 0.01, 0.99);
        Assert.Equal(LooksLikeCondition.ScoreOfSound, condition.Score("mair"u8));
        Assert.Equal(0, condition.Score("muller"u8));
        // The least there is: two errors of the dearest sort in the shortest word that may have two.
        Assert.True(new LooksLikeCondition([SearchEntryKind.FamilyNamePart], "wagner").Score("gner"u8) > LooksLikeCondition.ScoreOfSound);
    }

    [Fact]
    public void Conditions_are_values()
    {
        SearchEntryKind[] kinds = [SearchEntryKind.FamilyNamePart];
        Assert.Equal(new LooksLikeCondition(kinds, "meyer"), new LooksLikeCondition(kinds, "meyer"));
        Assert.NotEqual(new LooksLikeCondition(kinds, "meyer"), new LooksLikeCondition(kinds, "mayer"));
        Assert.Equal(new SoundsLikeCondition(kinds, "67"), new SoundsLikeCondition(kinds, "67"));
    }

    private static string Document(string value)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(value);
        return $$"""{"name":[{"family":{{text}}}],"address":[{"city":{{text}}}],"identifier":[{"type":{"coding":[{"code":"MR"}]},"system":"urn:x","value":{{text}}}],"birthDate":"1958-12"}""";
    }
}
