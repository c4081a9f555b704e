using System.Runtime.CompilerServices;
using System.Text;

namespace PatientTools.Search.Text;

/// <summary>
/// The Kölner Phonetik: words that sound alike in German have the same code (H. J. Postel, Die Kölner Phonetik,
/// IBM-Nachrichten 19, 1969).
/// </summary>
public static class ColognePhonetics
{
    /// <summary>The version of the rules: it rises when any of them changes, and stores record it.</summary>
    public const int Version = 1;

    private const int StackLength = 256;
    private const int MostLettersOfOne = 3;
    private const int MostDigitsOfLetter = 2;
    private const char NoLetter = '\0';

    /// <summary>The code of a word.</summary>
    /// <param name="word">
    /// A word. Accents are ignored, and so is everything that is no Latin letter, hyphens too. A word and its fold have the
    /// same code: what <see cref="TextFolding"/> drops is an e behind a vowel, which has no digit.
    /// </param>
    /// <returns>Digits, such as 657 for Müller; empty when there is no Latin letter but h.</returns>
    [SkipLocalsInit]
    public static string Encode(ReadOnlySpan<char> word)
    {
        var longest = LongestCode(word);
        var code = longest <= StackLength ? stackalloc char[StackLength] : new char[longest];
        return code[..Write(word, code)].ToString();
    }

    /// <summary>Whether a word has a code.</summary>
    /// <param name="word">The word in UTF-8.</param>
    /// <param name="code">The code, not empty.</param>
    [SkipLocalsInit]
    internal static bool IsCodeOf(ReadOnlySpan<byte> word, ReadOnlySpan<char> code)
    {
        if (BeginsOtherwise(word, code[0]))
            return false;

        var letters = word.Length <= StackLength ? stackalloc char[StackLength] : new char[word.Length];
        letters = letters[..Encoding.UTF8.GetChars(word, letters)];
        var longest = LongestCode(letters);
        var own = longest <= StackLength ? stackalloc char[StackLength] : new char[longest];
        return own[..Write(letters, own)].SequenceEqual(code);
    }

    /// <summary>Whether the first letters alone tell that a word has another code: so it is with most words.</summary>
    private static bool BeginsOtherwise(ReadOnlySpan<byte> word, char digit) =>
        word is [var first, var second, ..]
        && char.IsAsciiLetterLower((char)first) && first != 'h' && first != 'x' && char.IsAsciiLetterLower((char)second)
        && Digit(NoLetter, (char)first, (char)second) != digit;

    private static int LongestCode(ReadOnlySpan<char> word) => word.Length * MostLettersOfOne * MostDigitsOfLetter;

    [SkipLocalsInit]
    private static int Write(ReadOnlySpan<char> word, Span<char> code)
    {
        var longest = word.Length * MostLettersOfOne;
        var letters = longest <= StackLength ? stackalloc char[StackLength] : new char[longest];
        letters = letters[..ReadLetters(word, letters)];
        var length = 0;
        var (previous, before) = (NoLetter, NoLetter);
        for (var i = 0; i < letters.Length; i++)
        {
            var letter = letters[i];
            var after = i + 1 < letters.Length ? letters[i + 1] : NoLetter;
            if (letter == 'x' && !IsHardSibilant(before))
            {
                Append(code, ref length, ref previous, '4');
                Append(code, ref length, ref previous, '8');
            }
            else if (letter != 'h')
            {
                Append(code, ref length, ref previous, Digit(before, letter, after));
            }

            before = letter;
        }

        return length;
    }

    /// <summary>Repeats go first, zeros after them: a vowel keeps two equal digits apart.</summary>
    private static void Append(Span<char> code, ref int length, ref char previous, char digit)
    {
        if (digit != previous && (digit != '0' || length == 0))
            code[length++] = digit;

        previous = digit;
    }

    private static char Digit(char before, char letter, char after) => letter switch
    {
        'b' => '1',
        'p' => after == 'h' ? '3' : '1',
        'd' or 't' => after is 'c' or 's' or 'z' ? '8' : '2',
        'f' or 'v' or 'w' => '3',
        'g' or 'k' or 'q' => '4',
        'c' => IsHardC(before, after) ? '4' : '8',
        'l' => '5',
        'm' or 'n' => '6',
        'r' => '7',
        's' or 'z' or 'x' => '8',
        _ => '0',
    };

    private static bool IsHardSibilant(char before) => before is 'c' or 'k' or 'q';

    private static bool IsHardC(char before, char after) => before switch
    {
        NoLetter => after is 'a' or 'h' or 'k' or 'l' or 'o' or 'q' or 'r' or 'u' or 'x',
        's' or 'z' => false,
        _ => after is 'a' or 'h' or 'k' or 'o' or 'q' or 'u' or 'x',
    };

    private static int ReadLetters(ReadOnlySpan<char> word, Span<char> letters)
    {
        var length = 0;
        for (var i = 0; i < word.Length;)
        {
            if (char.IsAsciiLetterLower(word[i]))
            {
                letters[length++] = word[i++];
                continue;
            }

            foreach (var letter in LetterFolding.Of(CodePoints.Read(word, ref i)) ?? "")
            {
                if (char.IsAsciiLetterLower(letter))
                    letters[length++] = letter;
            }
        }

        return length;
    }
}
