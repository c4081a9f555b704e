using System.Globalization;
using System.Text;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Names;

/// <summary>
/// Names in capitals, as old systems and machine-readable cards have them. Source: DIN 91379, which keeps small letters apart;
/// ICAO Doc 9303, the writing of machine-readable lines, from which such names often come.
/// </summary>
/// <remarks>
/// Reported is a family name of four letters or more without a small one, or of three when the given names have none either
/// and are more than initials; where the family name is not, a given name with a word of four letters or more; and where there
/// is neither, such a text of the whole name. Initials (<c>J.</c>, <c>K.-H.</c>, <c>AB</c>) are no such words. ß and ı count as neither: many systems keep them between capitals. Names like <c>McDONALD</c> have a
/// small letter; <c>III</c> stands in the suffix.
/// </remarks>
internal sealed class NameCapitals() : ContentRule(nameof(NameCapitals), IssueSeverity.Warning, RuleCategory.Name, IssueType.Value)
{
    private const int FewestLetters = 4;
    private const int FewestLettersOfWholeName = 3;

    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal)
    {
        "von", "vom", "vor", "vorm", "zu", "zum", "zur", "und", "der", "den", "dem", "des", "die", "de", "da", "do", "dos", "del", "della", "di", "du", "van", "ten", "ter", "am", "im", "auf", "aus",
    };

    private static readonly LocalText Message = new(
        "The name '{0}' is written in capitals.",
        "Der Name „{0}“ ist in Großbuchstaben geschrieben.");

    private static readonly LocalText Mending = new(
        "Write it as its bearer does; capitals hide what is lost: ß, Mc, von.",
        "Schreiben Sie ihn so, wie sein Träger es tut; Großbuchstaben verbergen, was verloren ging: ß, Mc, von.");

    /// <inheritdoc/>
    public override string Example => "name[0].family: \"MÜLLER\"";

    /// <inheritdoc/>
    public override string Reference => "DIN 91379:2022-08; ICAO Doc 9303 (machine-readable lines)";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A name is written in capitals.",
        "Ein Name ist in Großbuchstaben geschrieben.");

    /// <inheritdoc/>
    public override PatientAspects Needs => PatientAspects.NameWithoutSmall;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        foreach (ref readonly var part in patient.NameParts)
        {
            if ((part.Traits & TextTraits.Lower) == TextTraits.None && IsInCapitals(patient, part) && !PlaceholderNames.IsOne(patient, part.Name))
            {
                var text = patient.Document.StringOf(part.Node);
                issues.Add(this, patient.Document, part.Node, Message, Mending, Capitalised(text), patient.Document.ValueOf(part.Node));
            }
        }
    }

    /// <summary>The name with a capital at the start of each word only, and particles without.</summary>
    /// <param name="name">A name in capitals.</param>
    /// <returns>The name as it is mostly written.</returns>
    internal static string Capitalised(string name)
    {
        var small = name.ToLower(CultureInfo.InvariantCulture);
        var words = new StringBuilder(name.Length);
        for (var at = 0; at < small.Length;)
        {
            var end = at;
            while (end < small.Length && (char.IsLetter(small[end]) || char.IsSurrogate(small[end]) || CharUnicodeInfo.GetUnicodeCategory(small[end]) == UnicodeCategory.NonSpacingMark))
            {
                end++;
            }

            if (end == at)
            {
                words.Append(small[at++]);
                continue;
            }

            var word = small[at..end];
            var isParticle = end < small.Length && small[end] is ' ' && Particles.Contains(word);
            words.Append(isParticle ? word : char.ToUpperInvariant(word[0]) + word[1..]);
            at = end;
        }

        return words.ToString();
    }

    private static bool IsInCapitals(PatientContent patient, in NamePart part) => part.Kind switch
    {
        NamePartKind.Family => IsFamilyInCapitals(patient, part),
        NamePartKind.Given => Capitals(patient.Document.TextOf(part.Node), out var longest) >= 0 && longest >= FewestLetters && !IsToldByFamily(patient, part),
        NamePartKind.Text => Capitals(patient.Document.TextOf(part.Node), out var longest) >= 0 && longest >= FewestLetters && NameText.IsWholeName(patient.Document, part),
        _ => false,
    };

    private static bool IsFamilyInCapitals(PatientContent patient, in NamePart family)
    {
        var letters = Capitals(patient.Document.TextOf(family.Node), out _);
        return letters >= FewestLetters || (letters >= FewestLettersOfWholeName && AreGivenNamesInCapitals(patient, NameText.NameOf(patient.Document, family)));
    }

    /// <summary>A whole name in capitals is one fault.</summary>
    private static bool IsToldByFamily(PatientContent patient, in NamePart given)
    {
        foreach (ref readonly var part in patient.NameParts)
        {
            if (part.Kind == NamePartKind.Family && NameText.NameOf(patient.Document, part) == NameText.NameOf(patient.Document, given) && IsFamilyInCapitals(patient, part))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreGivenNamesInCapitals(PatientContent patient, int name)
    {
        var longest = 0;
        foreach (ref readonly var part in patient.NameParts)
        {
            if (part.Kind != NamePartKind.Given || NameText.NameOf(patient.Document, part) != name)
            {
                continue;
            }

            if (Capitals(patient.Document.TextOf(part.Node), out _) is var letters and >= 0)
            {
                longest = Math.Max(longest, letters);
            }
            else
            {
                return false;
            }
        }

        return longest > 1;
    }

    /// <summary>How many letters a text in capitals has, and its longest word; -1 when it has a small letter, or none of both.</summary>
    private static int Capitals(ReadOnlySpan<byte> text, out int longest)
    {
        var (capitals, others, word) = (0, 0, 0);
        longest = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var width);
            text = text[width..];
            if (rune.Value is 'ß' or 'ı')
            {
                others++;
            }
            else if (Rune.IsLower(rune))
            {
                return -1;
            }
            else if (Rune.IsUpper(rune))
            {
                capitals++;
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                word = -1;
            }

            longest = Math.Max(longest, ++word);
        }

        return capitals == 0 ? -1 : capitals + others;
    }
}
