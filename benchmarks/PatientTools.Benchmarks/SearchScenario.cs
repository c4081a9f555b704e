using System.Globalization;
using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Filter;
using PatientTools.Search.Text;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>Pages, totals and groups, each beside a query by hand for the same answer.</summary>
internal static class SearchScenario
{
    private const int Samples = 41;
    private const int PageSize = 50;

    public static int Run(BenchmarkArguments arguments)
    {
        using var session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), arguments.SearchStoreFile, new StoreOptions { ReadOnly = true });
        using var byHand = new HandWrittenSearch(arguments.SearchByHandFile);
        var search = session.Search();
        var parts = byHand.NameParts();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parts.Count:N0} distinct name parts"));

        Compare(search, byHand, "two-word name prefix `anna mül`", new PatientQueryBuilder { Name = "anna mül" }.Build(),
            "SELECT patient FROM name_part WHERE term >= 'anna' AND term < 'annb' INTERSECT SELECT patient FROM name_part WHERE term >= 'mul' AND term < 'mum'");
        Compare(search, byHand, "short two-word prefix `a m`", new PatientQueryBuilder { Name = "a m" }.Build(),
            "SELECT patient FROM name_part WHERE term >= 'a' AND term < 'b' INTERSECT SELECT patient FROM name_part WHERE term >= 'm' AND term < 'n'");
        Compare(search, byHand, "name prefix `m`", new PatientQueryBuilder { Name = "m" }.Build(),
            "SELECT DISTINCT patient FROM name_part WHERE term >= 'm' AND term < 'n'");
        Compare(search, byHand, "family name `Müller`, born 1950 to 1969", Filtered("FamilyName -eq 'Müller' -and BirthDate -ge '1950' -and BirthDate -le '1969'"),
            "SELECT DISTINCT patient FROM name_part WHERE term = 'muller' AND birth >= '1950' AND birth < '1970'");
        Compare(search, byHand, "name `müller…`, born 1950 to 1969", new PatientQueryBuilder { Name = "müller", BornAfter = new PartialDate(1949), BornBefore = new PartialDate(1970) }.Build(),
            "SELECT DISTINCT patient FROM name_part WHERE term >= 'muller' AND term < 'mulles' AND birth >= '1950' AND birth < '1970'");
        Compare(search, byHand, "city + age + gender", Filtered("City -eq 'Berlin' -and Age -ge 65 -and Gender -eq 'female'"),
            "SELECT key AS patient FROM patient WHERE city = 'Berlin' AND gender = 'female' AND birth <= '" + DateTime.Today.AddYears(-65).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "'");
        Compare(search, byHand, "city + age + gender, without that index", Filtered("City -eq 'Berlin' -and Age -ge 65 -and Gender -eq 'female'"),
            "SELECT key AS patient FROM patient NOT INDEXED WHERE city = 'Berlin' AND gender = 'female' AND birth <= '" + DateTime.Today.AddYears(-65).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "'");
        Compare(search, byHand, "diagnosis `E11*`", Filtered("Condition -like 'E11*'"),
            "SELECT DISTINCT patient FROM diagnosis WHERE code >= 'E11' AND code < 'E12'");
        Compare(search, byHand, "sounds like `Meyer`", new PatientQueryBuilder { Name = "Meyer", Phonetic = true }.Build(),
            "SELECT patient FROM sound WHERE code = '67'");
        Compare(search, byHand, "gender alone", Filtered("Gender -eq 'female'"), "SELECT key AS patient FROM patient WHERE gender = 'female'");
        Compare(search, byHand, "age alone", Filtered("Age -ge 65"),
            "SELECT key AS patient FROM patient WHERE birth > '' AND birth <= '" + DateTime.Today.AddYears(-65).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "'");
        Fuzzy(search, parts);
        DeepPage(search, byHand, arguments.Count);
        Groups(search, byHand);
        return 0;
    }

    private static PatientQuery Filtered(string filter) => new() { Where = PatientFilter.Parse(filter, null) };

    private static void Compare(PatientSearch search, HandWrittenSearch byHand, string what, PatientQuery query, string keys)
    {
        var total = 0L;
        var rows = 0;
        var page = Report.MedianMicroseconds(Samples, _ => rows = search.Find(query, new ResultWindow(0, PageSize, false)).Patients.Count());
        var count = Report.MedianMicroseconds(Samples, _ => total = search.Count(query));
        var handPage = Report.MedianMicroseconds(Samples, _ => byHand.Read($"SELECT p.* FROM ({keys} ORDER BY patient LIMIT {PageSize}) JOIN patient p ON p.key = patient"));
        var handTotal = 0L;
        var handCount = Report.MedianMicroseconds(Samples, _ => handTotal = byHand.Number($"SELECT count(*) FROM ({keys})"));
        if (rows != Math.Min(total, PageSize))
        {
            throw new InvalidOperationException($"{what}: a page of {rows} of {total} patients.");
        }

        Report.Row($"{what}: page of {PageSize}", $"{page / 1000:N2} ms", $"{handPage / 1000:N2} ms by hand", page / handPage);
        Report.Row($"{what}: total", $"{count / 1000:N2} ms, {total:N0} patients (allowed {10 + (total * 0.06 / 1000):N1} ms)", $"{handCount / 1000:N2} ms by hand, {handTotal:N0}", count / handCount);
    }

    private static void Fuzzy(PatientSearch search, List<string> parts)
    {
        foreach (var word in (string[])["Schmitd", "Müler", "Hofmannn"])
        {
            var query = new PatientQueryBuilder { Name = word, Fuzzy = true }.Build();
            IReadOnlyList<string> best = [];
            var ours = Report.MedianMicroseconds(Samples, _ => best = [.. search.Find(query, new ResultWindow(0, PageSize, true)).Patients.Select(patient => $"{patient.FamilyName} {patient.Score:N2}")]);
            var near = 0;
            var folded = TextFolding.Fold(word);
            var byHand = Report.MedianMicroseconds(3, _ => near = parts.Count(part => Distance(folded, part) <= 2));
            Report.Row($"looks like `{word}`: page and total", $"{ours / 1000:N2} ms, first {best[0]}", $"{byHand / 1000:N2} ms Levenshtein by hand over the name parts in memory, {near:N0} near", ours / byHand);
        }
    }

    private static void DeepPage(PatientSearch search, HandWrittenSearch byHand, long count)
    {
        var query = new PatientQuery { Order = [new SortOrder(SearchProperties.Find("FamilyName")!, false), new SortOrder(SearchProperties.Find("GivenName")!, false)] };
        var deep = search.Page(query, PageSize, (count / PageSize / 2) + 1);
        var last = deep.Items[^1];
        var rows = 0;
        var first = Report.MedianMicroseconds(Samples, _ => rows = search.Find(query, new ResultWindow(0, PageSize, false)).Patients.Count());
        var after = Report.MedianMicroseconds(Samples, _ => search.PageAfter(query, PageSize, deep.Cursor!));
        var skip = Report.MedianMicroseconds(Samples, _ => rows += search.Find(query, new ResultWindow(count / 2, PageSize, false)).Patients.Count());
        var handFirst = Report.MedianMicroseconds(Samples, _ => byHand.Read($"SELECT * FROM patient ORDER BY family, given, key LIMIT {PageSize}"));
        var handAfter = Report.MedianMicroseconds(Samples, _ => byHand.Read($"SELECT * FROM patient WHERE (family, given, key) > (?, ?, ?) ORDER BY family, given, key LIMIT {PageSize}", last.FamilyName ?? "", last.GivenName ?? "", 0L));
        var handSkip = Report.MedianMicroseconds(5, _ => byHand.Read($"SELECT * FROM patient ORDER BY family, given, key LIMIT {PageSize} OFFSET {count / 2}"));
        if (rows < PageSize * 2)
        {
            throw new InvalidOperationException("A page by name is not full.");
        }

        Report.Row("first page by name", $"{first / 1000:N2} ms", $"{handFirst / 1000:N2} ms by hand", first / handFirst);
        Report.Row($"page {(count / PageSize / 2) + 2:N0} by name, after a cursor", $"{after / 1000:N2} ms", $"{handAfter / 1000:N2} ms by hand (keyset)", after / handAfter);
        Report.Row($"page {(count / PageSize / 2) + 1:N0} by name, by number", $"{skip / 1000:N2} ms", $"{handSkip / 1000:N2} ms by hand (OFFSET)", skip / handSkip);
    }

    private static void Groups(PatientSearch search, HandWrittenSearch byHand)
    {
        Group("City", "SELECT city, count(*) FROM patient GROUP BY city");
        Group("Gender", "SELECT gender, count(*) FROM patient GROUP BY gender");
        Group("BirthYear", "SELECT substr(birth, 1, 4) AS year, count(*) FROM patient GROUP BY year");
        Group("City,Gender", "SELECT city, gender, count(*) FROM patient GROUP BY city, gender");
        Group("Condition", "SELECT code, count(*) FROM diagnosis GROUP BY code");

        void Group(string names, string sql)
        {
            GroupProperty[] properties = [.. names.Split(',').Select(name => GroupProperty.Find(name)!)];
            var groups = 0;
            var ours = Report.MedianMicroseconds(11, _ => groups = search.MeasureGroups(new PatientQuery(), properties).Count);
            var rows = 0L;
            var hand = Report.MedianMicroseconds(5, _ => rows = byHand.Read(sql));
            Report.Row($"counts by {names}", $"{ours / 1000:N1} ms, {groups:N0} groups", $"{hand / 1000:N1} ms by hand, {rows:N0}", ours / hand);
        }
    }

    /// <summary>The textbook's distance.</summary>
    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
