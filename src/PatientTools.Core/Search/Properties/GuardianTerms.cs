namespace PatientTools.Search;

/// <summary>The codes and words by which a relationship says that somebody is a patient's guardian or parent.</summary>
internal static class GuardianTerms
{
    /// <summary>
    /// Codes, of whatever system: those of the systems that FHIR R4 uses for relationships do not contradict each other.
    /// </summary>
    private static readonly HashSet<string> Codes = new(StringComparer.Ordinal)
    {
        // http://terminology.hl7.org/CodeSystem/v3-RoleCode: GUARD, and PRN with all that is below it but the in-laws beside it.
        "GUARD", "PRN", "NPRN", "PRNFOST", "STPPRN", "ADOPTP", "ADOPTM", "ADOPTF", "MTH", "MTHFOST", "NMTH", "NMTHF", "GESTM", "STPMTH", "FTH", "FTHFOST", "NFTH", "NFTHF", "STPFTH",

        // http://terminology.hl7.org/CodeSystem/v2-0063, beside MTH and FTH. Table v2-0131, to which Patient.contact is bound, has no guardians.
        "GRD", "PAR",

        // http://hl7.org/fhir/patient-contact-relationship, to which Patient.contact was bound in DSTU2.
        "guardian", "parent",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "guardian", "guardians", "parent", "parents", "mother", "father", "stepmother", "stepfather", "stepparent",
        "Vormund", "Vormundin", "Amtsvormund", "Eltern", "Elternteil", "Mutter", "Vater", "Kindesmutter", "Kindesvater", "Kindsmutter", "Kindsvater",
        "Adoptiveltern", "Adoptivmutter", "Adoptivvater", "Pflegeeltern", "Pflegemutter", "Pflegevater", "Stiefmutter", "Stiefvater",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Beginnings of words that mean it by themselves.</summary>
    private static readonly string[] Stems = ["sorgeberechtigt", "personensorgeberechtigt", "erziehungsberechtigt"];

    /// <summary>Beginnings of words that mean it where the text also says that it is so by law.</summary>
    private static readonly string[] Deputies = ["Betreuer", "Vertreter", "representative"];

    private static readonly string[] ByLaw = ["gesetzlich", "rechtlich", "legal"];

    /// <summary>Words that turn the meaning about: not, in-law, grand mother, dead.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Contraries = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "nicht", "kein", "keine", "keiner", "ohne", "not", "no", "non", "without", "law", "grand", "godparent", "verstorben", "verstorbene", "verstorbener", "deceased", "dead", "ex",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a code means it.</summary>
    internal static bool IsCode(string? code) => code is not null && Codes.Contains(code);

    /// <summary>Whether the words of a text, English or German, mean it.</summary>
    internal static bool IsMeantBy(ReadOnlySpan<char> text)
    {
        var (isMeant, isDeputy, isByLaw) = (false, false, false);
        while (NextWord(ref text) is { IsEmpty: false } word)
        {
            if (Contraries.Contains(word))
            {
                return false;
            }

            isMeant |= Words.Contains(word) || StartsWithAny(word, Stems);
            isDeputy |= StartsWithAny(word, Deputies);
            isByLaw |= StartsWithAny(word, ByLaw);
        }

        return isMeant || (isDeputy && isByLaw);
    }

    private static bool StartsWithAny(ReadOnlySpan<char> word, string[] starts)
    {
        foreach (var start in starts)
        {
            if (word.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the next row of letters off the text; empty when there is none.</summary>
    private static ReadOnlySpan<char> NextWord(ref ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetter(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        var word = text[start..end];
        text = text[end..];
        return word;
    }
}
