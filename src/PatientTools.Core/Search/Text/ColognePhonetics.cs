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
    private const char NoLetter = '\0';

    /// <summary>The code of a word.</summary>
    /// <param name="word">A word. Accents are ignored, and so is everything that is no Latin letter, hyphens too.</param>
    /// <returns>Digits, such as 657 for Müller; empty when there is no Latin letter but h.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        // No letter folds to more than three.
        var longest = word.Length * 3;
        var letters = longest <= StackLength ? stackalloc char[StackLength] : new char[longest];
        letters = letters[..ReadLetters(word, letters)];

        // No letter has more than two digits.
        var code = letters.Length * 2 <= StackLength ? stackalloc char[StackLength] : new char[letters.Length * 2];
        var length = 0;
        var previous = NoLetter;
        for (var i = 0; i < letters.Length; i++)
        {
            var before = i > 0 ? letters[i - 1] : NoLetter;
            var after = i + 1 < letters.Length ? letters[i + 1] : NoLetter;
            foreach (var digit in EncodeLetter(before, letters[i], after))
            {
                // Repeats go first, zeros after them: a vowel keeps two equal digits apart.
                if (digit != previous && (digit != '0' || length == 0))
                    code[length++] = digit;

                previous = digit;
            }
        }

        return code[..length].ToString();
    }

    private static string EncodeLetter(char before, char letter, char after) => letter switch
    {
        'h' => "",
        'b' => "1",
        'p' => after == 'h' ? "3" : "1",
        'd' or 't' => after is 'c' or 's' or 'z' ? "8" : "2",
        'f' or 'v' or 'w' => "3",
        'g' or 'k' or 'q' => "4",
        'c' => IsHardC(before, after) ? "4" : "8",
        'x' => before is 'c' or 'k' or 'q' ? "8" : "48",
        'l' => "5",
        'm' or 'n' => "6",
        'r' => "7",
        's' or 'z' => "8",
        _ => "0",
    };

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
            foreach (var letter in LetterFolding.Of(CodePoints.Read(word, ref i)) ?? "")
            {
                if (char.IsAsciiLetterLower(letter))
                    letters[length++] = letter;
            }
        }

        return length;
    }
}
