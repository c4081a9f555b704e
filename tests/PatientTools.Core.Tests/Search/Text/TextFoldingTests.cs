using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

[Trait("Culture", "invariant")]
public class TextFoldingTests
{
    [Theory]
    [InlineData("muller", "Müller", "Mueller", "Muller", "MÜLLER", "Mu\u0308ller", "müeller")]
    [InlineData("backer", "Bäcker", "Baecker", "Backer", "BÆCKER")]
    [InlineData("gothe", "Goethe", "Göthe", "Gothe", "Gœthe", "Gøthe")]
    [InlineData("bauerle", "Bäuerle", "Baeuerle", "Bauerle")]
    [InlineData("samann", "Sämann", "Säemann", "Saeemann", "Saemann", "Samann")]
    [InlineData("jol", "Joël", "Joel", "JOËL")]
    [InlineData("weiss", "Weiß", "WEISS", "WEIẞ")]
    [InlineData("uber", "Über", "Ueber", "Uber")]
    [InlineData("seeacker", "Seeäcker", "Seeaecker", "Seeacker")]
    public void Spellings_of_one_name_meet(string expected, params string[] spellings) =>
        Assert.All(spellings, spelling => Assert.Equal(expected, TextFolding.Fold(spelling)));

    [Theory]
    [InlineData("Bauer", "bauer")]
    [InlineData("Neue", "neue")]
    [InlineData("Quelle", "quelle")]
    [InlineData("Grünaue", "grunaue")]
    [InlineData("Michael", "michal")]
    [InlineData("Samuel", "samul")]
    [InlineData("Treuenfels", "treuenfels")]
    public void An_e_is_dropped_where_it_may_be_an_umlaut_and_stays_elsewhere(string name, string expected) =>
        Assert.Equal(expected, TextFolding.Fold(name));

    [Theory]
    [InlineData("Łukasz Żółć", "lukasz zolc")]
    [InlineData("Đorđević", "dordevic")]
    [InlineData("Þórður Friðriksson", "thordur fridriksson")]
    [InlineData("Işık İnönü ısı", "isik inonu isi")]
    [InlineData("Nguyễn Thị", "nguyen thi")]
    [InlineData("Ĳsbrand ǅ ﬃ ŉ Əli", "ijsbrand dz ffi n eli")]
    [InlineData("Ångström Å", "angstrom a")]
    [InlineData("Σίσυφος ΆΛΦΑ", "σισυφοσ αλφα")]
    [InlineData("Ёлка Йод Їжак", "елка иод іжак")]
    [InlineData("Mª José", "ma jose")]
    public void Alphabets_keep_their_base_letters(string name, string expected) =>
        Assert.Equal(expected, TextFolding.Fold(name));

    [Theory]
    [InlineData("李 明", "李 明")]
    [InlineData("김각", "김각")]
    [InlineData("\u1100\u1161\u11A8", "각")]
    [InlineData("か\u3099", "が")]
    [InlineData("मोदी", "मोदी")]
    [InlineData("שָׁלוֹם", "שָׁלוֹם")]
    public void Other_scripts_stay(string name, string expected) =>
        Assert.Equal(UnicodeNormalization.ToNfc(expected), TextFolding.Fold(name));

    [Theory]
    [InlineData("O'Brien", "obrien")]
    [InlineData("O’Brien", "obrien")]
    [InlineData("O‘Brien", "obrien")]
    [InlineData("OʼBrien", "obrien")]
    [InlineData("O´Brien", "obrien")]
    [InlineData("Müller-Lüdenscheidt", "muller", "ludenscheidt")]
    [InlineData("Müller\u2011Lüdenscheidt", "muller", "ludenscheidt")]
    [InlineData("Müller – Lüdenscheidt", "muller", "ludenscheidt")]
    [InlineData("Graf von und zu Buntspecht", "graf", "von", "und", "zu", "buntspecht")]
    [InlineData("Dr.med. Meier,Anna", "dr", "med", "meier", "anna")]
    [InlineData("Goldner995", "goldner995")]
    [InlineData(" \u00A0Anna\u2003Maria\u3000 ", "anna", "maria")]
    [InlineData("Don\u00ADau\u200Bdampf\uFEFF", "donaudampf")]
    [InlineData("Frankfurt (Oder)", "frankfurt", "oder")]
    [InlineData("ジョン・スミス", "ジョン", "スミス")]
    [InlineData("d'", "d")]
    public void Splits_names_into_words(string name, params string[] words) => Assert.Equal(words, TextFolding.Words(name));

    [Theory]
    [InlineData("")]
    [InlineData(" - . , ' \u200B")]
    [InlineData("\u0308")]
    public void Text_without_letters_has_no_words(string text)
    {
        Assert.Empty(TextFolding.Words(text));
        Assert.Empty(TextFolding.Fold(text));
    }

    [Fact]
    public void Takes_text_of_any_length_and_halves_of_surrogate_pairs()
    {
        Assert.Equal(string.Concat(Enumerable.Repeat("ss", 10_000)), TextFolding.Fold(new string('ß', 10_000)));
        Assert.Equal("a\uFFFDb", TextFolding.Fold("a\uD83Db"));
        Assert.Equal("\uFFFD", TextFolding.Fold("\uDC00"));
    }

    [Fact]
    public void Every_code_point_folds_once_and_for_all()
    {
        var wrong = Enumerable.Range(0, 0x110000)
            .Where(codePoint => codePoint is < 0xD800 or > 0xDFFF)
            .Where(codePoint => TextFolding.Fold(char.ConvertFromUtf32(codePoint)) is var folded && TextFolding.Fold(folded) != folded);
        Assert.Empty(wrong.Select(codePoint => $"U+{codePoint:X4}"));
    }

    [Fact]
    public void Every_latin_letter_of_a_name_is_typed_on_a_plain_keyboard()
    {
        // Tone letters and clicks, which stand in no European name, are the only ones that stay.
        int[] staying = [0x184, 0x185, 0x18D, 0x1A7, 0x1A8, 0x1AA, 0x1BB, 0x1BC, 0x1BD, 0x1BE, 0x1C0, 0x1C1, 0x1C2, 0x1C3];
        int[] silent = [0x241, 0x242];
        var letters = Enumerable.Range(0xC0, 0x250 - 0xC0).Concat(Enumerable.Range(0x1E00, 0x100))
            .Except([0xD7, 0xF7, 0x1E9F, .. staying, .. silent]);
        var wrong = letters.Where(letter => TextFolding.Fold(((char)letter).ToString()) is var folded
            && (folded.Length == 0 || !folded.All(char.IsAsciiLetterLower)));
        Assert.Empty(wrong.Select(letter => $"U+{letter:X4}"));
    }

    [Theory]
    [InlineData("Mü*", "mu*")]
    [InlineData("Mue*", "mu*")]
    [InlineData("M?ller", "m?ller")]
    [InlineData("M[UÜ]ller-*", "m[uu]ller *")]
    [InlineData("[A-Z]*", "[a-z]*")]
    [InlineData("[Z-A]", "[a-z]")]
    [InlineData("[Ä-ß]", "[a-s]")]
    [InlineData("a`*b", "a b")]
    [InlineData("a``b", "ab")]
    [InlineData("* von", "* von")]
    [InlineData("graf *", "graf *")]
    [InlineData("a[b", "a b")]
    [InlineData("a[]b", "a b")]
    [InlineData("[]b]", "[ b]")]
    [InlineData("[']x", "x")]
    [InlineData("[-a]", "[ a]")]
    [InlineData("[a-]", "[a ]")]
    [InlineData("[`]a]", "[ a]")]
    [InlineData("*uer", "*uer")]
    [InlineData("M?eller", "m?eller")]
    [InlineData("`", "")]
    [InlineData("**", "**")]
    public void Patterns_keep_their_wildcards(string pattern, string expected) =>
        Assert.Equal(expected, TextFolding.FoldPattern(pattern));
}
