using System.Collections.Frozen;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>Names that stand for none: of tests, of the unknown, of forms filled in as an example.</summary>
/// <remarks>
/// Words are compared whole. <c>Muster</c>, <c>Doe</c>, <c>Beispiel</c>, <c>Patient</c> and <c>Name</c> are names that people
/// bear, so the given name decides; <c>Test</c> is one, too, but among patients far more often none.
/// </remarks>
internal static class PlaceholderNames
{
    private const int LongestWord = 24;

    private static readonly string[] Anywhere =
    [
        "test", "testpatient", "testpatientin", "testperson", "testfall", "testname", "testmann", "testfrau", "testkind", "testnachname", "testvorname", "testuser",
        "mustermann", "musterfrau", "musterkind", "musterperson", "musterpatient", "musterpatientin", "dummy", "unbekannt", "unbekannte", "unbekannter", "unknown",
        "nachname", "vorname", "familienname", "lastname", "firstname", "surname", "givenname", "platzhalter", "placeholder", "noname", "anonym", "anonymous",
        "asdf", "asdfg", "asdfgh", "asdfasdf", "qwertz", "qwerty",
    ];

    private static readonly string[] WithGivenName = ["muster", "doe", "beispiel", "patient", "name", "nn"];

    private static readonly string[] GivenNamesOfExamples = ["max", "erika", "john", "jane", "nn"];

    /// <summary>Of all sets together. It stands here, so that whoever asks for it makes the sets, which fill it.</summary>
    private static readonly int[] AllLengths = new int[26];

    private static readonly Words OfAnyPart = new(Anywhere);
    private static readonly Words OfFamily = new(WithGivenName);
    private static readonly Words OfGiven = new(GivenNamesOfExamples);

    /// <summary>Whether a name stands for none.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="name">Which of the names; -1 for those of contacts, which are not looked at.</param>
    /// <returns>Whether it is a placeholder.</returns>
    public static bool IsOne(PatientContent patient, int name) => name >= 0 && Find(patient, name) != 0;

    /// <summary>Finds what makes a name a placeholder.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="name">Which of the names.</param>
    /// <returns>The text that does; 0 when there is none.</returns>
    public static int Find(PatientContent patient, int name)
    {
        var mayBeExample = 0;
        foreach (ref readonly var part in patient.NameParts)
        {
            if (part.Name != name || !(part.Kind is NamePartKind.Family or NamePartKind.Given || NameText.IsWholeName(patient.Document, part)))
            {
                continue;
            }

            var text = patient.Document.TextOf(part.Node);
            if (!MayBe(text))
            {
                continue;
            }

            if (OfAnyPart.HaveOneOf(text) || IsNomenNescio(text) || IsOneLetter(text))
            {
                return part.Node;
            }

            if (part.Kind == NamePartKind.Text && OfFamily.HaveOneOf(text) && OfGiven.HaveOneOf(text))
            {
                return part.Node;
            }

            if (part.Kind == NamePartKind.Family && OfFamily.HaveOneOf(text))
            {
                mayBeExample = part.Node;
            }
        }

        return mayBeExample != 0 && HasGivenNameOfExamples(patient, name) ? mayBeExample : 0;
    }

    /// <summary>One look at first letters and lengths, by which nearly all names are told to be none of these.</summary>
    private static bool MayBe(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && ((text[0] | 0x20) is 'n' or 'x' or 'y' or 'z' || Words.MayHoldOne(text));

    private static bool HasGivenNameOfExamples(PatientContent patient, int name)
    {
        foreach (ref readonly var part in patient.NameParts)
        {
            if (part.Name == name && part.Kind == NamePartKind.Given && OfGiven.HaveOneOf(patient.Document.TextOf(part.Node)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>N.N.</c> (nomen nescio), <c>N. N.</c>, <c>NN</c>.</summary>
    private static bool IsNomenNescio(ReadOnlySpan<byte> text) =>
        text.Length is >= 2 and <= 5 && text[0] == (byte)'N' && text.Count((byte)'N') == 2 && !text.ContainsAnyExcept("N. "u8);

    /// <summary><c>xxx</c>, <c>XX</c>, <c>x</c>, <c>zzz</c>: nothing but one letter that is easily typed.</summary>
    private static bool IsOneLetter(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] | 0x20) is var letter and ((byte)'x' or (byte)'y' or (byte)'z')
        && (text.Length > 2 || letter == 'x')
        && !text.ContainsAnyExcept((byte)letter, (byte)(letter & ~0x20));

    /// <summary>A set of words in small ASCII letters; most other words are told apart by first letter and length.</summary>
    private sealed class Words
    {
        private readonly int[] _lengths = new int[26];
        private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

        public Words(string[] words)
        {
            _words = words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var word in words)
            {
                _lengths[word[0] - 'a'] |= 1 << word.Length;
                AllLengths[word[0] - 'a'] |= 1 << word.Length;
            }
        }

        /// <summary>Whether a word of a text may be in any of the sets.</summary>
        public static bool MayHoldOne(ReadOnlySpan<byte> text)
        {
            for (var start = 0; start < text.Length;)
            {
                var end = EndOfWord(text, start);
                if (Fits(AllLengths, text[start..end]))
                {
                    return true;
                }

                start = end + 1;
            }

            return false;
        }

        /// <summary>Whether one of the words of a text is in the set, whatever its case.</summary>
        public bool HaveOneOf(ReadOnlySpan<byte> text)
        {
            for (var start = 0; start < text.Length;)
            {
                var end = EndOfWord(text, start);
                if (Has(text[start..end]))
                {
                    return true;
                }

                start = end + 1;
            }

            return false;
        }

        private static int EndOfWord(ReadOnlySpan<byte> text, int start)
        {
            var end = start;
            while (end < text.Length && IsLetter(text[end]))
            {
                end++;
            }

            return end;
        }

        private static bool Fits(int[] lengths, ReadOnlySpan<byte> word) =>
            word.Length is > 0 and <= LongestWord && (word[0] | 0x20) - 'a' is >= 0 and < 26 and var first && (lengths[first] >> word.Length & 1) != 0;

        private static bool IsLetter(byte b) => (b | 0x20) is >= (byte)'a' and <= (byte)'z' or >= 0x80;

        private bool Has(ReadOnlySpan<byte> word)
        {
            if (!Fits(_lengths, word))
            {
                return false;
            }

            Span<char> small = stackalloc char[LongestWord];
            for (var i = 0; i < word.Length; i++)
            {
                small[i] = (char)(word[i] | 0x20);
            }

            return _words.Contains(small[..word.Length]);
        }
    }
}
