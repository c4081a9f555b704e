using System.Text;
using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

[Trait("Culture", "invariant")]
public class ColognePhoneticsTests
{
    [Theory]
    [InlineData("Müller", "657")]
    [InlineData("Mueller", "657")]
    [InlineData("Mu\u0308ller", "657")]
    [InlineData("Schmidt", "862")]
    [InlineData("Schneider", "8627")]
    [InlineData("Fischer", "387")]
    [InlineData("Weber", "317")]
    [InlineData("Wagner", "3467")]
    [InlineData("Becker", "147")]
    [InlineData("Hoffmann", "0366")]
    [InlineData("Schäfer", "837")]
    [InlineData("Breschnew", "17863")]
    [InlineData("Wikipedia", "3412")]
    [InlineData("Müller-Lüdenscheidt", "65752682")]
    [InlineData("heithabu", "021")]
    public void Encodes_the_published_vectors(string word, string code) => Assert.Equal(code, ColognePhonetics.Encode(word));

    [Theory]
    [InlineData("Meier")]
    [InlineData("Maier")]
    [InlineData("Mair")]
    [InlineData("Meyer")]
    [InlineData("Meyr")]
    [InlineData("Mejer")]
    [InlineData("Major")]
    [InlineData("MEIER")]
    public void The_meiers_sound_alike(string word) => Assert.Equal("67", ColognePhonetics.Encode(word));

    [Theory]
    [InlineData("Philipp", "351")]
    [InlineData("Alexander", "0548627")]
    [InlineData("Ckx", "48")]
    [InlineData("Celle", "85")]
    [InlineData("Claus", "458")]
    [InlineData("Scala", "85")]
    [InlineData("Tsz", "8")]
    [InlineData("Groß", "478")]
    [InlineData("Cahnna", "46")]
    public void Looks_at_the_letters_around(string word, string code) => Assert.Equal(code, ColognePhonetics.Encode(word));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("李")]
    [InlineData("123 -")]
    [InlineData("\uD800")]
    public void Without_letters_there_is_no_code(string word) => Assert.Empty(ColognePhonetics.Encode(word));

    [Fact]
    public void Takes_words_of_any_length()
    {
        Assert.Equal("01", ColognePhonetics.Encode(new string('a', 5000) + "b"));
        Assert.Equal(4000, ColognePhonetics.Encode(string.Concat(Enumerable.Repeat("bd", 2000))).Length);
    }

    /// <summary>So entries may be made of folded words, and both Müller and Mueller get 657.</summary>
    [Fact]
    public void A_word_and_its_fold_sound_alike() =>
        TextGenerators.Anything.Sample(
            text => Assert.Equal(
                TextFolding.Words(text).Select(word => ColognePhonetics.Encode(word)).Where(code => code.Length > 0),
                Words(text).Select(word => ColognePhonetics.Encode(word)).Where(code => code.Length > 0)),
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);

    [Fact]
    public void A_code_is_told_from_others() =>
        Gen.Select(TextGenerators.Word, TextGenerators.Word).Sample(
            (one, other) =>
            {
                var (word, code) = (TextFolding.Fold(one), ColognePhonetics.Encode(other));
                Assert.Equal(code.Length > 0 && ColognePhonetics.Encode(word) == code, code.Length > 0 && ColognePhonetics.IsCodeOf(Encoding.UTF8.GetBytes(word), code));
                if (ColognePhonetics.Encode(word) is { Length: > 0 } own)
                    Assert.True(ColognePhonetics.IsCodeOf(Encoding.UTF8.GetBytes(word), own));
            },
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);

    /// <summary>The words of a text as they stand, parted where the fold parts them.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            var before = i;
            if (LetterFolding.Of(CodePoints.Read(text, ref i)) == LetterFolding.Separator)
            {
                yield return text[start..before];
                start = i;
            }
        }

        yield return text[start..];
    }
}
