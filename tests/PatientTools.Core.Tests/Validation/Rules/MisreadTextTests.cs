using System.Text;
using CsCheck;
using PatientTools.Validation.Rules.Names;

namespace PatientTools.Core.Tests.Validation.Rules;

public class MisreadTextTests
{
    /// <summary>What names beyond ASCII are made of: the letters of Latin-1 and Latin Extended-A; what looks misread by itself is left out.</summary>
    private static readonly Gen<string> Names = Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['A', 'Z'], Gen.Char['\u00C0', '\u017E'].Where(char.IsLetter)).Array[1, 12].Select(letters => new string(letters)).Where(name => !MisreadText.IsIn(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void What_was_read_as_Latin1_is_mended() => Names.Where(name => !Ascii.IsValid(name)).Sample(
        name =>
        {
            var misread = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));
            Assert.Equal(name, MisreadText.Mended(Encoding.UTF8.GetBytes(misread)));
        },
        iter: 2000,
        seed: "0000KXVq6Zx2");

    [Theory]
    [InlineData("Müller")]
    [InlineData("KŘÍŽ")]
    [InlineData("LUKÁŠ")]
    [InlineData("Großöhme")]
    [InlineData("João")]
    [InlineData("MAÇÃ")]
    [InlineData("Ãngström")]
    [InlineData("SŒUR Œuvre")]
    [InlineData("Nguyễn")]
    [InlineData("„Ö“")]
    [InlineData("äöüÄÖÜß")]
    [InlineData("")]
    public void What_was_read_right_is_left_alone(string text) => Assert.False(MisreadText.IsIn(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("MÃ¼ller-LÃ¼denscheidt", "Müller-Lüdenscheidt")]
    [InlineData("YÄ±lmaz", "Yılmaz")]
    [InlineData("Yılmaz-MÃ¼ller", "Yılmaz-Müller")]
    [InlineData("Müller-GroÃŸ", "Müller-Groß")]
    [InlineData("Ã–zdemir", "Özdemir")]
    [InlineData("Dâ€™Angelo", "D’Angelo")]
    [InlineData("NguyÃªn", "Nguyên")]
    [InlineData("MuÌˆller", "Mu\u0308ller")]
    [InlineData("KÃƒÆ’Ã‚Â¶ln", "Köln")]
    public void Parts_and_repeated_readings_are_mended(string misread, string text) => Assert.Equal(text, MisreadText.Mended(Encoding.UTF8.GetBytes(misread)));
}
