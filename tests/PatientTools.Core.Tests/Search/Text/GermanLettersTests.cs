using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

[Trait("Culture", "invariant")]
public class GermanLettersTests
{
    [Theory]
    [InlineData("Müller", "mueller")]
    [InlineData("MÜLLER", "mueller")]
    [InlineData("Straße", "strasse")]
    [InlineData("Müller-Lüdenscheidt", "mueller luedenscheidt")]
    [InlineData(" Graf  von, und zu ", "graf von und zu")]
    [InlineData("O'Brien", "obrien")]
    [InlineData("Łukasz Ñandú", "lukasz nandu")]
    [InlineData("Ærø Þór ĳ", "aero thor ij")]
    [InlineData("12-3/ab", "12 3 ab")]
    [InlineData("\u0001×\u00AD", "")]
    [InlineData("a×b", "a b")]
    [InlineData("Ωmega", "ωmega")]
    [InlineData("", "")]
    public void Are_what_a_phone_book_sorts_by(string text, string letters) => Assert.Equal(letters, GermanLetters.Of(text));

    [Fact]
    public void A_diaeresis_is_an_umlaut_with_other_marks_between() =>
        Assert.Equal(GermanLetters.Of("ue"), GermanLetters.Of("\u1EE5\u0308"));

    [Fact]
    public void Hold_no_byte_0() =>
        Check(TextGenerators.Anything, text => Assert.DoesNotContain('\0', GermanLetters.Of(text)));

    [Fact]
    public void Composed_or_decomposed_does_not_matter() =>
        Check(TextGenerators.Anything, text =>
        {
            Assert.Equal(GermanLetters.Of(text), GermanLetters.Of(UnicodeNormalization.ToNfc(text)));
            Assert.Equal(GermanLetters.Of(text), GermanLetters.Of(UnicodeNormalization.ToNfd(text)));
        });

    /// <summary>Texts longer than the quick way takes go the slow one.</summary>
    [Fact]
    public void The_quick_way_gives_what_the_slow_one_gives() =>
        Check(TextGenerators.European, text =>
            Assert.Equal(GermanLetters.Of(text + text.PadLeft(300, 'x')), string.Concat(GermanLetters.Of(text + "x"), new string('x', 300 - text.Length - 1), GermanLetters.Of("x" + text)[1..])));

    [Fact]
    public void The_letters_of_a_prefix_are_a_prefix_of_the_letters() =>
        Check(TextGenerators.Word, word =>
        {
            var letters = GermanLetters.Of(word);
            for (var length = 0; length <= word.Length; length++)
                Assert.StartsWith(GermanLetters.Of(word[..length]), letters, StringComparison.Ordinal);
        });

    private static void Check(Gen<string> texts, Action<string> law) => texts.Sample(law, seed: TextGenerators.Seed, iter: TextGenerators.Count);
}
