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
}
