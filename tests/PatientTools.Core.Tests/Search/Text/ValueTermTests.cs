using System.Text;
using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

[Trait("Culture", "invariant")]
public class ValueTermTests
{
    [Theory]
    [InlineData("Göbel", "Goethe", "Göthe", "Götz", "Goldmann")]
    [InlineData("", " ", "1", "9", "a", "A", "Ä", "af", "z", "Ω", "я", "李")]
    [InlineData("Mueller", "Müller", "Mufler", "Muller")]
    [InlineData("mueller", "Mueller", "MÜLLER", "Müller", "müller")]
    [InlineData("Strasse", "Straße", "Strassen")]
    [InlineData("Müller", "Müller Anna", "Müller-Lüdenscheidt", "Müllermann")]
    [InlineData("O'Brien", "OBrien", "OBriens")]
    [InlineData("Joel", "Joël", "Joela")]
    [InlineData("Łukasz", "Lukaszek")]
    [InlineData("Ñandu", "Zz")]
    public void Sorts_as_a_phone_book(params string[] names) =>
        Assert.Equal(names, names.AsEnumerable().Reverse().OrderBy(Bytes, ByteOrder.Instance).ToArray());

    [Fact]
    public void A_text_that_is_only_letters_is_not_repeated()
    {
        Assert.Equal("female\0", ValueTerm.Of("female"));
        Assert.Equal("mueller\0Müller", ValueTerm.Of("Müller"));
    }

    [Fact]
    public void The_empty_term_is_no_value() => Assert.Null(ValueTerm.TextOf([]));

    [Fact]
    public void Gives_the_text_back() =>
        Check(TextGenerators.WellFormed, text => Assert.Equal(UnicodeNormalization.ToNfc(text), ValueTerm.TextOf(Bytes(text))));

    [Fact]
    public void Terms_are_equal_for_the_same_text_alone() =>
        Check(Gen.Select(TextGenerators.Anything, TextGenerators.Anything), pair =>
        {
            var (one, other) = pair;
            Assert.Equal(UnicodeNormalization.ToNfc(one) == UnicodeNormalization.ToNfc(other), ValueTerm.Of(one) == ValueTerm.Of(other));
            Assert.Equal(ValueTerm.Of(one), ValueTerm.Of(UnicodeNormalization.ToNfd(one)));
        });

    [Fact]
    public void Order_is_that_of_letters_then_of_text() =>
        Check(Gen.Select(TextGenerators.WellFormed, TextGenerators.WellFormed), pair =>
        {
            var (one, other) = pair;
            var byLetters = Compare(GermanLetters.Of(one), GermanLetters.Of(other));
            // A text that is just its letters comes first among those that share them.
            var byText = Compare(TextBehind(one), TextBehind(other));
            Assert.Equal(Math.Sign(byLetters != 0 ? byLetters : byText), Math.Sign(Bytes(one).AsSpan().SequenceCompareTo(Bytes(other))));
        });

    [Theory]
    [InlineData("Mül", "muel")]
    [InlineData("Mü", "mu")]
    [InlineData("AB-", "ab")]
    [InlineData("", "")]
    public void A_start_is_what_terms_begin_with(string start, string letters) => Assert.Equal(letters, ValueTerm.StartOf(start));

    [Fact]
    public void Terms_of_values_that_begin_alike_begin_alike() =>
        Check(TextGenerators.WellFormed, text =>
        {
            text = UnicodeNormalization.ToNfc(text);
            for (var length = 0; length <= text.Length; length++)
            {
                if (length == text.Length || !char.IsLowSurrogate(text[length]))
                    Assert.StartsWith(ValueTerm.StartOf(text[..length]), ValueTerm.Of(text), StringComparison.Ordinal);
            }
        });

    private static string TextBehind(string text) => UnicodeNormalization.ToNfc(text) is var composed && composed == GermanLetters.Of(text) ? "" : composed;

    private static int Compare(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(ValueTerm.Of(text));

    private static void Check<T>(Gen<T> texts, Action<T> law) => texts.Sample(law, seed: TextGenerators.Seed, iter: TextGenerators.Count);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        internal static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
