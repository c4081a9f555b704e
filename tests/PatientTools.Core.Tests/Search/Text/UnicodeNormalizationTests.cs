using System.Text;
using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

public class UnicodeNormalizationTests
{
    [Theory]
    [Trait("Culture", "invariant")]
    [InlineData("Mu\u0308ller", "Müller")]
    [InlineData("a\u0323\u0307", "ạ\u0307")]
    [InlineData("s\u0307\u0323", "ṩ")]
    [InlineData("\u212B", "Å")]
    [InlineData("\u1100\u1161\u11A8", "각")]
    [InlineData("가\u11A8", "각")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u09C7\u09BE", "\u09CB")]
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65")]
    [InlineData("a\u0315\u0300\u05AE\u0300b", "à\u05AE\u0300\u0315b")]
    [InlineData("", "")]
    public void Composes(string text, string expected)
    {
        Assert.Equal(expected, UnicodeNormalization.ToNfc(text));
        Assert.Equal(text == expected, UnicodeNormalization.IsNfc(text));
    }

    [Theory]
    [Trait("Culture", "invariant")]
    [InlineData("ṩ", "s\u0323\u0307")]
    [InlineData("각", "\u1100\u1161\u11A8")]
    [InlineData("가", "\u1100\u1161")]
    [InlineData("ǖ", "u\u0308\u0304")]
    public void Decomposes(string text, string expected) => Assert.Equal(expected, UnicodeNormalization.ToNfd(text));

    [Fact]
    [Trait("Culture", "invariant")]
    public void Text_in_form_c_comes_back_as_the_same_instance()
    {
        var text = string.Concat("Mül", "ler 각 李");
        Assert.Same(text, UnicodeNormalization.ToNfc(text));
    }

    [Fact]
    [Trait("Culture", "invariant")]
    public void The_forms_lead_to_each_other_and_halves_of_pairs_survive() =>
        TextGenerators.Anything.Sample(
            text =>
            {
                var composed = UnicodeNormalization.ToNfc(text);
                var decomposed = UnicodeNormalization.ToNfd(text);
                Assert.True(UnicodeNormalization.IsNfc(composed));
                Assert.Equal(composed, UnicodeNormalization.ToNfc(decomposed));
                Assert.Equal(decomposed, UnicodeNormalization.ToNfd(composed));
                Assert.Equal(text == composed, UnicodeNormalization.IsNfc(text));
            },
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);

    [Fact]
    public void Agrees_with_the_platform_where_that_has_unicode()
    {
        Assert.SkipUnless("a\u0308".Normalize(NormalizationForm.FormC) == "ä", "Globalization is invariant.");
        TextGenerators.Anything.Where(IsWellFormed).Sample(
            text =>
            {
                Assert.Equal(text.Normalize(NormalizationForm.FormC), UnicodeNormalization.ToNfc(text));
                Assert.Equal(text.Normalize(NormalizationForm.FormD), UnicodeNormalization.ToNfd(text));
            },
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);
    }

    [Fact]
    [Trait("Culture", "invariant")]
    public void A_long_run_of_marks_is_sorted_stably()
    {
        var above = new string('\u0301', 3000);
        var below = new string('\u0323', 3000);
        Assert.Equal("x" + below + above, UnicodeNormalization.ToNfd("x" + above + below));
        Assert.Equal("x\u0323\u0301\u0300", UnicodeNormalization.ToNfd("x\u0301\u0323\u0300"));
    }

    /// <summary>The platform refuses halves of surrogate pairs and U+FFFE, so they are not compared.</summary>
    private static bool IsWellFormed(string text) =>
        text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && (rune.Value & 0xFFFE) != 0xFFFE);
}
