namespace PatientTools.Search;

/// <summary>A chapter of ICD-10-GM, the German modification of the International Classification of Diseases (BfArM).</summary>
public sealed class IcdChapter : IComparable
{
    private const int CategoryLength = 3;

    private IcdChapter(int number, string numeral, string from, string to, string title, string germanTitle) =>
        (Number, Numeral, From, To, Title, GermanTitle) = (number, numeral, from, to, title, germanTitle);

    /// <summary>All chapters in order.</summary>
    public static IReadOnlyList<IcdChapter> All { get; } =
    [
        new(1, "I", "A00", "B99", "Certain infectious and parasitic diseases", "Bestimmte infektiöse und parasitäre Krankheiten"),
        new(2, "II", "C00", "D48", "Neoplasms", "Neubildungen"),
        new(3, "III", "D50", "D90", "Diseases of the blood and blood-forming organs and certain disorders involving the immune mechanism",
            "Krankheiten des Blutes und der blutbildenden Organe sowie bestimmte Störungen mit Beteiligung des Immunsystems"),
        new(4, "IV", "E00", "E90", "Endocrine, nutritional and metabolic diseases", "Endokrine, Ernährungs- und Stoffwechselkrankheiten"),
        new(5, "V", "F00", "F99", "Mental and behavioural disorders", "Psychische und Verhaltensstörungen"),
        new(6, "VI", "G00", "G99", "Diseases of the nervous system", "Krankheiten des Nervensystems"),
        new(7, "VII", "H00", "H59", "Diseases of the eye and adnexa", "Krankheiten des Auges und der Augenanhangsgebilde"),
        new(8, "VIII", "H60", "H95", "Diseases of the ear and mastoid process", "Krankheiten des Ohres und des Warzenfortsatzes"),
        new(9, "IX", "I00", "I99", "Diseases of the circulatory system", "Krankheiten des Kreislaufsystems"),
        new(10, "X", "J00", "J99", "Diseases of the respiratory system", "Krankheiten des Atmungssystems"),
        new(11, "XI", "K00", "K93", "Diseases of the digestive system", "Krankheiten des Verdauungssystems"),
        new(12, "XII", "L00", "L99", "Diseases of the skin and subcutaneous tissue", "Krankheiten der Haut und der Unterhaut"),
        new(13, "XIII", "M00", "M99", "Diseases of the musculoskeletal system and connective tissue", "Krankheiten des Muskel-Skelett-Systems und des Bindegewebes"),
        new(14, "XIV", "N00", "N99", "Diseases of the genitourinary system", "Krankheiten des Urogenitalsystems"),
        new(15, "XV", "O00", "O99", "Pregnancy, childbirth and the puerperium", "Schwangerschaft, Geburt und Wochenbett"),
        new(16, "XVI", "P00", "P96", "Certain conditions originating in the perinatal period", "Bestimmte Zustände, die ihren Ursprung in der Perinatalperiode haben"),
        new(17, "XVII", "Q00", "Q99", "Congenital malformations, deformations and chromosomal abnormalities", "Angeborene Fehlbildungen, Deformitäten und Chromosomenanomalien"),
        new(18, "XVIII", "R00", "R99", "Symptoms, signs and abnormal clinical and laboratory findings, not elsewhere classified",
            "Symptome und abnorme klinische und Laborbefunde, die anderenorts nicht klassifiziert sind"),
        new(19, "XIX", "S00", "T98", "Injury, poisoning and certain other consequences of external causes",
            "Verletzungen, Vergiftungen und bestimmte andere Folgen äußerer Ursachen"),
        new(20, "XX", "V01", "Y84", "External causes of morbidity and mortality", "Äußere Ursachen von Morbidität und Mortalität"),
        new(21, "XXI", "Z00", "Z99", "Factors influencing health status and contact with health services",
            "Faktoren, die den Gesundheitszustand beeinflussen und zur Inanspruchnahme des Gesundheitswesens führen"),
        new(22, "XXII", "U00", "U99", "Codes for special purposes", "Schlüsselnummern für besondere Zwecke"),
    ];

    /// <summary>The number, from 1 to 22.</summary>
    public int Number { get; }

    /// <summary>The number as the classification writes it: <c>IX</c>.</summary>
    public string Numeral { get; }

    /// <summary>The first category: <c>I00</c>.</summary>
    public string From { get; }

    /// <summary>The last category: <c>I99</c>.</summary>
    public string To { get; }

    /// <summary>The title in English, as in the WHO's edition.</summary>
    public string Title { get; }

    /// <summary>The title in German.</summary>
    public string GermanTitle { get; }

    /// <summary>The chapter of a code.</summary>
    /// <param name="code">A code such as <c>E11.9</c>; case does not matter, and what stands behind the category may be anything.</param>
    /// <returns>The chapter; null when the text does not begin with a category of the classification.</returns>
    public static IcdChapter? Of(string? code)
    {
        // A category is a letter, a digit, and a digit or, in some modifications, a letter. Codes of SNOMED and LOINC begin with digits.
        if (code is not { Length: >= CategoryLength } || !char.IsAsciiLetter(code[0]) || !char.IsAsciiDigit(code[1]) || !char.IsAsciiLetterOrDigit(code[2]))
        {
            return null;
        }

        var category = code[..CategoryLength].ToUpperInvariant();
        return All.FirstOrDefault(chapter => string.CompareOrdinal(chapter.From, category) <= 0 && string.CompareOrdinal(category, chapter.To) <= 0);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is IcdChapter other ? Number.CompareTo(other.Number) : 1;

    /// <summary>Number, range and title in English.</summary>
    /// <returns><c>IX (I00-I99) Diseases of the circulatory system</c>.</returns>
    public override string ToString() => $"{Numeral} ({From}-{To}) {Title}";
}
