using System.Globalization;

namespace PatientTools.Synthesis;

/// <summary>A diagnosis of ICD-10-GM and whom it meets.</summary>
/// <param name="Code">The code.</param>
/// <param name="Display">The German text.</param>
/// <param name="Gender">f or m where it meets one of them alone; otherwise -.</param>
/// <param name="MinAge">The youngest age in years.</param>
/// <param name="MaxAge">The oldest age in years.</param>
internal sealed record Diagnosis(string Code, string Display, char Gender, int MinAge, int MaxAge);

/// <summary>
/// Frequent diagnoses of German practices and hospitals, weighted by how often they are seen (rounded from the rankings
/// that the Zentralinstitut für die kassenärztliche Versorgung and the statistical offices publish).
/// </summary>
internal static class Diagnoses
{
    private const int YearsPerGroup = 5;

    private const string Table = """
        260 I10.90|Essentielle Hypertonie, nicht näher bezeichnet: Ohne Angabe einer hypertensiven Krise|-|30|110
        60 I10.00|Benigne essentielle Hypertonie: Ohne Angabe einer hypertensiven Krise|-|30|110
        150 E78.5|Hyperlipidämie, nicht näher bezeichnet|-|30|110
        50 E78.0|Reine Hypercholesterinämie|-|30|110
        160 M54.5|Kreuzschmerz|-|16|110
        60 M54.4|Lumboischialgie|-|25|110
        50 M54.2|Zervikalneuralgie|-|20|110
        110 J06.9|Akute Infektion der oberen Atemwege, nicht näher bezeichnet|-|0|110
        90 E66.90|Adipositas, nicht näher bezeichnet|-|14|90
        100 E11.90|Diabetes mellitus, Typ 2: Ohne Komplikationen: Nicht als entgleist bezeichnet|-|35|110
        20 E11.72|Diabetes mellitus, Typ 2: Mit multiplen Komplikationen: Mit sonstigen multiplen Komplikationen, nicht als entgleist bezeichnet|-|45|110
        7 E10.90|Diabetes mellitus, Typ 1: Ohne Komplikationen: Nicht als entgleist bezeichnet|-|5|80
        70 F32.9|Depressive Episode, nicht näher bezeichnet|-|15|100
        35 F33.1|Rezidivierende depressive Störung, gegenwärtig mittelgradige Episode|-|18|100
        45 F45.9|Somatoforme Störung, nicht näher bezeichnet|-|18|90
        40 F43.2|Anpassungsstörungen|-|15|85
        25 F41.1|Generalisierte Angststörung|-|18|85
        20 F41.0|Panikstörung [episodisch paroxysmale Angst]|-|16|75
        45 F17.2|Psychische und Verhaltensstörungen durch Tabak: Abhängigkeitssyndrom|-|18|85
        18 F10.2|Psychische und Verhaltensstörungen durch Alkohol: Abhängigkeitssyndrom|-|20|80
        20 F90.0|Einfache Aktivitäts- und Aufmerksamkeitsstörung|-|6|25
        15 F80.9|Umschriebene Entwicklungsstörung des Sprechens oder der Sprache, nicht näher bezeichnet|-|3|12
        25 F03|Nicht näher bezeichnete Demenz|-|70|110
        15 G30.1|Alzheimer-Krankheit mit spätem Beginn|-|65|110
        12 G20.90|Primäres Parkinson-Syndrom, nicht näher bezeichnet: Ohne Wirkungsfluktuation|-|55|105
        5 G35.9|Multiple Sklerose, nicht näher bezeichnet|-|20|75
        10 G40.9|Epilepsie, nicht näher bezeichnet|-|2|95
        40 G43.9|Migräne, nicht näher bezeichnet|-|10|75
        35 G47.31|Obstruktives Schlafapnoe-Syndrom|-|30|90
        20 G56.0|Karpaltunnel-Syndrom|-|30|90
        35 G62.9|Polyneuropathie, nicht näher bezeichnet|-|50|105
        60 J45.9|Asthma bronchiale, nicht näher bezeichnet|-|4|95
        50 J44.99|Chronische obstruktive Lungenkrankheit, nicht näher bezeichnet: FEV1 nicht näher bezeichnet|-|45|105
        60 J30.1|Allergische Rhinopathie durch Pollen|-|4|75
        45 J20.9|Akute Bronchitis, nicht näher bezeichnet|-|0|100
        25 J03.9|Akute Tonsillitis, nicht näher bezeichnet|-|2|50
        25 J32.9|Chronische Sinusitis, nicht näher bezeichnet|-|12|85
        12 J18.9|Pneumonie, nicht näher bezeichnet|-|0|110
        15 J35.0|Chronische Tonsillitis|-|3|40
        60 I25.19|Atherosklerotische Herzkrankheit: Nicht näher bezeichnet|-|50|110
        12 I21.9|Akuter Myokardinfarkt, nicht näher bezeichnet|-|40|105
        45 I48.9|Vorhofflimmern und Vorhofflattern, nicht näher bezeichnet|-|50|110
        40 I50.9|Herzinsuffizienz, nicht näher bezeichnet|-|55|110
        15 I63.9|Hirninfarkt, nicht näher bezeichnet|-|50|110
        25 I70.29|Atherosklerose der Extremitätenarterien: Sonstige und nicht näher bezeichnet|-|55|110
        45 I83.9|Varizen der unteren Extremitäten ohne Ulzeration oder Entzündung|-|25|100
        20 I84.9|Hämorrhoiden, nicht näher bezeichnet, ohne Komplikation|-|25|90
        50 K21.0|Gastroösophageale Refluxkrankheit mit Ösophagitis|-|20|100
        50 K29.7|Gastritis, nicht näher bezeichnet|-|16|95
        50 K76.0|Fettleber [fettige Degeneration], anderenorts nicht klassifiziert|-|30|90
        25 K57.30|Divertikulose des Dickdarmes ohne Perforation, Abszess oder Angabe einer Blutung|-|45|105
        20 K80.20|Gallenblasenstein ohne Cholezystitis: Ohne Angabe einer Gallenwegsobstruktion|-|30|95
        20 K58.9|Reizdarmsyndrom ohne Diarrhoe|-|16|80
        12 K40.90|Hernia inguinalis, einseitig oder ohne Seitenangabe, ohne Einklemmung und ohne Gangrän|m|20|90
        8 K35.8|Akute Appendizitis, nicht näher bezeichnet|-|5|60
        6 K50.9|Crohn-Krankheit, nicht näher bezeichnet|-|15|75
        60 M17.9|Gonarthrose, nicht näher bezeichnet|-|45|110
        40 M16.9|Koxarthrose, nicht näher bezeichnet|-|45|110
        45 M51.2|Sonstige näher bezeichnete Bandscheibenverlagerung|-|25|90
        40 M47.99|Spondylose, nicht näher bezeichnet: Nicht näher bezeichnete Lokalisation|-|40|105
        35 M81.99|Osteoporose, nicht näher bezeichnet: Nicht näher bezeichnete Lokalisation|f|55|110
        8 M81.98|Osteoporose, nicht näher bezeichnet: Sonstige|m|60|105
        20 M10.99|Gicht, nicht näher bezeichnet: Nicht näher bezeichnete Lokalisation|-|40|100
        12 M06.99|Chronische Polyarthritis, nicht näher bezeichnet: Nicht näher bezeichnete Lokalisation|-|30|95
        30 M75.4|Impingement-Syndrom der Schulter|-|30|85
        25 M77.1|Epicondylitis radialis humeri|-|30|70
        60 E04.9|Nichttoxische Struma, nicht näher bezeichnet|-|25|95
        60 E03.9|Hypothyreose, nicht näher bezeichnet|-|20|105
        30 E06.3|Autoimmunthyreoiditis|f|18|85
        20 E55.9|Vitamin-D-Mangel, nicht näher bezeichnet|-|18|100
        35 E79.0|Hyperurikämie ohne Zeichen von entzündlicher Arthritis oder tophischer Gicht|-|40|100
        15 D50.9|Eisenmangelanämie, nicht näher bezeichnet|-|12|105
        30 N18.3|Chronische Nierenkrankheit, Stadium 3|-|55|110
        30 N39.0|Harnwegsinfektion, Lokalisation nicht näher bezeichnet|-|2|110
        40 N40|Prostatahyperplasie|m|50|110
        25 N95.1|Zustände im Zusammenhang mit der Menopause und dem Klimakterium|f|45|65
        25 N94.6|Dysmenorrhoe, nicht näher bezeichnet|f|13|45
        15 N80.9|Endometriose, nicht näher bezeichnet|f|18|50
        12 N20.0|Nierenstein|-|25|80
        14 C50.9|Bösartige Neubildung: Brustdrüse, nicht näher bezeichnet|f|35|100
        13 C61|Bösartige Neubildung der Prostata|m|50|105
        8 C18.9|Bösartige Neubildung: Kolon, nicht näher bezeichnet|-|50|105
        7 C34.9|Bösartige Neubildung: Bronchus oder Lunge, nicht näher bezeichnet|-|50|95
        9 C44.9|Sonstige bösartige Neubildungen: Bösartige Neubildung der Haut, nicht näher bezeichnet|-|50|110
        30 L20.9|Atopisches [endogenes] Ekzem, nicht näher bezeichnet|-|0|60
        20 L40.0|Psoriasis vulgaris|-|15|90
        15 L70.0|Acne vulgaris|-|12|30
        50 H52.1|Myopie|-|8|80
        50 H52.4|Presbyopie|-|45|100
        25 H25.9|Cataracta senilis, nicht näher bezeichnet|-|60|110
        12 H40.1|Primäres Weitwinkelglaukom|-|50|105
        15 H35.3|Degeneration der Makula und des hinteren Poles|-|60|110
        20 H90.3|Beidseitiger Hörverlust durch Schallempfindungsstörung|-|50|110
        25 H66.9|Otitis media, nicht näher bezeichnet|-|0|15
        18 H93.1|Tinnitus aurium|-|25|85
        30 A09.9|Sonstige und nicht näher bezeichnete Gastroenteritis und Kolitis nicht näher bezeichneten Ursprungs|-|0|100
        12 B34.9|Virusinfektion, nicht näher bezeichnet|-|0|80
        9 B02.9|Zoster ohne Komplikation|-|40|105
        14 R51|Kopfschmerz|-|5|80
        12 R42|Schwindel und Taumel|-|30|105
        10 S93.40|Verstauchung und Zerrung des oberen Sprunggelenkes: Teil nicht näher bezeichnet|-|8|60
        8 S52.50|Distale Fraktur des Radius: Nicht näher bezeichnet|-|5|100
        8 S72.00|Schenkelhalsfraktur: Teil nicht näher bezeichnet|-|65|110
        """;

    private static readonly (int Weight, Diagnosis Diagnosis)[] All = [.. Weighted.Rows(Table, '|', fields => new Diagnosis(
        fields[0],
        fields[1],
        fields[2][0],
        int.Parse(fields[3], CultureInfo.InvariantCulture),
        int.Parse(fields[4], CultureInfo.InvariantCulture)))];

    private static readonly Weighted<Diagnosis>[] ForWomen = Groups('m');
    private static readonly Weighted<Diagnosis>[] ForMen = Groups('f');

    /// <summary>The diagnoses that somebody of this gender and age has.</summary>
    /// <param name="isFemale">Whether a woman.</param>
    /// <param name="age">The age in years.</param>
    /// <returns>The weighted choice.</returns>
    public static Weighted<Diagnosis> For(bool isFemale, int age)
    {
        var groups = isFemale ? ForWomen : ForMen;
        return groups[Math.Clamp(age / YearsPerGroup, 0, groups.Length - 1)];
    }

    private static Weighted<Diagnosis>[] Groups(char otherGender) =>
    [
        .. Enumerable.Range(0, (LifeCourse.MaxAge / YearsPerGroup) + 1).Select(group => Weighted.Of(
            All.Where(row => row.Diagnosis.Gender != otherGender && row.Diagnosis.MinAge <= group * YearsPerGroup && row.Diagnosis.MaxAge >= (group * YearsPerGroup) + YearsPerGroup - 1))),
    ];
}
