namespace PatientTools.Synthesis;

/// <summary>German given names as each generation bore them, the most frequent first, and the parts of double ones.</summary>
internal static class GivenNames
{
    private static readonly Generation[] Generations =
    [
        new(
            1935,
            "Ursula Gerda Ingeborg Ilse Hildegard Edith Gisela Irmgard Lieselotte Elfriede Ruth Helga Anna Erika Elisabeth Waltraud Christa Herta Margarete Maria Frieda Martha Charlotte Käthe",
            "Hans Günter Karl Heinz Werner Walter Helmut Horst Herbert Kurt Gerhard Rudolf Heinrich Wilhelm Otto Ernst Erich Friedrich Hermann Alfred Willi Paul Josef Rolf"),
        new(
            1950,
            "Renate Karin Ingrid Christa Helga Monika Gisela Ursula Brigitte Bärbel Erika Elke Jutta Heidi Rosemarie Barbara Hannelore Christel Gudrun Margit Heike Marion Inge Edeltraud",
            "Peter Klaus Hans Jürgen Dieter Manfred Günter Horst Wolfgang Bernd Uwe Gerhard Helmut Karl-Heinz Werner Rainer Rolf Siegfried Heinz Michael Hartmut Hans-Jürgen Ulrich Volker"),
        new(
            1965,
            "Sabine Susanne Petra Birgit Gabriele Andrea Martina Angelika Barbara Ute Monika Claudia Heike Marion Cornelia Ulrike Karin Elke Anja Beate Regina Christine Bettina Silvia",
            "Thomas Michael Andreas Peter Frank Uwe Klaus Stefan Bernd Jürgen Wolfgang Ralf Dirk Jörg Martin Matthias Detlef Rainer Norbert Joachim Christian Torsten Holger Reinhard"),
        new(
            1980,
            "Nicole Anja Claudia Stefanie Andrea Sandra Tanja Susanne Christine Katrin Melanie Kerstin Katja Daniela Alexandra Silke Yvonne Simone Sonja Nadine Diana Bianca Manuela Kathrin",
            "Stefan Michael Andreas Thomas Christian Frank Markus Matthias Torsten Jan Sven Alexander Daniel Marco Martin Jens Lars Dirk Oliver Ralf Marcus Björn Jörg Carsten"),
        new(
            1995,
            "Julia Sarah Jennifer Katharina Lisa Christina Stefanie Anna Sabrina Nadine Jessica Laura Melanie Vanessa Maria Franziska Anne Carolin Nina Jana Theresa Lena Jasmin Kristina",
            "Christian Daniel Alexander Sebastian Stefan Jan Michael Tobias Philipp Kevin Patrick Florian Marcel Dennis Matthias Benjamin Martin Thomas Felix Marco Maximilian Dominik Simon Robert"),
        new(
            2010,
            "Leonie Lea Anna Lena Hannah Laura Sophie Marie Lara Julia Sarah Michelle Emily Lisa Emma Nele Johanna Luisa Pia Amelie Jana Clara Paula Charlotte",
            "Leon Lukas Luca Finn Tim Jonas Felix Jan Maximilian Paul Niklas Julian Philipp Tom Moritz Noah Ben Elias Jannik Simon Max David Nico Fabian"),
        new(
            int.MaxValue,
            "Emilia Mia Emma Hannah Sophia Lina Ella Clara Mila Lea Marie Leni Ida Frieda Mathilda Leonie Luisa Lia Nora Malia Amelie Lotta Charlotte Johanna",
            "Noah Ben Paul Leon Finn Elias Emil Luis Matteo Henry Liam Felix Jonas Anton Theo Jakob Oskar Milan Leano Lukas Maximilian Karl Moritz Levi"),
    ];

    private static readonly string[] FemaleFirsts = Surnames.Words(
        "Anna Anne Eva Marie Maria Hanna Lea Lena Lisa Mia Sophie Rosa Emma Ella Ida Klara Karla Julia Laura Nele Lina Luisa Elisa Johanna Paula Greta Inga Ina Ute Heide Karin Gerda Ilse Inge Else Ruth Ursula Clara Frieda Martha Edda Nora");

    private static readonly string[] FemaleSeconds = Surnames.Words(
        "Lena Maria Marie Sophie Luise Lotte Katharina Kathrin Christin Charlotte Elisabeth Helene Rose Margarete Dorothea Theresa Johanna Magdalena Viktoria Henriette Friederike Franziska Josefine Antonia Isabelle Juliane Karoline Mathilde Pauline Susanne Ulrike Leonie Emilia Amelie Alina Lisa Lea Mia Sarah Sofia Luna Mara Merle Mila Nora Romy Valentina Stella Rosalie Ottilie Konstanze Kristina Gabriele Renate");

    private static readonly string[] MaleFirsts = Surnames.Words(
        "Karl Hans Heinz Klaus Jan Kai Ernst Franz Georg Johann Max Peter Paul Ludwig Otto Rolf Uwe Wolf Jens Kurt Fritz Gerd Horst Jörg Dieter Carl Leon Tim Tom Finn Emil Bernd Kilian Lars Nils Sven Theo Veit Wilhelm Willi Anton Felix");

    private static readonly string[] MaleSeconds = Surnames.Words(
        "Heinz Peter Dieter Joachim Jürgen Josef Georg Martin Michael Walter Werner Wilhelm Friedrich Günter Ulrich Otto Ludwig Ernst Erik Philipp Lukas Luca Ole Niklas Jonas Henrik Malte Moritz Alexander Christian Christoph Frederik Gustav Hendrik Jakob Johannes Julius Konrad Leonhard Maximilian Matthias Gerhard Hermann Rainer Rudolf Sebastian Siegfried Steffen Theodor Thomas Tobias Torsten Uwe Volker Wolfgang");

    /// <summary>The names popular when somebody was born.</summary>
    /// <param name="isFemale">Whether for women.</param>
    /// <param name="birthYear">The year of birth.</param>
    /// <returns>The weighted choice.</returns>
    public static Weighted<string> Popular(bool isFemale, int birthYear)
    {
        var generation = Array.Find(Generations, generation => birthYear < generation.BornBefore)!;
        return isFemale ? generation.Female : generation.Male;
    }

    /// <summary>All names that one of these generations made popular.</summary>
    public static IEnumerable<string> Popular(bool isFemale) => Generations.SelectMany(generation => (isFemale ? generation.Female : generation.Male).Items);

    /// <summary>Double names: Anna-Lena, Karl-Heinz.</summary>
    public static IEnumerable<string> Doubles(bool isFemale) =>
        from first in isFemale ? FemaleFirsts : MaleFirsts
        from second in isFemale ? FemaleSeconds : MaleSeconds
        where first[..2] != second[..2]
        select $"{first}-{second}";

    private sealed class Generation(int bornBefore, string female, string male)
    {
        public int BornBefore { get; } = bornBefore;

        public Weighted<string> Female { get; } = Weighted.Zipf(Surnames.Words(female));

        public Weighted<string> Male { get; } = Weighted.Zipf(Surnames.Words(male));
    }
}
