using System.Text;
using CsCheck;

namespace PatientTools.Core.Tests.Search.Text;

/// <summary>Texts for properties: names as they occur, and anything at all.</summary>
internal static class TextGenerators
{
    internal const string Seed = "0N0XIzNsQ0O2";
    internal const long Count = 20_000;

    private static readonly Gen<string> Pieces = Gen.OneOf(
        "a", "o", "u", "e", "i", "ä", "ö", "ü", "Ä", "Ö", "Ü", "ae", "oe", "ue", "q", "Q", "ß", "ẞ", "æ", "œ", "ø", "þ", "Ł", "ı",
        "İ", "ĳ", "y", "b", "M", "s", "ch", "ll", "r", "t", "ck", "é", "ë", "x", "9", "ﬃ", "ſ", "K", "ς", "Σ", "я", "й", "Ё", "ώ");

    private static readonly Gen<string> Oddities = Gen.OneOf(
        " ", "-", "'", "’", ".", ", ", "\u00A0", "\u00AD", "\u200B", "\u2011", "\u0308", "\u0301", "\u0323", "\u034F", "\u0345",
        "\u3099", "か", "が", "각", "\u1100", "\u1161", "\u11A8", "क", "\u093C", "\u09C7", "\u09BE", "\uD801", "\uDC00", "𐐀", "𝅘𝅥",
        "\0", "*", "?", "[", "]", "`", "\u05B0", "\u05BC", "א", "李", "\uFEFF", "\u212B", "\u2126", "\u0F73", "\u0F71", "\U0001D165");

    /// <summary>A word of letters, German ones above all.</summary>
    internal static Gen<string> Word { get; } = Pieces.Array[1, 10].Select(string.Concat);

    /// <summary>Text of everything: letters, marks, separators, other scripts, halves of surrogate pairs.</summary>
    internal static Gen<string> Anything { get; } =
        Gen.OneOf(Pieces, Oddities, Gen.Char.Select(character => character.ToString())).Array[0, 16].Select(string.Concat);

    /// <summary>The same without halves of surrogate pairs, which UTF-8 cannot hold.</summary>
    internal static Gen<string> WellFormed { get; } = Anything.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    /// <summary>Text of the alphabets of Europe, composed.</summary>
    internal static Gen<string> European { get; } = Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\0', '\u017F']).Array[0, 16].Select(characters => new string(characters));
}
