namespace PatientTools.Search.Text;

/// <summary>The 11,172 Korean syllables, which decompose and compose by arithmetic (Unicode Standard, section 3.12).</summary>
internal static class HangulSyllables
{
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeFirstTrail = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;

    internal static bool Contains(int codePoint) => codePoint is >= FirstSyllable and < FirstSyllable + Leads * Vowels * Trails;

    /// <summary>Whether the code point can be the second of two that compose.</summary>
    internal static bool IsSecond(int codePoint) =>
        codePoint is >= FirstVowel and < FirstVowel + Vowels or > BeforeFirstTrail and < BeforeFirstTrail + Trails;

    /// <summary>The two parts of a syllable: an open syllable and its trail, or a lead and its vowel.</summary>
    internal static (int First, int Second) Decompose(int syllable)
    {
        var index = syllable - FirstSyllable;
        return index % Trails != 0
            ? (syllable - index % Trails, BeforeFirstTrail + index % Trails)
            : (FirstLead + index / (Vowels * Trails), FirstVowel + index / Trails % Vowels);
    }

    /// <summary>The syllable that two code points make, or 0.</summary>
    internal static int Compose(int first, int second)
    {
        if (first is >= FirstLead and < FirstLead + Leads && second is >= FirstVowel and < FirstVowel + Vowels)
            return FirstSyllable + ((first - FirstLead) * Vowels + second - FirstVowel) * Trails;

        var open = Contains(first) && (first - FirstSyllable) % Trails == 0;
        return open && second is > BeforeFirstTrail and < BeforeFirstTrail + Trails ? first + second - BeforeFirstTrail : 0;
    }
}
