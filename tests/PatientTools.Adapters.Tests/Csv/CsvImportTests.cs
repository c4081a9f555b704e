using System.Text;
using System.Text.Json;
using CsCheck;
using PatientTools.Adapters.Csv;
using PatientTools.Interchange;
using PatientTools.Patients;

namespace PatientTools.Adapters.Tests.Csv;

public sealed class CsvImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ImportOptions Options(CsvOptions? csv = null) => new() { CsvFormat = new SylvanCsvFormat(), Csv = csv ?? new CsvOptions(), Workers = 2 };

    private List<ImportItem> Read(string text, CsvOptions? csv = null, Encoding? encoding = null) => Read((encoding ?? Encoding.UTF8).GetBytes(text), csv);

    private List<ImportItem> Read(byte[] content, CsvOptions? csv = null, string name = "a.csv")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return [.. PatientSources.Open(path, Options(csv)).Read()];
    }

    private static string Legacy(ImportItem item) => ((PatientItem)item).Legacy is { } legacy ? Encoding.UTF8.GetString(legacy) : "";

    private static PatientProperties Properties(ImportItem item) => Assert.IsType<PatientItem>(item).Document.Properties;

    /// <summary>A row's value as somebody would look for it: in legacy, else in the document.</summary>
    private static string? Back(PatientItem item, string column, PatientField? field)
    {
        if (item.Legacy is { } legacy)
        {
            using var document = JsonDocument.Parse(legacy);
            if (document.RootElement.TryGetProperty(column, out var value))
            {
                return value.GetString();
            }
        }

        return field is { } known ? PatientFields.Read(item.Document.Properties, known) : null;
    }

    [Theory]
    [InlineData("Nachname,Vorname,Geburtsdatum,Geschlecht,PLZ,Ort,Straße,Hausnummer,KVNR,Patientennummer\nMüller,Anna,03.02.1951,w,08066,Köln,Hauptstraße,1a,A123456780,4711")]
    [InlineData("NACHNAME;vorname;geburts_datum;GESCHLECHT;plz;Wohnort;Strasse;Hausnr.;Versichertennummer;MRN\r\nMüller;Anna;1951-02-03;weiblich;08066;Köln;Hauptstraße;1a;A123456780;4711\r\n")]
    [InlineData("Last Name\tFirst Name\tDate of Birth\tSex\tZip Code\tTown\tStreet\tHouse Number\tkvnr\tMedical Record Number\nMüller\tAnna\t19510203\tF\t08066\tKöln\tHauptstraße\t1a\tA123456780\t4711")]
    [InlineData("sep=|\r\n\"Nachname\"|\"Vorname\"|\"GebDatum\"|\"Geschlecht\"|\"PLZ\"|\"Stadt\"|\"Strasse\"|\"Hausnummer\"|\"KVNR\"|\"MRN\"\r\n\"Müller\"|\"Anna\"|\"3.2.1951\"|\"Frau\"|\"08066\"|\"Köln\"|\"Hauptstraße\"|\"1a\"|\"A123456780\"|\"4711\"")]
    public void Headings_of_either_language_and_any_separator_are_known(string csv)
    {
        var properties = Properties(Read(csv).Single());

        Assert.Equal(("Müller", "Anna", "1951-02-03", "female"), (properties.FamilyName, properties.GivenName, properties.BirthDate.ToString(), properties.Gender));
        Assert.Equal(("08066", "Köln", "Hauptstraße 1a", "A123456780", "4711"), (properties.Address?.PostalCode, properties.Address?.City, properties.Street, properties.Kvnr, properties.Mrn));
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-mark", "utf-16", "utf-16-mark", "utf-16BE", "utf-16BE-mark", "windows-1252"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_is_recognised(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name.Replace("-mark", "", StringComparison.Ordinal));
        byte[] mark = name.EndsWith("-mark", StringComparison.Ordinal) ? encoding.GetPreamble() : [];
        var items = Read([.. mark, .. encoding.GetBytes("Nachname,Vorname,Straße\nGroß,Jörg,Äußere Straße\nŠimek,Žofie,€\n")]);

        Assert.Equal(["Groß", "Šimek"], items.Select(item => Properties(item).FamilyName));
        Assert.Equal(["Äußere Straße", "€"], items.Select(item => Properties(item).Street));
    }

    [Fact]
    public void A_stray_windows_byte_far_into_a_utf8_file_is_not_lost()
    {
        var head = "Nachname,Vorname\n" + string.Concat(Enumerable.Repeat("Müller,Anna\n", 10_000));
        var items = Read([.. Encoding.UTF8.GetBytes(head), .. Encoding.Latin1.GetBytes("Groß,Jörg\n")]);

        Assert.Equal(10_001, items.Count);
        Assert.Equal(("Groß", "Jörg"), (Properties(items[^1]).FamilyName, Properties(items[^1]).GivenName));
        Assert.Equal("Müller", Properties(items[^2]).FamilyName);
    }

    [Fact]
    public void A_named_encoding_goes_before_recognition()
    {
        var latin9 = CodePagesEncodingProvider.Instance.GetEncoding("iso-8859-15")!;

        Assert.Equal("Š€", Properties(Read(latin9.GetBytes("Nachname,Vorname\nŠ€,B"), new CsvOptions { Encoding = latin9 }).Single()).FamilyName);
    }

    [Theory]
    [InlineData("1951-02-03", "1951-02-03", false)]
    [InlineData("1951-02", "1951-02", false)]
    [InlineData("1951", "1951", false)]
    [InlineData("1951-02-00", "1951-02", true)]
    [InlineData("19510203", "1951-02-03", true)]
    [InlineData("19510000", "1951", true)]
    [InlineData("03.02.1951", "1951-02-03", true)]
    [InlineData("3.2.1951", "1951-02-03", true)]
    [InlineData("00.02.1951", "1951-02", true)]
    [InlineData("00.00.1951", "1951", true)]
    [InlineData("02.1951", "1951-02", true)]
    [InlineData("1951-02-03T00:00:00", "1951-02-03", true)]
    [InlineData("1951-02-03 00:00:00", "1951-02-03", true)]
    [InlineData("31.02.1951", null, true)]
    [InlineData("02/03/1951", null, true)]
    [InlineData("soon", null, true)]
    public void Dates_are_read_where_they_are_certain_and_kept_where_they_are_spelled_otherwise(string text, string? expected, bool isKept)
    {
        var items = Read($"Nachname,Geburtsdatum\nA,{text}\n");

        Assert.Equal(expected, Properties(items[0]).BirthDate?.ToString());
        Assert.Equal(isKept ? $$"""{"Geburtsdatum":"{{text}}"}""" : "", Legacy(items[0]));
        Assert.Equal(expected is null ? 1 : 0, items.OfType<NoticeItem>().Count());
    }

    [Theory]
    [InlineData("m", "male")]
    [InlineData("Männlich", "male")]
    [InlineData("W", "female")]
    [InlineData("d", "other")]
    [InlineData("divers", "other")]
    [InlineData("unbekannt", "unknown")]
    [InlineData("purple", null)]
    public void Words_for_a_gender_are_translated_and_kept(string text, string? expected)
    {
        var items = Read($"Nachname,Geschlecht\nA,{text}\n");

        Assert.Equal(expected, Properties(items[0]).Gender);
        Assert.Equal($$"""{"Geschlecht":"{{text}}"}""", Legacy(items[0]));
    }

    [Fact]
    public void What_could_not_be_read_is_told_once_for_each_column()
    {
        var rows = string.Concat(Enumerable.Repeat("A,02/03/1951,x1\n", 2000));
        var notices = Read("Nachname,Geburtsdatum,Geschlecht\n" + rows).OfType<NoticeItem>().ToList();

        Assert.Equal(2, notices.Count);
        Assert.Contains("'Geburtsdatum': 2000 values", notices[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1951", notices[0].Message, StringComparison.Ordinal);
        Assert.Contains("'Geschlecht': 2000 values", notices[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_fit_the_heading_or_their_quotes_are_rejected_with_their_line()
    {
        var items = Read("Nachname,Vorname\nA,\"two\nlines\"\n\nB\nC,D,E\n\"F\"x,G\nH,\"say \"\"hi\"\"\"\nI,mid \"quote\" word\n");

        Assert.Equal([(5L, "CsvColumnCount"), (6L, "CsvColumnCount"), (7L, "CsvQuotes")], items.OfType<RejectedItem>().Select(item => (item.Place.Line, item.Reason.ErrorId)));
        Assert.All(items.OfType<RejectedItem>(), item => Assert.StartsWith("a.csv: ", item.Reason.Message, StringComparison.Ordinal));
        Assert.Equal([2, 8, 9], items.OfType<PatientItem>().Select(item => item.Place.Line));
        Assert.Equal("say \"hi\"", Properties(items.OfType<PatientItem>().ElementAt(1)).GivenName);
    }

    [Fact]
    public void A_quote_never_closed_is_told_where_it_began()
    {
        var items = Read("Nachname,Vorname\nA,B\nC,\"D\nE,F\n");

        Assert.Equal((3L, "CsvQuotes"), items.OfType<RejectedItem>().Select(item => (item.Place.Line, item.Reason.ErrorId)).Single());
        Assert.Single(items.OfType<PatientItem>());
    }

    [Fact]
    public void A_map_goes_before_recognition()
    {
        var csv = new CsvOptions { Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["x1"] = "familyname", ["Vorname"] = "Legacy" } };
        var item = Read("x1,Nachname,Vorname\nMüller,Alt,Anna\n", csv).Single();

        Assert.Equal(("Müller", null), (Properties(item).FamilyName, Properties(item).GivenName));
        Assert.Equal("""{"Nachname":"Alt","Vorname":"Anna"}""", Legacy(item));
    }

    [Theory]
    [InlineData("Nachnam", "FamilyName", "UnknownImportColumn", "'Nachname'")]
    [InlineData("Nachname", "FamlyName", "UnknownImportProperty", "'FamilyName'")]
    public void A_map_with_a_wrong_name_tells_the_nearest(string column, string property, string errorId, string nearest)
    {
        var error = Assert.Throws<PatientToolsException>(() => Read("Nachname,Vorname\nA,B\n", new CsvOptions { Map = new Dictionary<string, string>(StringComparer.Ordinal) { [column] = property } }));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains($"Did you mean {nearest}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_nobody_knows_are_told_and_a_heading_alone_is_no_patient()
    {
        Assert.Equal("UnknownCsvColumns", Assert.IsType<RejectedItem>(Read("x,y\n1,2\n").Single()).Reason.ErrorId);
        Assert.Empty(Read("Nachname,Vorname\n"));
    }

    [Fact]
    public void Columns_of_one_name_or_none_keep_their_values_apart()
    {
        Assert.Equal("""{"Telefon (2)":"2","Column 4":"3"}""", Legacy(Read("Nachname,Telefon,Telefon,\nA,1,2,3\n").Single()));
    }

    [Fact]
    public void A_row_without_an_id_is_known_by_its_content()
    {
        var items = Read("Nachname,Vorname\nA,B\nA,C\nA,B\n").Cast<PatientItem>().ToList();

        Assert.Equal(items[0].SourceId, items[2].SourceId);
        Assert.NotEqual(items[0].SourceId, items[1].SourceId);
        Assert.Equal("p 1", ((PatientItem)Read("id,Nachname\np 1,A\n").Single()).SourceId);
        Assert.Equal(("p1", "p1"), (((PatientItem)Read("id,Nachname\np1,A\n").Single()).SourceId, Properties(Read("id,Nachname\np1,A\n").Single()).FhirId));
    }

    [Fact]
    public void Synthea_is_known()
    {
        var item = Read("Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS,CITY,STATE,COUNTY,ZIP\nb9c610cd,2019-02-17,2020-01-02,999-65-3251,,,Mr.,Damon455,Langosh790,,,M,white,irish,M,Middleborough,620 Lynch Tunnel,Springfield,Massachusetts,Hampden,01104\n").Single();

        var properties = Properties(item);
        Assert.Equal(("b9c610cd", "Damon455", "Langosh790", "Mr.", "2020-01-02"), (properties.FhirId, properties.GivenName, properties.FamilyName, properties.Title, properties.DeceasedDate.ToString()));
        Assert.Equal("""{"SSN":"999-65-3251","MARITAL":"M","RACE":"white","ETHNICITY":"irish","GENDER":"M","BIRTHPLACE":"Middleborough","COUNTY":"Hampden"}""", Legacy(item));
    }

    [Fact]
    public void Csv_is_recognised_without_its_ending()
    {
        Assert.Single(Read(Encoding.UTF8.GetBytes("Nachname;Vorname\nA;B\n"), name: "export.dat"));
    }

    [Fact]
    public void An_empty_value_stays_empty_where_another_column_fills_the_property()
    {
        Assert.Equal("""{"Straße":"","Zusatz":"Hinterhaus"}""", Legacy(Read("Nachname,Straße,Zusatz\nA,,Hinterhaus\n").Single()));
    }

    [Fact]
    public void Any_value_of_any_row_comes_back()
    {
        var columns = new (string Name, PatientField? Field)[] { ("Nachname", PatientField.FamilyName), ("Vorname", PatientField.GivenName), ("Geburtsdatum", PatientField.BirthDate), ("Straße", PatientField.Street), ("Hausnummer", null), ("Telefon", PatientField.Phone), ("Notiz", null) };
        var text = Gen.Char["aÄß ,;\"'\n=+-@0123./"].Array[0, 12].Select(characters => new string(characters));
        text.Array[7].Array[1, 6].Sample(
            rows =>
            {
                var csv = new StringBuilder(string.Join(',', columns.Select(column => column.Name))).Append("\r\n");
                foreach (var row in rows)
                {
                    csv.AppendJoin(',', row.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
                }

                var items = Read(csv.ToString(), new CsvOptions { Delimiter = ',' }).OfType<PatientItem>().ToList();
                Assert.Equal(rows.Length, items.Count);
                foreach (var (row, item) in rows.Zip(items))
                {
                    Assert.Equal(row, columns.Select(column => Back(item, column.Name, column.Field) ?? ""));
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Our_own_csv_is_read_with_its_guard_taken_off()
    {
        var path = Path.Combine(_folder, "own.csv");
        var patient = new Patient { FamilyName = "=cmd", Phone = "+49 228 1", BirthDate = new PartialDate(1958, 12), Active = true, Street = "a; \"b\"" };
        PatientExport.Write(path, [new ExportItem(patient, default)], new ExportOptions { ByteOrderMark = true, Delimiter = ';' });
        var properties = Properties(PatientSources.Open(path, Options()).Read().Single());

        Assert.Equal(("=cmd", "+49 228 1", "1958-12", true, "a; \"b\""), (properties.FamilyName, properties.Phone, properties.BirthDate.ToString(), properties.Active, properties.Street));
    }

    [Theory]
    [InlineData("febrl/dataset1.csv", 1000, ", ")]
    [InlineData("febrl/dataset2.csv", 5000, ", ")]
    [InlineData("splink/fake_1000.csv", 1000, ",")]
    public void Every_value_of_real_files_comes_back(string file, int count, string separator)
    {
        var path = RealData(file);
        var items = PatientSources.Open(path, Options()).Read().OfType<PatientItem>().ToList();

        // These files have no quotes, so splitting is a second opinion on reading them.
        var lines = File.ReadAllLines(path);
        var columns = lines[0].Split(separator);
        Assert.Equal(count, items.Count);
        foreach (var (item, line) in items.Zip(lines.Skip(1)))
        {
            var values = line.Split(separator);
            Assert.Equal(values, columns.Select(column => Back(item, column, FieldOf(column)) ?? ""));
            Assert.Equal(values[0], item.SourceId);
        }
    }

    [Fact]
    public void Febrl_rows_are_understood()
    {
        var item = PatientSources.Open(RealData("febrl/dataset1.csv"), Options()).Read().First(item => ((PatientItem)item).SourceId == "rec-122-org");
        var properties = Properties(item);

        Assert.Equal(("lachlan", "berry", "69 giblin street, killarney", "bittern"), (properties.GivenName, properties.FamilyName, properties.Street, properties.Address?.City));
        Assert.Equal(("4814", "qld", "1999-02-19"), (properties.Address?.PostalCode, properties.Address?.State, properties.BirthDate.ToString()));
    }

    private static PatientField? FieldOf(string column) => column switch
    {
        "rec_id" or "unique_id" => PatientField.FhirId,
        "given_name" or "first_name" => PatientField.GivenName,
        "surname" => PatientField.FamilyName,
        "suburb" or "city" => PatientField.City,
        "postcode" => PatientField.PostalCode,
        "state" => PatientField.State,
        "address_1" => PatientField.Street,
        "date_of_birth" or "dob" => PatientField.BirthDate,
        "email" => PatientField.Email,
        _ => null,
    };

    private static string RealData(string relative)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "PatientTools.sln")))
        {
            root = root.Parent;
        }

        var folder = Environment.GetEnvironmentVariable("PATIENTTOOLS_DATA") is { Length: > 0 } named ? named : Path.Combine(root?.Parent?.FullName ?? "", "shared", "data");
        var path = Path.Combine(folder, relative);
        Assert.SkipUnless(File.Exists(path), $"Real data is absent: {relative}");
        return path;
    }
}
