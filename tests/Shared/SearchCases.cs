using System.Globalization;
using System.Text;

namespace PatientTools.Tests;

/// <summary>
/// Draws patients and filters for the laws of the search, the same ones for the same seed. Few values, so that they meet;
/// odd ones, so that they hurt.
/// </summary>
internal sealed class SearchCases(int seed)
{
    private static readonly string[] Families =
        ["Müller", "MÜLLER", "Mueller", "Muller", "Meyer", "Meier", "Maier", "O'Brien", "Graf von und zu Buntspecht", "Müller-Lüdenscheidt", "Schmidt", "Schmitt", "de la Cruz", "Öz", "Zoë", "Straße", "STRASSE", "Mu\u0308ller", "Łukasz", "Иванов", "李", "x*y", "[a]", "100 %_'\"", "meyer"];

    private static readonly string[] Givens = ["Anna", "anna", "Anna Lena", "Anna-Lena", "Jürgen", "Juergen", "Karl Heinz", "Åse", "B", "Jörg\u00AD"];
    private static readonly string[] Cities = ["Bonn", "bonn", "Bonndorf", "Köln", "Koeln", "Frankfurt am Main", "Frankfurt (Oder)", "Berlin"];
    private static readonly string[] PostalCodes = ["53111", "08066", "50667", "A-1010", "1010"];
    private static readonly string[] Codes = ["E11.9", "E11", "E10.1", "I10", "i10", "Z00.0", "44054006"];
    private static readonly string[] Dates = ["1950", "1950-02", "1950-02-03", "1950-12-31", "1951-01-01", "1949-12-31", "2008-02-29", "2026-06-30", "1999-07-01", "1999-07-02", "1999-06-30"];
    private static readonly string[] PlainDates = ["1950-02-03", "1950-12-31", "1951-01-01", "1949-12-31", "2008-02-29", "1999-07-01"];
    private static readonly string[] Comparisons = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-ceq", "-cne", "-clt", "-cge"];
    private static readonly string[] Orders = ["-lt", "-le", "-gt", "-ge", "-clt", "-cle", "-cgt", "-cge"];
    private static readonly string[] Texts = ["FamilyName", "GivenName", "City", "PostalCode", "Title", "Country", "Gender", "Street", "Phone", "Email"];
    private static readonly string[] ManyTexts = ["Mrn", "Kvnr", "Condition", "Payer", "Address", "Telecom", "Name", "Identifier", "Identifier.lab"];
    private readonly Random _random = new(seed);

    /// <summary>The document of a patient.</summary>
    /// <param name="number">Its number, which makes its record number.</param>
    /// <param name="plain">Whether to leave out what PowerShell and we read differently: partial dates, and more than one value of a kind.</param>
    public string Document(int number, bool plain = false)
    {
        var json = new StringBuilder("{\"resourceType\":\"Patient\"");
        Maybe(9, () => json.Append(CultureInfo.InvariantCulture, $",\"identifier\":[{string.Join(',', Identifiers(number, plain))}]"));
        Maybe(8, () => json.Append(CultureInfo.InvariantCulture, $",\"birthDate\":\"{Pick(plain ? PlainDates : Dates)}\""));
        Maybe(8, () => json.Append(CultureInfo.InvariantCulture, $",\"gender\":\"{Pick("male", "female", "other", "unknown", "Female")}\""));
        Maybe(5, () => json.Append(CultureInfo.InvariantCulture, $",\"active\":{Pick("true", "false")}"));
        Maybe(2, () => json.Append(Pick(",\"deceasedBoolean\":true", ",\"deceasedBoolean\":false", $",\"deceasedDateTime\":\"{Pick("2020-01-01", "2019", "2020-01-01T10:00:00+01:00", "1950-02-03")}\"")));
        Maybe(9, () => json.Append(CultureInfo.InvariantCulture, $",\"name\":[{string.Join(',', Some(plain ? 1 : 3, Name))}]"));
        Maybe(8, () => json.Append(CultureInfo.InvariantCulture, $",\"address\":[{string.Join(',', Some(plain ? 1 : 3, Address))}]"));
        Maybe(6, () => json.Append(CultureInfo.InvariantCulture, $",\"telecom\":[{string.Join(',', Some(plain ? 1 : 3, Telecom))}]"));
        Maybe(4, () => json.Append(CultureInfo.InvariantCulture, $",\"maritalStatus\":{{\"text\":\"{Pick("married", "Single", "über")}\"}},\"multipleBirthInteger\":{_random.Next(4)}"));
        return json.Append('}').ToString();
    }

    /// <summary>Resources of a record.</summary>
    public string[] Record(int number) => [.. Some(4, () => _random.Next(4) switch
    {
        0 => $$$"""{"resourceType":"Coverage","id":"c{{{number}}}-{{{_random.Next(1000)}}}","payor":[{"display":"{{{Pick("AOK Nordost", "Barmer", "aok nordost")}}}","identifier":{"value":"109519005"}}]}""",
        1 => $$$"""{"resourceType":"Observation","id":"o{{{number}}}-{{{_random.Next(1000)}}}","code":{"coding":[{"code":"E11"}]}}""",
        _ => $$$"""{"resourceType":"Condition","id":"d{{{number}}}-{{{_random.Next(1000)}}}","code":{"coding":[{"code":"{{{Pick(Codes)}}}"},{"code":"{{{Pick(Codes)}}}"}]}}""",
    }).DistinctBy(json => json.Split("\"id\":\"")[1].Split('"')[0])];

    /// <summary>A filter over everything there is, documents too.</summary>
    public string Filter(int depth = 3) => depth > 0 && _random.Next(10) < 6
        ? _random.Next(5) switch
        {
            0 => $"-not ({Filter(depth - 1)})",
            1 or 2 => $"({Filter(depth - 1)}) -and {Filter(0)}",
            3 => $"{Filter(0)} -or ({Filter(depth - 1)})",
            _ => $"({Filter(depth - 1)}) -xor ({Filter(depth - 1)})",
        }
        : Comparison();

    /// <summary>A filter for both: as we write it, and as a script block of PowerShell's.</summary>
    public (string Ours, string Theirs) PlainFilter(int depth = 4)
    {
        if (depth == 0 || _random.Next(10) < 4)
        {
            return PlainComparison();
        }

        var (left, leftTheirs) = PlainFilter(depth - 1);
        var (right, rightTheirs) = PlainFilter(depth - 1);
        var logic = Pick("-and", "-or", "-xor", "-AND");
        return _random.Next(6) switch
        {
            0 => ($"-not ({left})", $"-not ({leftTheirs})"),
            1 => ($"!({left}) {logic} {right}", $"!({leftTheirs}) {logic} {rightTheirs}"),
            2 => ($"({left}) {logic} ({right})", $"({leftTheirs}) {logic} ({rightTheirs})"),
            3 => ($"({left} {logic} {right})", $"({leftTheirs} {logic} {rightTheirs})"),
            // Without parentheses: precedence and reading from the left decide.
            _ => ($"{left} {logic} {right}", $"{leftTheirs} {logic} {rightTheirs}"),
        };
    }

    /// <summary>An order of some properties, as -SortBy and -Descending take it.</summary>
    public (string[] Properties, bool Descending) Order() => (
        [.. Some(3, () => Pick("FamilyName", "GivenName", "City", "PostalCode", "BirthDate", "Gender", "Deceased", "Mrn", "Kvnr", "Age", "Created", "Version", "Title")).Distinct()],
        _random.Next(2) == 0);

    public int Next(int below) => _random.Next(below);

    private string Comparison() => _random.Next(15) switch
    {
        0 => $"Age {Pick(Comparisons)} {Pick("0", "25", "27", "'27'", "69", "76", "76.5", "-1")}",
        1 or 2 => $"BirthDate {Pick("-eq", "-ne", "-lt", "-le", "-gt", "-ge")} '{Pick(Dates)}'",
        3 => $"{Pick("Deceased", "Active", "IsRemoved")} -eq {Pick("$true", "$false")}",
        4 => Pick("Deceased", "Active", "!Deceased", "-not Active"),
        5 => $"{Pick("Condition", "Condition", "Payer", "Mrn")} {Pick("-like", "-notlike", "-clike")} '{Pick("E11*", "e1*", "*", "I10", "*1*", "AOK*", "0*")}'",
        6 or 7 => $"{Pick(Texts)} {Pick("-like", "-notlike", "-clike")} '{Pattern()}'",
        8 => $"{Pick([.. Texts, .. ManyTexts])} {Pick("-match", "-notmatch", "-cmatch")} '{Pick("^M", "er$", "ü", "^.{4}$", "[0-9]+", "a|b", "^$")}'",
        9 => $"{Pick([.. Texts, .. ManyTexts])} {Pick("-in", "-notin")} '{Text()}','{Text()}','{Text()}'",
        10 => $"{Pick([.. Texts, .. ManyTexts, "BirthDate", "Age", "DeceasedDate", "Active", "Source"])} {Pick("-eq", "-ne")} $null",
        11 => $"{Pick(ManyTexts)} {Pick("-contains", "-notcontains", "-eq", "-ne", "-ceq")} '{Text()}'",
        12 => $"Document.{Pick("maritalStatus.text", "multipleBirthInteger", "name.family", "address.city", "active", "nothing.there")} {Pick("-eq", "-ne", "-like")} '{Pick("married", "1", "true", "Bonn", "Meyer", "m*")}'",
        13 => $"{Pick("DeceasedDate", "BirthYear", "Version", "Sequence")} {Pick("-eq", "-lt", "-ge")} {Pick("2020", "1950", "1", "3", "30")}",
        _ => $"{Pick(Texts)} {Pick(Comparisons)} '{Text()}'",
    };

    private (string Ours, string Theirs) PlainComparison()
    {
        string property, comparison, value;
        switch (_random.Next(9))
        {
            case 0:
                (property, comparison, value) = ("Age", Pick(Comparisons), Pick("0", "25", "27", "69", "76"));
                break;
            case 1:
                (property, comparison, value) = ("BirthDate", Pick("-eq", "-lt", "-le", "-gt", "-ge", "-ne"), $"'{Pick(PlainDates)}'");
                break;
            case 2:
                (property, comparison, value) = (Pick("Deceased", "Active", "IsRemoved"), Pick("-eq", "-ne"), Pick("$true", "$false", "$null"));
                break;
            case 3:
                (property, comparison, value) = (Pick("FamilyName", "GivenName", "City", "PostalCode", "Mrn"), Pick("-like", "-notlike", "-clike", "-ilike"), $"'{PlainPattern()}'");
                break;
            case 4:
                (property, comparison, value) = (Pick("FamilyName", "GivenName", "City", "Mrn"), Pick("-match", "-notmatch", "-cmatch", "-imatch"), $"'{Pick("^M", "er$", "^.{4}$", "[0-9]+", "a|b", "N")}'");
                break;
            case 5:
                (property, comparison, value) = (Pick("FamilyName", "GivenName", "City", "PostalCode"), Pick("-in", "-notin", "-cin"), $"'{PlainText()}','{PlainText()}'");
                break;
            case 6:
                (property, comparison, value) = (Pick("FamilyName", "City", "Title", "BirthDate", "Age", "Gender"), Pick("-eq", "-ne"), "$null");
                break;
            case 7:
                (property, comparison, value) = ("FamilyName", Pick("-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-ceq", "-cne"), $"'{Pick("Meyer", "meyer", "Schmidt", "M", "z")}'");
                break;
            default:
                (property, comparison, value) = (Pick("FamilyName", "GivenName", "City", "PostalCode", "Gender", "Kvnr"), Pick("-eq", "-ne", "-ieq", "-ceq", "-cne"), $"'{PlainText()}'");
                break;
        }

        var ours = $"{property} {comparison} {value}";
        // What is missing meets no comparison of order here; for PowerShell $null comes before everything.
        return (ours, Orders.Contains(comparison, StringComparer.Ordinal) ? $"($null -ne $_.{property} -and $_.{ours})" : $"$_.{ours}");
    }

    private string Name() => $$"""{"use":"{{Pick("official", "usual", "old", "maiden")}}","family":"{{Escape(Pick(Families))}}","given":["{{Pick(Givens)}}"]{{Pick("", ",\"prefix\":[\"Dr.\"]")}}}""";

    private string Address() => $$"""{"use":"{{Pick("home", "old", "temp")}}","line":["{{Pick("Weg 1", "Am Ring 2", "weg 1")}}"],"city":"{{Pick(Cities)}}","postalCode":"{{Pick(PostalCodes)}}"{{Pick("", ",\"country\":\"DE\"", ",\"state\":\"NRW\"")}}}""";

    private string Telecom() => $$"""{"system":"{{Pick("phone", "email", "fax", "sms")}}","value":"{{Pick("+49 228 1", "a@example.org", "A@example.org", "0228")}}"}""";

    private IEnumerable<string> Identifiers(int number, bool plain)
    {
        yield return $$"""{"type":{"coding":[{"code":"MR"}]},"system":"urn:mrn","value":"{{number:D4}}"}""";
        if (_random.Next(2) == 0)
        {
            yield return $$"""{"system":"http://fhir.de/sid/gkv/kvid-10","value":"{{Pick("A123456780", "B234567895", "a123456780")}}"}""";
        }

        if (!plain && _random.Next(4) == 0)
        {
            yield return $$"""{"type":{"coding":[{"code":"MR"}]},"system":"urn:other","value":"Z{{number}}"}""";
        }

        if (!plain && _random.Next(3) == 0)
        {
            yield return $$"""{"system":"http://example.org/lab","value":"{{Pick("12/3", "12-3", "L1", "l1")}}"}""";
        }
    }

    private string Text() => Pick(Families.Concat(Givens).Concat(Cities).Concat(PostalCodes).Concat(Codes).Concat(["female", "0001", "Z3", "12/3", "A123456780", "+49 228 1", "Barmer", "Weg 1", "Dr.", "DE", ""])).Replace("'", "''", StringComparison.Ordinal);

    private string PlainText() => Pick("Müller", "MÜLLER", "mueller", "Meyer", "meyer", "Anna", "anna lena", "bonn", "Köln", "53111", "1010", "female", "A123456780", "O''Brien", "");

    private string Pattern() => Pick("M*", "mü*", "*er", "*", "?e?er", "[lm]*", "Mu*", "Mue*", "Graf*", "*-*", "x`*y", "`[a`]", "100 %*", "STRA*", "Stra?e", "", "08*", "*@*", "anna", "bon*").Replace("'", "''", StringComparison.Ordinal);

    private string PlainPattern() => Pick("M*", "mü*", "*er", "*", "?e?er", "[lm]*", "Graf*", "*-*", "x`*y", "", "0*", "anna", "Bon*", "B?nn");

    private void Maybe(int tenths, Action draw)
    {
        if (_random.Next(10) < tenths)
        {
            draw();
        }
    }

    private List<string> Some(int most, Func<string> draw)
    {
        List<string> drawn = [];
        for (var left = _random.Next(1, most + 1); left > 0; left--)
        {
            drawn.Add(draw());
        }

        return drawn;
    }

    private string Pick(params string[] values) => values[_random.Next(values.Length)];

    private string Pick(IEnumerable<string> values) => Pick(values.ToArray());

    private static string Escape(string text) => text.Replace("\"", "\\\"", StringComparison.Ordinal);
}
