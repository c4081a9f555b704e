using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

[Trait("Culture", "invariant")]
public class TextPatternTests
{
    private static readonly Gen<string> Patterns =
        Gen.OneOf("a", "b", "ü", "ue", "M", "*", "*", "?", "[", "]", "-", "[a-c]", "[üM]", "`", "'", " ", "𐐀", "[𐐀-𐐨]", "李")
            .Array[0, 9].Select(string.Concat);

    private static readonly Gen<string> Texts =
        Gen.OneOf("a", "b", "c", "ü", "ue", "m", "M", " ", "-", "𐐀", "李").Array[0, 8].Select(string.Concat);

    private static readonly Gen<string> TermPatterns =
        Gen.OneOf("a", "-", "^", "]", "[", "[", "`", "*", "?", "z", "Z-a", "[^-]").Array[0, 9].Select(string.Concat);

    private static readonly Gen<string> Terms = Gen.OneOf("a", "-", "^", "]", "[", "*", "?", "`", "z", "_").Array[0, 5].Select(string.Concat);

    [Theory]
    [InlineData("Müller", true, TextPatternKind.Prefix, "muller", "muller", "muller*")]
    [InlineData("Müller", false, TextPatternKind.Exact, "muller", "muller", "muller")]
    [InlineData("Mül*r", true, TextPatternKind.Wildcard, "mul*r", "mul", "mul*r")]
    [InlineData("[MK]üller", false, TextPatternKind.Wildcard, "[mk]uller", "", "[mk]uller")]
    [InlineData("M?ller", true, TextPatternKind.Wildcard, "m?ller", "m", "m?ller")]
    [InlineData("M`?ller", true, TextPatternKind.Prefix, "m ller", "m ller", "m ller*")]
    [InlineData("a`[b]", false, TextPatternKind.Exact, "a b", "a b", "a b")]
    [InlineData("Müller [", true, TextPatternKind.Prefix, "muller", "muller", "muller*")]
    [InlineData("", true, TextPatternKind.Prefix, "", "", "*")]
    public void Reads_what_a_person_typed(
        string text, bool prefixByDefault, TextPatternKind kind, string value, string literalPrefix, string glob)
    {
        var pattern = TextPattern.Parse(text, prefixByDefault);
        Assert.Equal((kind, value, literalPrefix, glob), (pattern.Kind, pattern.Value, pattern.LiteralPrefix, GlobOracle.Of(pattern)));
        Assert.Equal(value.Length == 0, pattern.IsEmpty);
    }

    [Theory]
    [InlineData("Mue", "Müller", true)]
    [InlineData("Mü", "Mueller", true)]
    [InlineData("Mu", "Müller", true)]
    [InlineData("Meu", "Müller", false)]
    [InlineData("M*ER", "Müller", true)]
    [InlineData("M*E", "Müller", false)]
    [InlineData("*ll*", "Müller", true)]
    [InlineData("M??ler", "Müller", true)]
    [InlineData("M?ler", "Müller", false)]
    [InlineData("[k-n]*", "Müller", true)]
    [InlineData("[a-c]*", "Müller", false)]
    [InlineData("?", "𐐀", true)]
    [InlineData("*a*b*a", "abaabbba", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    public void Matches_names(string typed, string name, bool expected) =>
        Assert.Equal(expected, TextPattern.Parse(typed, prefixByDefault: true).IsMatch(TextFolding.Fold(name)));

    [Fact]
    public void An_exact_pattern_takes_the_whole_name_only()
    {
        Assert.True(TextPattern.Exact("Müller").IsMatch("muller"));
        Assert.False(TextPattern.Exact("Müll").IsMatch("muller"));
    }

    [Fact]
    public void A_term_is_compared_as_it_stands()
    {
        Assert.True(TextPattern.ExactTerm("A-12").IsMatch("A-12"));
        Assert.False(TextPattern.ExactTerm("A-12").IsMatch("a 12"));
    }

    [Theory]
    [InlineData("A[1-3]*", "A2x", true)]
    [InlineData("A[1-3]*", "a2x", false)]
    [InlineData("12[/-]3", "12-3", true)]
    [InlineData("12[a-]3", "12-3", true)]
    [InlineData("12[/-]3", "12.3", false)]
    [InlineData("A[^B]", "A^", true)]
    [InlineData("A[^B]", "AC", false)]
    [InlineData("A[^]", "A^", true)]
    [InlineData("A[]B]", "A]", true)]
    [InlineData("A[`]B]", "A]", true)]
    [InlineData("A[Y-a]", "A]", true)]
    [InlineData("A[^-a]", "Ab", false)]
    [InlineData("A[^-a]", "A_", true)]
    [InlineData("A`[1]", "A[1]", true)]
    [InlineData("A`*", "A*", true)]
    [InlineData("A`*", "A1", false)]
    [InlineData("A[", "A[", true)]
    [InlineData("A]?", "A]x", true)]
    public void Wildcards_work_on_terms_that_are_not_folded(string typed, string term, bool expected)
    {
        var pattern = TextPattern.WildcardTerm(typed);
        Assert.Equal(expected, pattern.IsMatch(term));
        Assert.Equal(expected, GlobOracle.Matches(GlobOracle.Of(pattern), term));
    }

    [Fact]
    public void Wildcards_on_terms_agree_with_sqlites_glob() =>
        Gen.Select(TermPatterns, Terms).Sample(
            (typed, term) =>
            {
                var pattern = TextPattern.WildcardTerm(typed);
                Assert.Equal(GlobOracle.Matches(GlobOracle.Of(pattern), term), pattern.IsMatch(term));
            },
            seed: TextGenerators.Seed,
            iter: 5 * TextGenerators.Count);

    [Fact]
    public void Terms_agree_with_sqlites_glob() =>
        Gen.Select(Patterns, Patterns).Sample(
            (term, text) =>
            {
                var pattern = TextPattern.ExactTerm(term);
                Assert.Equal(GlobOracle.Matches(GlobOracle.Of(pattern), text), pattern.IsMatch(text));
                Assert.True(GlobOracle.Matches(GlobOracle.Of(pattern), term));
            },
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);

    [Fact]
    public void Agrees_with_sqlites_glob() =>
        Gen.Select(Patterns, Texts, Gen.Bool).Sample(
            (typed, name, prefix) =>
            {
                var pattern = TextPattern.Parse(typed, prefix);
                var folded = TextFolding.Fold(name);
                Assert.Equal(GlobOracle.Matches(GlobOracle.Of(pattern), folded), pattern.IsMatch(folded));
            },
            seed: TextGenerators.Seed,
            iter: 10 * TextGenerators.Count);

    [Fact]
    public void Every_match_starts_with_the_literal_prefix() =>
        Gen.Select(Patterns, Texts).Sample(
            (typed, name) =>
            {
                var pattern = TextPattern.Parse(typed, prefixByDefault: true);
                var folded = TextFolding.Fold(name);
                Assert.True(!pattern.IsMatch(folded) || folded.StartsWith(pattern.LiteralPrefix, StringComparison.Ordinal));
            },
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);

    [Fact]
    public void Literal_text_holds_nothing_that_glob_reads_as_a_wildcard() =>
        TextGenerators.Anything.Sample(
            text => Assert.Equal(-1, TextFolding.Fold(text).AsSpan().IndexOfAny("*?[]^")),
            seed: TextGenerators.Seed,
            iter: TextGenerators.Count);

    [Fact]
    public void Many_stars_do_not_make_a_comparison_explode()
    {
        var pattern = TextPattern.Wildcard(string.Concat(Enumerable.Repeat("a*", 200)) + "b");
        Assert.False(pattern.IsMatch(new string('a', 20_000)));
    }
}
