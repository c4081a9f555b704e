using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

/// <summary>What holds for the fold of any text.</summary>
[Trait("Culture", "invariant")]
public class TextFoldingLaws
{
    private static readonly Gen<string> Consonant = Gen.OneOf("b", "ch", "d", "f", "G", "h", "k", "l", "M", "n", "r", "s", "sch", "t", "w", "y", "ß");

    private static readonly Gen<int> Umlaut = Gen.Int[0, 2];

    private static readonly string[][] Spellings = [["ä", "ae", "a", "Ä", "a\u0308"], ["ö", "oe", "o", "Ö", "O\u0308"], ["ü", "ue", "u", "Ü", "UE"]];

    [Fact]
    public void Folding_twice_changes_nothing() =>
        Check(TextGenerators.Anything, text => Assert.Equal(TextFolding.Fold(text), TextFolding.Fold(TextFolding.Fold(text))));

    [Fact]
    public void Case_does_not_matter() =>
        Check(TextGenerators.Anything, text =>
        {
            // The capital of the Greek iota subscript, a mark, is a letter beside the other: no simple mapping leads back.
            text = text.Replace("\u0345", "", StringComparison.Ordinal);
            Assert.Equal(TextFolding.Fold(text), TextFolding.Fold(text.ToUpperInvariant()));
            Assert.Equal(TextFolding.Fold(text), TextFolding.Fold(text.ToLowerInvariant()));
        });

    [Fact]
    public void Composed_or_decomposed_does_not_matter() =>
        Check(TextGenerators.Anything, text =>
        {
            Assert.Equal(TextFolding.Fold(text), TextFolding.Fold(UnicodeNormalization.ToNfc(text)));
            Assert.Equal(TextFolding.Fold(text), TextFolding.Fold(UnicodeNormalization.ToNfd(text)));
        });

    [Fact]
    public void Fold_is_the_words_with_a_space_between() =>
        Check(TextGenerators.Anything, text => Assert.Equal(TextFolding.Fold(text), string.Join(' ', TextFolding.Words(text))));

    [Fact]
    public void The_fold_of_a_prefix_is_a_prefix_of_the_fold() =>
        Check(TextGenerators.Word, word =>
        {
            var folded = TextFolding.Fold(word);
            for (var length = 0; length <= word.Length; length++)
                Assert.StartsWith(TextFolding.Fold(word.AsSpan(0, length)), folded, StringComparison.Ordinal);
        });

    [Fact]
    public void An_umlaut_meets_each_of_its_spellings() =>
        Check(
            Gen.Select(TextGenerators.Word, Consonant, Umlaut, TextGenerators.Word),
            parts =>
            {
                var (start, consonant, umlaut, end) = parts;
                var folds = Spellings[umlaut].SelectMany(spelling => new[]
                {
                    TextFolding.Fold(start + consonant + spelling + end),
                    TextFolding.Fold(start + "-" + spelling + end),
                });
                Assert.Equal(2, folds.Distinct(StringComparer.Ordinal).Count());
            });

    [Fact]
    public void A_pattern_without_wildcards_is_the_fold() =>
        Check(TextGenerators.Anything.Where(text => text.AsSpan().IndexOfAny("*?[") < 0), text =>
            Assert.Equal(TextFolding.Fold(text), TextFolding.FoldPattern(text)));

    /// <summary>Members that would be one character elsewhere: a letter beside a mark, a leading beside a vowel jamo.</summary>
    [Theory]
    [InlineData("[\u304C\u3099]")]
    [InlineData("[\u1100\u1161]x\u304B\u3099")]
    public void Members_of_a_set_stay_apart(string pattern) =>
        Assert.Equal(TextFolding.FoldPattern(pattern), TextFolding.FoldPattern(TextFolding.FoldPattern(pattern)));

    [Fact]
    public void Folding_a_pattern_twice_changes_nothing() =>
        Check(TextGenerators.Anything, text =>
            Assert.Equal(TextFolding.FoldPattern(text), TextFolding.FoldPattern(TextFolding.FoldPattern(text))));

    private static void Check<T>(Gen<T> texts, Action<T> law) =>
        texts.Sample(law, seed: TextGenerators.Seed, iter: TextGenerators.Count);
}
