namespace PatientTools.Synthesis;

/// <summary>The most frequent German surnames, and the parts of which further ones are composed.</summary>
internal static class Surnames
{
    private const string FrequentNames = """
        Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
        Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann
        Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn
        Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon
        Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas
        Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff
        Pfeiffer Ernst Beyer Lindner Hübner Kramer Jansen Franz Hansen Peter Wenzel Barth Kern Nagel Jahn Paul Riedel Ott
        Seifert Schramm Bock Langer Grimm Ritter Haase Lutz Kühne Kurz Götz Schindler Ebert Kraft Fiedler Stark Urban Hermann
        Böttcher Schlüter Reuter Geiger Rudolph Henning Bender Hauser Schenk Beckmann Schütz Moser Lenz Ullrich Hirsch Pfeifer
        Ahrens Brunner Herzog Reinhardt Baier Kessler Marx Michel Bauer Seitz Adam Naumann Krieger Witt Sander Popp Böhme
        Anders Dörr Förster Bachmann Mohr Thiel Eckert Vollmer Kunz Heinz Jacob Hein Scherer Wegner Steiner Heller Walther
        Bartels Behrens Kaufmann Zander Stahl Großmann Gebhardt Lechner Petersen Christiansen Nowak Yılmaz Kowalski Özdemir
        """;

    private const string FirstPartsOfNames = """
        Acker Adler Ahorn Alm Amsel Anger Apfel Aschen Auen Bach Bären Baum Becken Beeren Berg Bern Biber Bier Binsen Birken
        Birn Blank Blei Blumen Boden Bohnen Born Brand Brauns Breiten Brenn Brom Bruch Brücken Brunn Buchen Bühl Burg Busch
        Butter Christ Damm Distel Dohlen Donners Dorn Drachen Drossel Dürren Eben Eber Eck Edel Ehren Eichen Eisen Elben
        Ellern Elster Engel Enten Erdmanns Erlen Eschen Espen Eulen Fahren Falken Farn Feder Fels Fenn Feuer Fichten Finken
        Finster Flachs Fluren Föhren Forst Frauen Frei Freuden Fried Frosch Fuchs Furten Gabel Gall Gans Garten Gast Geiers
        Gersten Giesen Glas Glocken Gold Graben Gras Grau Greifen Grund Grün Gut Haber Hacken Hafer Hagen Hahnen Hain Halden
        Hammer Hanf Hartmanns Hasel Hasen Hauen Hecken Heid Heiden Heiligen Helm Hennen Herbst Herren Heu Himmels Hirsch
        Hirten Hoch Hofmanns Hohen Hohl Holder Holz Honig Hopfen Horn Huf Hühner Hummel Hunger Hütten Igels Ilmen Immen
        Jäger Johannis Jung Kahlen Kalk Kaltern Kammer Kapellen Karls Kässe Katzen Kehren Kerb Kessel Kiefern Kien Kirch
        Kirsch Klee Klingen Klos Knappen Kohl Königs Korn Krähen Kranich Kranz Kraut Krebs Kreuz Kron Kuckucks Kupfer Lachs
        Lamm Land Lang Laub Lauter Lehm Leim Leng Lerchen Licht Lilien Linden Linsen Löffel Löwen Luchs Mahl Maien Malz
        Mandel Marder Mark Marien Markt Mast Mauer Maul Meer Mehl Meisen Messer Michels Milch Mitter Mohn Moos Moor Morgen
        Mühl Münz Nacht Nadel Nessel Neuen Nonnen Nuss Ochsen Ofen Osten Oster Otten Pappel Pech Perlen Pfaffen Pfann
        Pfeffer Pferde Pfingst Pflaum Pilger Pilz Platten Quell Raben Rand Rauch Rauhen Reben Regen Reh Reichen Reifen
        Reiher Reit Rettich Rhein Richt Riemen Riesen Rinder Ringel Ritters Roggen Rohr Rosen Rot Rüben Ruben Ruhr Salz
        Sand Sattel Sauer Schaf Schatten Schellen Scheuer Schiefer Schild Schilf Schimmel Schlag Schlehen Schloss Schmal
        Schnee Schnepfen Schön Schwalben Schwan Schwarzen Seel Segel Seiden Silber Sommer Sonnen Span Spechts Sperber Spiegel
        Stadel Stahl Staren Steg Steig Stein Stern Stier Stock Storch Strauch Stroh Sturm Sumpf Süssen Tannen Tauben Teich
        Thal Thann Tiefen Trauben Treuen Tulpen Turm Uferen Ulmen Vogel Wach Wachen Wachs Wald Walken Wall Wasser Weber
        Weiden Weiher Wein Weissen Weizen Wellen Wend Wenden Wert Westen Wetter Wiesen Wild Winden Winter Wolfs Wolken
        Wurzel Zander Zaun Zeder Ziegel Ziegen Zimmer Zinken Zwetsch
        """;

    private const string LastPartsOfNames = """
        ach acher acker angerer au auer bach bacher bachner bäck bauer baum baumer beck becker berg berger bichler binder
        blick boden bold born brand brandt brecht breit brink bronn bruch brück brücker brunn brunner buchner bühl bühler burg
        burger busch büttner dahl dahler damm deich dorf dorfer dörfer dorn eck ecker eder egg egger eich eisen feld felder
        fels felser först frank fried fuchs furt furter garten gart gärtner gassner geist graber graf grub gruber grund haag
        häger hagen hahn hain halder halm hammer hans hardt hart hauer haus hausen hauser häuser heid heider heim heimer
        heinz helm herr hild hirt hoch hof hofer hoff höfer hold holm holt holz holzer horn horst huber hübner hut hütter
        jäger kamp kämper kamper kehr kemper kern kirch kirchner klaus klein knecht koch kolb kopf köpf köster kötter krantz
        kraus krug lach lacher lage land lander lau lehner leithner lein linger lob loch löcher loh loher mair maier mann
        mark markt mayr meier meister mayer metz meyer moser mühl müller nagel ner niemann ort pointner rain rainer rath
        raither rauch reich reis reiter reuter reuther ried rieder ring ringer rode roder roth röder ruck sach sack sass
        sattler schalk scheid scheider schlag schläger schmid schmidt schneider schulte schulz schuster see seer sieder
        spiel stall städt städter stätter stedt stein steiner stock stöcker strasser straub stroh thal thaler tobler ufer
        vogel vogt wald walder wang wanger weber weg weger wein weis weiler wein wender werth wieser winkel winkler wirth
        """;

    private static readonly string[] Locators = ["Ober", "Unter", "Nieder", "Neu", "Alt", "Groß", "Klein", "Hinter", "Vorder", "Außer", "Inner", "Nord", "Süd"];
    private static readonly string[] LastPartsOfPlaces = ["berger", "bacher", "hofer", "huber", "egger", "maier", "dorfer", "felder", "auer", "thaler", "brunner"];
    private static readonly string[] LastPartsOfEstates = ["berg", "bach", "thal", "stein", "feld", "hausen"];
    private static readonly string[] Particles = ["von", "zu", "von der", "vom"];

    /// <summary>Names by how many bear them, the most frequent first (after the German telephone directories).</summary>
    public static string[] Frequent { get; } = [.. Words(FrequentNames).Distinct(StringComparer.Ordinal)];

    private static string[] FirstParts { get; } = Words(FirstPartsOfNames);

    private static string[] LastParts { get; } = Words(LastPartsOfNames);

    /// <summary>Names of two parts: Linden-berger, Hasen-kamp.</summary>
    public static IEnumerable<string> Compounds() =>
        from first in FirstParts
        from last in LastParts
        where Fits(first, last)
        select first + last;

    /// <summary>Rare names: with a place's side in front, double names of frequent ones, and with particles.</summary>
    public static IEnumerable<string> Rarities() => WithLocator().Concat(Doubles()).Concat(WithParticle());

    internal static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> WithLocator() =>
        from locator in Locators
        from first in FirstParts
        from last in LastPartsOfPlaces
        where Fits(first, last)
        select locator + char.ToLowerInvariant(first[0]) + first[1..] + last;

    private static IEnumerable<string> Doubles() =>
        from first in Frequent
        from second in Frequent
        where first != second
        select $"{first}-{second}";

    private static IEnumerable<string> WithParticle() =>
        from particle in Particles
        from first in FirstParts
        from last in LastPartsOfEstates
        where Fits(first, last)
        select $"{particle} {first}{last}";

    /// <summary>No part twice, and no letter three times or across the seam where it reads badly.</summary>
    private static bool Fits(string first, string last) =>
        !first.StartsWith(last[..Math.Min(3, last.Length)], StringComparison.OrdinalIgnoreCase)
        && first[^1] != last[0]
        && !(IsVowel(first[^1]) && IsVowel(last[0]));

    private static bool IsVowel(char c) => "aeiouäöü".Contains(c, StringComparison.Ordinal);
}
