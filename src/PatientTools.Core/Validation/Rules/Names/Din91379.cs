using System.Collections.Frozen;
using System.Text;

namespace PatientTools.Validation.Rules.Names;

/// <summary>The sets of characters that DIN 91379 calls datatypes.</summary>
internal enum NameCharacterSet
{
    /// <summary>Datatype A, names of natural persons: Latin letters and the non-letters N1.</summary>
    A,

    /// <summary>Datatype B, other names: beside those of A the non-letters N2, such as digits and parentheses.</summary>
    B,
}

/// <summary>
/// The characters of names. Source: DIN 91379:2022-08, groups bll (Latin letters, single ones and sequences with combining marks),
/// bnlreq (non-letters N1) and bnl (non-letters N2), as listed in github.com/String-Latin/DIN-91379-Characters-and-Sequences
/// (latin_list_1.3.txt, CC BY 4.0).
/// </summary>
internal static class Din91379
{
    private const int Greatest = 0xFFFF;

    /// <summary>The letters and non-letters N1 beyond ASCII: first and last of each row.</summary>
    private static readonly uint[] OfNames =
    [
        0x00A8_00A8, 0x00B4_00B4, 0x00B7_00B7, 0x00C0_00D6, 0x00D8_00F6, 0x00F8_017E, 0x0187_0188, 0x018F_018F, 0x0197_0197,
        0x01A0_01A1, 0x01AF_01B0, 0x01B7_01B7, 0x01CD_01DC, 0x01DE_01DF, 0x01E2_01F0, 0x01F4_01F5, 0x01F8_01FF, 0x0212_0213,
        0x0218_021B, 0x021E_021F, 0x0227_0233, 0x0259_0259, 0x0268_0268, 0x0292_0292, 0x02B9_02BA, 0x02BE_02BF, 0x02C8_02C8,
        0x02CC_02CC, 0x1E02_1E03, 0x1E06_1E07, 0x1E0A_1E11, 0x1E17_1E17, 0x1E1C_1E2B, 0x1E2F_1E37, 0x1E3A_1E3B, 0x1E40_1E49,
        0x1E52_1E5B, 0x1E5E_1E63, 0x1E6A_1E6F, 0x1E80_1E87, 0x1E8C_1E97, 0x1E9E_1E9E, 0x1EA0_1EF9, 0x2019_2019, 0x2021_2021,
    ];

    /// <summary>The non-letters N2 beyond ASCII.</summary>
    private static readonly uint[] OfOtherNames =
    [
        0x00A1_00A3, 0x00A5_00A5, 0x00A7_00A7, 0x00A9_00AC, 0x00AE_00B3, 0x00B5_00B6, 0x00B9_00BB, 0x00BF_00BF, 0x00D7_00D7,
        0x00F7_00F7, 0x20AC_20AC,
    ];

    /// <summary>The combining marks of sequences, each with the letters they may follow.</summary>
    private static readonly Dictionary<string, string> Sequences = new(StringComparer.Ordinal)
    {
        ["\u0300"] = "CFGKMPSTZcfgkmpstz",
        ["\u0301"] = "JjÿĪī",
        ["\u0302"] = "DKLMNdklmn",
        ["\u0304"] = "CFHKNPSTZcfhknpstzÛû\u1E32\u1E33\u1E62\u1E63\u1E6C\u1E6D\u1EE4\u1EE5",
        ["\u0306"] = "CMNRZcmnrzÇç",
        ["\u0307"] = "KUku",
        ["\u0308"] = "CTZcz\u1EA0\u1EA1\u1ECC\u1ECD\u1EE4\u1EE5",
        ["\u030B"] = "Aa",
        ["\u030C"] = "J",
        ["\u030D"] = "ēō",
        ["\u0310"] = "Mm",
        ["\u0315"] = "CKPTckptČč",
        ["\u031B"] = "KTkt",
        ["\u031B\u0304"] = "Ss",
        ["\u0323"] = "CPcpČč",
        ["\u0325"] = "LRlr",
        ["\u0325\u0304"] = "LRlr",
        ["\u0326"] = "CHKLNchklnŽž",
        ["\u0327"] = "ZzŽž",
        ["\u0328\u0306"] = "Cc",
        ["\u0331"] = "HSs",
        ["\u035FH"] = "K",
        ["\u035Fh"] = "Kk",
    };

    private static readonly ulong[] InA = Bits(OfNames);
    private static readonly ulong[] InB = Bits([.. OfNames, .. OfOtherNames]);
    private static readonly FrozenSet<(int Letter, int Mark, int Second)> WholeSequences = Sequences
        .SelectMany(row => row.Value.Select(letter => ((int)letter, (int)row.Key[0], row.Key.Length > 1 ? row.Key[1] : 0)))
        .ToFrozenSet();

    /// <summary>Finds the first character that a set does not have; digits and control characters are passed over.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="set">The set.</param>
    /// <returns>The place of its first byte; -1 when the set has all.</returns>
    public static int IndexOfOther(ReadOnlySpan<byte> text, NameCharacterSet set)
    {
        var before = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] < 0x80)
            {
                if (!IsAscii((char)text[at], set))
                {
                    return at;
                }

                before = text[at++];
                continue;
            }

            Rune.DecodeFromUtf8(text[at..], out var rune, out var width);
            if (!Has(rune.Value, set))
            {
                width = SequenceWidth(before, rune.Value, text[at..]);
                if (width == 0 && !Rune.IsControl(rune))
                {
                    return at;
                }

                width = Math.Max(width, rune.Utf8SequenceLength);
            }

            before = rune.Value;
            at += width;
        }

        return -1;
    }

    /// <summary>What people mean by characters that look like others.</summary>
    /// <param name="character">The character.</param>
    /// <returns>What stands in its place; the character itself when there is nothing better.</returns>
    public static string Usual(char character) => character switch
    {
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' or '\u00AD' => "-",
        '\u00A0' or '\u202F' or '\u2009' or '_' => " ",
        '\u2018' or '\u201B' or '\u02BC' or '\u2032' => "\u2019",
        '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '*' or '?' or '#' or '"' => "",
        _ => character.ToString(),
    };

    private static bool IsAscii(char character, NameCharacterSet set) =>
        set == NameCharacterSet.B || character < ' ' || char.IsAsciiLetterOrDigit(character) || character is ' ' or '\'' or ',' or '-' or '.' or '`' or '~' or '\u007F';

    private static bool Has(int value, NameCharacterSet set) =>
        value <= Greatest && ((set == NameCharacterSet.A ? InA : InB)[value >> 6] >> (value & 63) & 1) != 0;

    /// <summary>The bytes of one or two marks that make a sequence with the letter before; 0 when they make none.</summary>
    private static int SequenceWidth(int letter, int mark, ReadOnlySpan<byte> text)
    {
        var first = new Rune(mark).Utf8SequenceLength;
        if (first < text.Length && Rune.DecodeFromUtf8(text[first..], out var second, out var width) == System.Buffers.OperationStatus.Done && WholeSequences.Contains((letter, mark, second.Value)))
        {
            return first + width;
        }

        return WholeSequences.Contains((letter, mark, 0)) ? first : 0;
    }

    private static ulong[] Bits(uint[] rows)
    {
        var bits = new ulong[(Greatest + 1) / 64];
        foreach (var row in rows)
        {
            for (var value = row >> 16; value <= (row & Greatest); value++)
            {
                bits[value >> 6] |= 1UL << (int)(value & 63);
            }
        }

        return bits;
    }
}
