using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

[Trait("Culture", "invariant")]
public class GermanSortKeyTests
{
    [Theory]
    [InlineData("Göbel", "Goethe", "Göthe", "Götz", "Goldmann")]
    [InlineData("", " ", "1", "9", "a", "A", "Ä", "af", "z", "Ω", "я", "李")]
    [InlineData("Mueller", "Müller", "Mufler", "Muller")]
    [InlineData("mueller", "Mueller", "müller", "Müller", "MÜLLER")]
    [InlineData("Strasse", "Straße", "Strassen")]
    [InlineData("Müller", "Müller Anna", "Müller-Lüdenscheidt", "Müllermann")]
    [InlineData("OBrien", "O'Brien", "OBriens")]
    [InlineData("Joel", "Joël", "Joela")]
    [InlineData("Łukasz", "Lukaszek")]
    [InlineData("Ñandu", "Zz")]
    public void Sorts_as_a_phone_book(params string[] names) =>
        Assert.Equal(names, names.AsEnumerable().Reverse().OrderBy(GermanSortKey.ForName, KeyOrder.Instance).ToArray());

    [Fact]
    public void Case_and_accents_do_not_count_before_the_last_letter() =>
        Assert.True(KeyOrder.Instance.Compare(GermanSortKey.ForName("MÜLLER"), GermanSortKey.ForName("muellera")) < 0);

    [Fact]
    public void A_diaeresis_is_an_umlaut_with_other_marks_between() =>
        Assert.Equal(FirstLevel("ue"), FirstLevel("\u1EE5\u0308"));

    [Fact]
    public void Keys_are_equal_only_for_the_same_text() =>
        Gen.Select(TextGenerators.Anything, TextGenerators.Anything).Sample(
            (one, other) =>
            {
                var same = UnicodeNormalization.ToNfc(one) == UnicodeNormalization.ToNfc(other);
                Assert.Equal(same, GermanSortKey.ForName(one).AsSpan().SequenceEqual(GermanSortKey.ForName(other)));
                Assert.Equal(GermanSortKey.ForName(one), GermanSortKey.ForName(UnicodeNormalization.ToNfd(one)));
            },
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);

    [Fact]
    public void Texts_of_one_word_spelled_alike_have_different_keys()
    {
        string[] alike = ["ue", "ü", "Ue", "UE", "uE", "Ü", "u e", " ue", "ue ", "u'e", "-ue", "ue\0", "u\u0308\u0323", "ŭe", "ue\uD800", "ue\uFFFD"];
        Assert.Equal(alike.Length, alike.Select(text => Convert.ToHexString(GermanSortKey.ForName(text))).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_key_of_a_usual_name_is_little_longer_than_the_name() =>
        Assert.Equal([.. "schmidt"u8, 0, 0, 2], GermanSortKey.ForName("Schmidt"));

    private static byte[] FirstLevel(string text) => [.. GermanSortKey.ForName(text).TakeWhile(value => value != 0)];

    private sealed class KeyOrder : IComparer<byte[]>
    {
        internal static readonly KeyOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
