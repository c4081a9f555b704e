using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace PatientTools.Search.Text;

/// <summary>
/// A word, and how much others are like it but for typing errors: letters left out, put in, put for another, or swapped with
/// their neighbour (optimal string alignment). One error is allowed in words of 3 to 5 letters, two in longer ones.
/// </summary>
/// <remarks>
/// <para>
/// Each error has a price, the less the likelier it happens: a swap, then another letter, then one too many or too few; a key
/// beside the right one and a letter doubled or not are a little cheaper, the first letter is a little dearer. The prices of
/// one, two and three errors do not overlap (<see cref="Cheapest"/>, <see cref="Dearest"/>), so that the price also tells how
/// many errors there are.
/// </para>
/// <para>Prices are the same in both directions. Not safe to change: nothing changes.</para>
/// </remarks>
internal sealed class MistypedWord : IEquatable<MistypedWord>
{
    /// <summary>The price of swapping two letters.</summary>
    internal const int Swap = 85;

    /// <summary>The price of a neighbouring key of a German keyboard for the right one.</summary>
    internal const int NeighbourKey = 94;

    /// <summary>The price of another letter.</summary>
    internal const int OtherLetter = 100;

    /// <summary>The price of a letter doubled or not.</summary>
    internal const int Doubling = 104;

    /// <summary>The price of a letter too many or too few.</summary>
    internal const int Letter = 110;

    /// <summary>What an error at the first letter costs more.</summary>
    internal const int FirstLetter = 10;

    /// <summary>The least price of an error.</summary>
    internal const int Cheapest = Swap;

    /// <summary>The greatest price of an error. Two cheapest cost more, and three cheapest more than two of these.</summary>
    internal const int Dearest = Letter + FirstLetter;

    internal const int Unreachable = 1 << 20;
    private const int StackLength = 128;
    private const int ShortestWithOne = 3;
    private const int ShortestWithTwo = 6;

    /// <summary>For each letter from a to z the letters beside it, one bit each.</summary>
    private static readonly uint[] Neighbours = ReadKeyboard("qwertzuiop", "asdfghjkl", "yxcvbnm");

    private readonly string _word;
    private readonly byte[] _utf8;
    private readonly int[] _letters;
    private readonly uint _signature;
    private readonly int _longestLetter;

    /// <summary>Takes a word.</summary>
    /// <param name="word">The word, folded.</param>
    internal MistypedWord(string word)
    {
        _word = word;
        _utf8 = Encoding.UTF8.GetBytes(word);
        _letters = [.. word.EnumerateRunes().Select(rune => rune.Value)];
        (_signature, _) = Sign(_utf8);
        _longestLetter = word.EnumerateRunes().Select(rune => rune.Utf8SequenceLength).DefaultIfEmpty(0).Max();
        MostErrors = _letters.Length switch
        {
            >= ShortestWithTwo => 2,
            >= ShortestWithOne => 1,
            _ => 0,
        };
    }

    /// <summary>How many errors are allowed.</summary>
    internal int MostErrors { get; }

    /// <summary>The least number of bytes of a word that is compared with this one.</summary>
    internal int Shortest => _utf8.Length - (MostErrors * _longestLetter);

    /// <summary>
    /// The greatest number of bytes of a word that is compared with this one. Letters of other scripts that take more bytes than
    /// any of this word do not get in by mistake.
    /// </summary>
    internal int Longest => _utf8.Length + (MostErrors * _longestLetter);

    /// <summary>How much a word is like this one.</summary>
    /// <param name="term">The word, folded, in UTF-8.</param>
    /// <returns>1 for the same word, less the more errors cost and the shorter this word is, 0 when there are too many.</returns>
    internal double Score(ReadOnlySpan<byte> term)
    {
        if (term.SequenceEqual(_utf8))
        {
            return 1;
        }

        return term.Length < Shortest || term.Length > Longest || IsHopeless(term, out var length) ? 0
            : Price(term, length) is var price and < Unreachable ? 1 - (price / (100.0 * (_letters.Length + 1))) : 0;
    }

    [SkipLocalsInit]
    private int Price(ReadOnlySpan<byte> term, int length)
    {
        var letters = length <= StackLength ? stackalloc int[StackLength] : new int[length];
        letters = letters[..length];
        for (var i = 0; i < letters.Length; i++)
        {
            if (term[0] < 0x80)
            {
                letters[i] = term[0];
                term = term[1..];
            }
            else
            {
                Rune.DecodeFromUtf8(term, out var rune, out var taken);
                letters[i] = rune.Value;
                term = term[taken..];
            }
        }

        return Price(_letters, letters, MostErrors);
    }

    /// <inheritdoc/>
    public bool Equals(MistypedWord? other) => other is not null && other._word == _word;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MistypedWord);

    /// <inheritdoc/>
    public override int GetHashCode() => _word.GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// The price of the cheapest errors that make one word of another: dynamic programming over the diagonals that so few
    /// errors can reach.
    /// </summary>
    /// <param name="one">A word.</param>
    /// <param name="other">The other.</param>
    /// <param name="most">How many errors there may be.</param>
    /// <returns>The price; <see cref="Unreachable"/> when there are more.</returns>
    internal static int Price(ReadOnlySpan<int> one, ReadOnlySpan<int> other, int most)
    {
        // A column stands for a diagonal, the first and last ones for what lies beyond.
        var width = (2 * most) + 3;
        var limit = most * Dearest;
        Span<int> rows = stackalloc int[3 * width];
        rows.Fill(Unreachable);
        var twoBefore = rows[..width];
        var before = rows[width..(2 * width)];
        var row = rows[(2 * width)..];
        var least = 0;
        for (var i = 0; i <= one.Length; i++)
        {
            var leastBefore = least;
            least = Unreachable;
            for (var column = 1; column < width - 1; column++)
            {
                var j = i + column - most - 1;
                var price = (i | j) == 0 ? 0 : Unreachable;
                var (hasOne, hasOther) = (i > 0 && j >= 0 && j <= other.Length, j > 0 && j <= other.Length);
                if (hasOne)
                {
                    price = Math.Min(price, before[column + 1] + PriceOfLetter(one, i - 1, j));
                }

                if (hasOther)
                {
                    price = Math.Min(price, row[column - 1] + PriceOfLetter(other, j - 1, i));
                }

                if (hasOne && hasOther)
                {
                    price = Math.Min(price, before[column] + PriceOfPair(one[i - 1], other[j - 1], i == 1 || j == 1));
                    if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    {
                        price = Math.Min(price, twoBefore[column] + Swap + (i == 2 || j == 2 ? FirstLetter : 0));
                    }
                }

                row[column] = price;
                least = Math.Min(least, price);
            }

            if (Math.Min(least, leastBefore) > limit)
            {
                return Unreachable;
            }

            var free = twoBefore;
            twoBefore = before;
            before = row;
            row = free;
        }

        var place = other.Length - one.Length + most + 1;
        return place > 0 && place < width - 1 && before[place] <= limit ? before[place] : Unreachable;
    }

    private static int PriceOfPair(int one, int other, bool isFirst) =>
        one == other ? 0 : (AreNeighbours(one, other) ? NeighbourKey : OtherLetter) + (isFirst ? FirstLetter : 0);

    /// <summary>What it costs that one word has a letter and the other has none there.</summary>
    private static int PriceOfLetter(ReadOnlySpan<int> word, int index, int indexInOther)
    {
        var letter = word[index];
        var doubles = (index > 0 && word[index - 1] == letter) || (index + 1 < word.Length && word[index + 1] == letter);
        return (doubles ? Doubling : Letter) + (index == 0 || indexInOther == 0 ? FirstLetter : 0);
    }

    private static bool AreNeighbours(int one, int other) =>
        one is >= 'a' and <= 'z' && other is >= 'a' and <= 'z' && (Neighbours[one - 'a'] & (1u << (other - 'a'))) != 0;

    /// <summary>
    /// Whether a word is certainly no match, without aligning it: it is too long or too short, or has or lacks too many
    /// letters.
    /// </summary>
    private bool IsHopeless(ReadOnlySpan<byte> term, out int length)
    {
        length = 0;
        if (MostErrors == 0 || term.Length < _letters.Length - MostErrors
            || (term.Length > _letters.Length + MostErrors && Ascii.IsValid(term)))
        {
            return true;
        }

        (var signature, length) = Sign(term);
        return length < _letters.Length - MostErrors || length > _letters.Length + MostErrors
            || BitOperations.PopCount(signature & ~_signature) > MostErrors
            || BitOperations.PopCount(_signature & ~signature) > MostErrors;
    }

    /// <summary>Which letters a word has, in as many bits as there are, and how many: an error changes one of them at most in either direction.</summary>
    private static (uint Signature, int Length) Sign(ReadOnlySpan<byte> word)
    {
        var signature = 0u;
        var length = 0;
        foreach (var b in word)
        {
            // All letters beyond ASCII share the bit that no letter of ASCII has.
            signature |= 1u << (b < 0x80 ? b & 31 : 0);
            length += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return (signature, length);
    }

    private static uint[] ReadKeyboard(params ReadOnlySpan<string> rows)
    {
        var neighbours = new uint[26];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var key = 0; key < rows[row].Length; key++)
            {
                // Each row lies half a key further right than the one above.
                Link(rows[row][key], rows[row], key + 1);
                if (row + 1 < rows.Length)
                {
                    Link(rows[row][key], rows[row + 1], key - 1);
                    Link(rows[row][key], rows[row + 1], key);
                }
            }
        }

        return neighbours;

        void Link(char one, string row, int key)
        {
            if (key >= 0 && key < row.Length)
            {
                neighbours[one - 'a'] |= 1u << (row[key] - 'a');
                neighbours[row[key] - 'a'] |= 1u << (one - 'a');
            }
        }
    }
}
