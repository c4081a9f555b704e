using System.Collections.Frozen;

namespace PatientTools.Search.Text;

/// <summary>
/// What one character becomes in search forms, sort keys and phonetic codes, whatever stands around it: its base
/// letters in small, a separator, or nothing.
/// </summary>
/// <remarks>
/// Marks on letters are dropped for the scripts that write names with them as accents: Latin, Greek and Cyrillic. In
/// other scripts marks are vowels or tell letters apart, so they stay.
/// </remarks>
internal static class LetterFolding
{
    /// <summary>What separates the words of a name.</summary>
    internal const string Separator = " ";

    /// <summary>The first code point of a script that is kept with its marks; Latin, Greek and Cyrillic lie below.</summary>
    internal const int FirstOfOtherScripts = 0x530;

    private const string Nothing = "";
    private const int Cached = 0x2000;

    /// <summary>
    /// Latin letters that Unicode does not decompose, as people write them on a keyboard without them: all of
    /// DIN 91379, the rest of Latin Extended, the common letters of African alphabets, and printers' ligatures.
    /// Transliterations follow ICAO Doc 9303 where it has one, save that the umlauts are left to the rule of
    /// <see cref="TextFolding"/>.
    /// </summary>
    private static readonly FrozenDictionary<int, string> Letters = ReadLetters(
        "ªa ºo ßss æae ðd øo þth đd ħh ıi ĳij ĸq ŀl łl ŉn ŋn œoe ŧt ƀb ƃb ƈc ƌd ƒf ƕhv ƙk ƚl ƛl ƞn ƣgh ƥp ƫt ƭt ƴy ƶz ƹz ƺz",
        "ƿw ǆdz ǉlj ǌnj ǝe ǥg ǳdz ȝy ȡd ȣou ȥz ȴl ȵn ȶt ȷj ȸdb ȹqp ȼc ȿs ɀz ɇe ɉj ɋq ɍr ɏy ɐa ɑa ɓb ɔo ɕc ɖd ɗd ɘe əe ɛe ɜe",
        "ɟj ɠg ɡg ɣg ɤo ɥh ɦh ɨi ɩi ɪi ɫl ɬl ɭl ɯw ɱm ɲn ɳn ɵo ɽr ʀr ʁr ʂs ʃsh ʈt ʉu ʊu ʋv ʌv ʐz ʑz ʒz ʝj ᵹg ᵽp ẚa ẜs ẝs ỻll ỽv ỿy",
        "ⱡl ⱥa ⱦt ⱨh ⱪk ⱬz ⱱv ⱳw ꜩtz ꜳaa ꜵao ꜷau ꜹav ꜻav ꜽay ꝁk ꝃk ꝅk ꝉl ꝋo ꝏoo ꝑp ꝗq ꝙq ꝟv ꝡvy ꞎl ꞑn ꞓc ꞗb ꞡg ꞣk ꞥn ꞧr ꞩs ꞹu",
        "ﬀff ﬁfi ﬂfl ﬃffi ﬄffl ﬅst ﬆst");

    /// <summary>The answers for the alphabets of Europe and their neighbours, each worked out when first asked for.</summary>
    private static readonly string?[] Known = new string?[Cached];

    /// <summary>What a code point becomes.</summary>
    /// <param name="codePoint">A code point; half a surrogate pair becomes U+FFFD, as it would in UTF-8.</param>
    /// <returns>Its letters, <see cref="Separator"/>, an empty string, or null where it stays as it is.</returns>
    internal static string? Of(int codePoint) => codePoint < Cached ? Known[codePoint] ??= Find(codePoint) : FindBeyond(codePoint);

    private static string? FindBeyond(int codePoint) => codePoint switch
    {
        >= 0xD800 and <= 0xDFFF => "\uFFFD",
        _ when IsHanOrHangul(codePoint) => null,
        _ => Find(codePoint),
    };

    /// <summary>The two large scripts that nothing here changes: a syllable that decomposed would compose again.</summary>
    private static bool IsHanOrHangul(int codePoint) => codePoint is >= 0x3400 and <= 0x9FFF or >= 0xAC00 and <= 0xD7A3;

    private static string Find(int codePoint)
    {
        var parts = new List<int>();
        UnicodeNormalization.Decompose(codePoint, parts);
        return string.Concat(parts.Select(FindPart));
    }

    private static string FindPart(int codePoint)
    {
        var small = UnicodeTables.FoldCase(codePoint);
        if (IsAccent(codePoint) || IsDropped(codePoint))
            return Nothing;

        if (IsSeparator(codePoint))
            return Separator;

        return Letters.GetValueOrDefault(small) ?? char.ConvertFromUtf32(small);
    }

    private static bool IsAccent(int codePoint) => codePoint is
        >= 0x300 and <= 0x36F
        or >= 0x483 and <= 0x489
        or >= 0x1AB0 and <= 0x1AFF
        or >= 0x1DC0 and <= 0x1DFF
        or >= 0x20D0 and <= 0x20FF
        or >= 0xFE20 and <= 0xFE2F;

    /// <summary>Apostrophes, their many look-alikes, glottal stops written as letters, and what is invisible.</summary>
    private static bool IsDropped(int codePoint) => codePoint is
        '\'' or '`' or 0xB4 or 0xAD
        or >= 0x2B9 and <= 0x2CF
        or 0x241 or 0x242 or 0x294 or 0x295
        or 0x55A or 0x61C
        or >= 0x180B and <= 0x180F
        or >= 0x200B and <= 0x200F
        or >= 0x2018 and <= 0x201B
        or >= 0x202A and <= 0x202E
        or 0x2032 or 0x2035
        or >= 0x2060 and <= 0x206F
        or 0xA78B or 0xA78C
        or >= 0xFE00 and <= 0xFE0F
        or 0xFEFF or 0xFF07
        or >= 0xE0000 and <= 0xE0FFF;

    /// <summary>White space, controls, hyphens and punctuation.</summary>
    private static bool IsSeparator(int codePoint) => codePoint is
        < '0'
        or > '9' and < 'A'
        or > 'Z' and < 'a'
        or > 'z' and < 0xAA
        or > 0xAA and < 0xB5
        or > 0xB5 and < 0xBA
        or > 0xBA and < 0xC0
        or 0xD7 or 0xF7
        or 0x58A or 0x5BE or 0x1680
        or >= 0x2000 and <= 0x205F
        or 0x2212
        or >= 0x2E00 and <= 0x2E7F
        or >= 0x3000 and <= 0x3003
        or >= 0x3008 and <= 0x3020
        or 0x3030 or 0x30A0 or 0x30FB
        or >= 0xFE30 and <= 0xFE6F
        or >= 0xFF01 and <= 0xFF0F;

    private static FrozenDictionary<int, string> ReadLetters(params ReadOnlySpan<string> lines)
    {
        var letters = new Dictionary<int, string>();
        foreach (var line in lines)
        {
            foreach (var entry in line.Split(' '))
                letters.Add(entry[0], entry[1..]);
        }

        return letters.ToFrozenDictionary();
    }
}
