using System.Text;
using CsCheck;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

[Trait("Culture", "invariant")]
public class MistypedWordTests
{
    private const long Count = 20_000;

    /// <summary>Few letters, so that words resemble each other; one beyond ASCII and one beyond the first plane.</summary>
    private static readonly Gen<string> Word = Gen.OneOf("a", "b", "c", "d", "e", "ж", "𐐨").Array[0, 9].Select(string.Concat);

    /// <summary>A word, and the same with a few errors.</summary>
    private static readonly Gen<(string, string)> Pair =
        Gen.Select(Word, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9], Gen.OneOf("a", "b", "f", "ж")).Array[0, 3])
            .Select((word, errors) => (word, errors.Aggregate(word, (text, error) => Mistype(text, error.Item1, error.Item2, error.Item3))));

    [Fact]
    public void As_many_errors_are_allowed_as_the_word_is_long() =>
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2], Enumerable.Range(0, 8).Select(length => new MistypedWord(new string('x', length)).MostErrors));

    [Fact]
    public void Finds_what_plain_dynamic_programming_finds() =>
        Check(Pair, pair =>
        {
            var word = new MistypedWord(pair.Item1);
            var bytes = System.Text.Encoding.UTF8.GetByteCount(pair.Item2);
            Assert.Equal(
                pair.Item1 == pair.Item2 || (Distance(pair.Item1, pair.Item2) <= word.MostErrors && bytes >= word.Shortest && bytes <= word.Longest),
                Score(word, pair.Item2) > 0);
        });

    [Fact]
    public void The_price_is_the_same_in_both_directions() =>
        Check(Pair, pair =>
            Assert.Equal(
                MistypedWord.Price(Letters(pair.Item1), Letters(pair.Item2), 2),
                MistypedWord.Price(Letters(pair.Item2), Letters(pair.Item1), 2)));

    [Fact]
    public void The_price_tells_how_many_errors_there_are() =>
        Check(Pair, pair =>
        {
            var errors = Distance(pair.Item1, pair.Item2);
            var price = MistypedWord.Price(Letters(pair.Item1), Letters(pair.Item2), 2);
            if (errors <= 2)
                Assert.InRange(price, errors * MistypedWord.Cheapest, errors * MistypedWord.Dearest);
            else
                Assert.Equal(MistypedWord.Unreachable, price);
        });

    [Fact]
    public void The_score_lies_between_0_and_1_and_is_1_for_the_word_alone() =>
        Check(Pair, pair =>
        {
            var score = Score(new MistypedWord(pair.Item1), pair.Item2);
            Assert.InRange(score, 0, 1);
            Assert.Equal(pair.Item1 == pair.Item2, score >= 1);
        });

    [Fact]
    public void More_errors_score_less() =>
        Check(Gen.Select(Pair, Pair), pairs =>
        {
            var word = pairs.Item1.Item1;
            var (near, far) = (pairs.Item1.Item2, pairs.Item2.Item2);
            if (Distance(word, near) < Distance(word, far) && new MistypedWord(word).MostErrors > 0)
                Assert.True(Score(new MistypedWord(word), near) >= Score(new MistypedWord(word), far));
        });

    [Fact]
    public void The_same_error_in_a_longer_word_scores_more() =>
        Check(Gen.Int[6, 20], length =>
        {
            var (shorter, longer) = (new string('a', length), new string('a', length + 1));
            Assert.True(Score(new MistypedWord(longer + "b"), longer + "c") > Score(new MistypedWord(shorter + "b"), shorter + "c"));
        });

    [Theory]
    [InlineData("schmitd", "schmidt", "schmitt", "schmid")]
    [InlineData("schmitd", "schmidt", "schmitt", "schmit")]
    [InlineData("wagner", "wagenr", "wagmer", "wagher", "wagxer", "waggner", "wagnxer")]
    [InlineData("meyer", "meyre", "meyef", "meier", "meyyer", "meyler")]
    [InlineData("hoffmann", "hofmfann", "hofmann", "hoffman", "hoffmnn")]
    [InlineData("becker", "ebcker", "xecker", "xbecker")]
    [InlineData("schneider", "schneidr", "shneidr", "")]
    public void Likelier_errors_come_first(string word, params string[] terms)
    {
        var scores = terms.Select(term => Score(new MistypedWord(word), term)).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Theory]
    [InlineData("schmitd", "schmidt", "schmitt")]
    [InlineData("schmitd", "schmitt", "schmid")]
    [InlineData("wagner", "wagmer", "wagxer")]
    [InlineData("wagner", "waggner", "wagxner")]
    [InlineData("becker", "becken", "hecker")]
    public void One_error_is_likelier_than_another(string word, string better, string worse) =>
        Assert.True(Score(new MistypedWord(word), better) > Score(new MistypedWord(word), worse));

    [Theory]
    [InlineData("ab", "ba")]
    [InlineData("abc", "acdb")]
    [InlineData("abcde", "badce")]
    [InlineData("abcdef", "badcfe")]
    [InlineData("", "a")]
    public void Too_many_errors_are_too_many(string word, string term) => Assert.Equal(0, Score(new MistypedWord(word), term));

    [Fact]
    public void Takes_words_of_any_length()
    {
        var (longWord, mistyped) = (new string('a', 5000), new string('a', 4000) + "b" + new string('a', 999));
        Assert.InRange(Score(new MistypedWord(longWord), mistyped), 0.999, 1);
        Assert.Equal(0, Score(new MistypedWord("abcdef"), longWord));
    }

    private static string Mistype(string text, int error, int place, string letter)
    {
        var letters = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        place = Math.Min(place, letters.Count);
        switch (error)
        {
            case 0:
                letters.Insert(place, letter);
                break;
            case 1 when place < letters.Count:
                letters.RemoveAt(place);
                break;
            case 2 when place < letters.Count:
                letters[place] = letter;
                break;
            case 3 when place + 1 < letters.Count:
                (letters[place], letters[place + 1]) = (letters[place + 1], letters[place]);
                break;
            default:
                break;
        }

        return string.Concat(letters);
    }

    /// <summary>Optimal string alignment, as textbooks have it.</summary>
    private static int Distance(string one, string other)
    {
        var (a, b) = (Letters(one), Letters(other));
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }

    private static int[] Letters(string word) => [.. word.EnumerateRunes().Select(rune => rune.Value)];

    private static double Score(MistypedWord word, string term) => word.Score(Encoding.UTF8.GetBytes(term));

    private static void Check<T>(Gen<T> values, Action<T> law) => values.Sample(law, seed: TextGenerators.Seed, iter: Count);
}
