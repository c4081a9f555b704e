using System.Text;
using PatientTools.Search.Text;
using PatientTools.Validation.Rules.Names;

namespace PatientTools.Core.Tests.Validation.Rules;

public class Din91379Tests
{
    [Fact]
    public void The_standard_has_as_many_letters_and_signs_beyond_ASCII_as_its_list() =>
        // bll 500 letters, of them 52 ASCII; bnlreq 18, of them 7 ASCII; bnl 60, of them 36 ASCII.
        Assert.Equal((448 + 11, 448 + 11 + 24), (CountOf(NameCharacterSet.A), CountOf(NameCharacterSet.B)));

    [Fact]
    public void It_has_149_sequences()
    {
        var marks = "\u0300\u0301\u0302\u0304\u0306\u0307\u0308\u030B\u030C\u030D\u0310\u0315\u031B\u0323\u0325\u0326\u0327\u0328\u0331\u035F".ToCharArray();
        var seconds = marks.Append('h').Append('H').ToArray();
        var letters = Enumerable.Range('A', 0x1F00).Select(value => (char)value).Where(letter => char.IsLetter(letter) && Has(letter.ToString(), NameCharacterSet.A)).ToArray();
        var one = letters.Sum(letter => marks.Count(mark => mark != '\u035F' && Has($"{letter}{mark}", NameCharacterSet.A)));
        var two = letters.Sum(letter => marks.Sum(mark => seconds.Count(second =>
            Has($"{letter}{mark}{second}", NameCharacterSet.A) && !(Has($"{letter}{mark}", NameCharacterSet.A) && char.IsAsciiLetter(second)))));
        Assert.Equal(149, one + two);
    }

    [Theory]
    [InlineData("Anna-Lena O'Brien, Dr.", true, true)]
    [InlineData("Müller (geb. Groß)", false, true)]
    [InlineData("Müller & Sohn", false, true)]
    [InlineData("Ελένη", false, false)]
    [InlineData("Анна", false, false)]
    [InlineData("ſ", false, false)]
    [InlineData("ẞ", true, true)]
    [InlineData("a\u0308", false, false)]
    [InlineData("\u0308", false, false)]
    [InlineData("😀", false, false)]
    public void Datatypes(string text, bool inA, bool inB) => Assert.Equal((inA, inB), (Has(text, NameCharacterSet.A), Has(text, NameCharacterSet.B)));

    [Fact]
    public void All_its_characters_are_in_normal_form_C() =>
        Assert.All(Enumerable.Range(0x80, 0x2100).Select(value => ((char)value).ToString()).Where(text => Has(text, NameCharacterSet.B) && !char.IsControl(text[0])), text => Assert.True(UnicodeNormalization.IsNfc(text)));

    private static int CountOf(NameCharacterSet set) => Enumerable.Range(0xA0, 0xD800 - 0xA0).Count(value => Has(((char)value).ToString(), set));

    private static bool Has(string text, NameCharacterSet set) => Din91379.IndexOfOther(Encoding.UTF8.GetBytes(text), set) < 0;
}
