using PatientTools.Search;
using static PatientTools.Search.SearchEntryKind;

namespace PatientTools.Core.Tests.Search;

[Trait("Culture", "invariant")]
public sealed class SearchEntriesTests
{
    private static readonly SearchEntryKind[] OneForEach =
    [
        Gender, FamilyName, GivenName, Title, City, PostalCode, Country, Street, Phone, Email, BirthDate, BirthYear, DeceasedDate, Deceased, Active, Source, State,
    ];

    [Fact]
    public void A_full_patient_has_its_values()
    {
        const string Document = """
            {"active":true,"gender":"female","birthDate":"1958-12-31","deceasedDateTime":"2020-12-30T10:00:00Z",
            "name":[{"use":"official","family":"Graf von Müller","given":["Anna","Maria"],"prefix":["Dr.","med."]}],
            "address":[{"line":["Am Bach 1","Hinterhaus"],"city":"Köln","postalCode":"08066","state":"NW","country":"DE"}],
            "telecom":[{"system":"phone","value":"0221 1"},{"system":"email","value":"A@b.de"},{"system":"fax","value":"0221 2"}],
            "identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"},
            {"type":{"coding":[{"code":"MR"}]},"system":"urn:x","value":"12"},{"value":"p-1"}]}
            """;
        Assert.Equal(
            Entries(
            [
                (FamilyNamePart, "graf"), (FamilyNamePart, "von"), (FamilyNamePart, "muller"),
                (FamilyNameSound, "473"), (FamilyNameSound, "36"), (FamilyNameSound, "657"),
                (GivenNamePart, "anna"), (GivenNamePart, "maria"), (GivenNameSound, "06"), (GivenNameSound, "67"),
                (FamilyNameBirth, "graf\01958-12-31"), (FamilyNameBirth, "von\01958-12-31"), (FamilyNameBirth, "muller\01958-12-31"),
                (FamilyName, "graf von mueller\0Graf von Müller"), (GivenName, "anna maria\0Anna Maria"), (Title, "dr med\0Dr. med."),
                (CityText, "koln"), (PostalCodeText, "08066"),
                (City, "koeln\0Köln"), (PostalCode, "08066\0"), (Country, "de\0DE"), (Street, "am bach 1 hinterhaus\0Am Bach 1, Hinterhaus"), (OtherAddressPart, "nw\0NW"),
                (Phone, "0221 1\0"), (Email, "a b de\0A@b.de"), (OtherTelecom, "0221 2\0"),
                (Kvnr, "a123456780\0A123456780"), (Mrn, "12\0\u001Furn:x"), (Identifier, "p 1\0p-1\u001F"),
                (Gender, "female\0"), (BirthDate, "1958-12-31"), (BirthYear, "1958"), (DeceasedDate, "2020-12-30"), (AgeAtDeath, "061"), (Deceased, "true"), (Active, "true"),
                (Source, "klinik a\0Klinik A"), (State, "living"),
            ]),
            Sorted(SearchEntries.Of(TestSubject.State(Document, "Klinik A"), [])));
    }

    [Fact]
    public void A_patient_of_whom_nothing_is_known_has_empty_terms() =>
        Assert.Equal(
            Entries([.. OneForEach.Append(Kvnr).Append(Mrn).Select(kind => (kind, kind switch { State => "removed", Deceased => "false", _ => "" }))]),
            Sorted(SearchEntries.Of(TestSubject.State("{}", isRemoved: true), [])));

    [Fact]
    public void Other_names_and_addresses_have_kinds_of_their_own()
    {
        const string Document = """
            {"name":[{"use":"maiden","family":"Schmidt"},{"use":"official","family":"Maier","given":["Eva"]},{"use":"nickname","given":["Evi"]},{"use":"usual","family":"Maier","given":["Eva"]}],
            "address":[{"use":"old","line":["Weg 2"],"city":"Ulm","postalCode":"89073","country":"DE"},{"city":"Bonn","country":"DE"}],
            "telecom":[{"system":"phone","use":"old","value":"1"},{"system":"phone","value":"2"},{"system":"sms","value":"3"},{"system":"url","value":"2"}]}
            """;
        var entries = SearchEntries.Of(TestSubject.State(Document).Document.Properties);
        Assert.Equal(["maier\0Maier"], Terms(entries, FamilyName));
        Assert.Equal(["schmidt\0Schmidt"], Terms(entries, OtherFamilyName));
        Assert.Equal(["evi\0Evi"], Terms(entries, OtherGivenName));
        Assert.Equal(["89073\0", "ulm\0Ulm", "weg 2\0Weg 2"], Terms(entries, OtherAddressPart));
        Assert.Equal(["1\0", "3\0"], Terms(entries, OtherTelecom));
        Assert.Equal(["maier", "schmidt"], Terms(entries, FamilyNamePart));
        Assert.Equal(["67", "862"], Terms(entries, FamilyNameSound));
        Assert.Equal(["bonn", "ulm"], Terms(entries, CityText));
    }

    [Theory]
    [InlineData("Müller")]
    [InlineData("Mueller")]
    public void Umlauts_sound_alike_however_they_are_written(string family) =>
        Assert.Equal(["657"], Terms(SearchEntries.Of(TestSubject.State($$"""{"name":[{"family":"{{family}}"}]}""").Document.Properties), FamilyNameSound));

    [Fact]
    public void A_name_of_text_alone_is_a_family_name()
    {
        var entries = SearchEntries.Of(TestSubject.State("""{"name":[{"text":"Madonna"}]}""").Document.Properties);
        Assert.Equal(["madonna\0Madonna"], Terms(entries, FamilyName));
        Assert.Equal(["madonna"], Terms(entries, FamilyNamePart));
    }

    [Theory]
    [InlineData("""{"birthDate":"1958","deceasedDateTime":"2020"}""", "061")]
    [InlineData("""{"birthDate":"2020-05-01","deceasedDateTime":"2020-06-01"}""", "000")]
    [InlineData("""{"birthDate":"1958","deceasedBoolean":true}""", null)]
    [InlineData("""{"deceasedDateTime":"2020"}""", null)]
    public void The_age_at_death_is_what_the_patient_shows(string document, string? age)
    {
        var state = TestSubject.State(document);
        Assert.Equal(age is null ? [] : [age], Terms(SearchEntries.Of(state, []), AgeAtDeath));
        Assert.Equal(state.ToPatient(new DateOnly(2026, 11, 24)).Age?.ToString("D3", System.Globalization.CultureInfo.InvariantCulture), age);
    }

    [Fact]
    public void A_kvnr_that_is_called_a_record_number_is_both()
    {
        var entries = SearchEntries.Of(TestSubject.State("""{"identifier":[{"type":{"coding":[{"code":"MR"}]},"system":"http://fhir.de/sid/gkv/kvid-10","value":"a1"}]}""").Document.Properties);
        Assert.Equal(["a1\0"], Terms(entries, Kvnr));
        Assert.Equal(["a1\0\u001Fhttp://fhir.de/sid/gkv/kvid-10"], Terms(entries, Mrn));
    }

    [Theory]
    [InlineData("12", "urn:x")]
    [InlineData("AB-12", null)]
    [InlineData("Ä\u001FÖ", "urn:x")]
    public void An_identifier_is_read_back_from_its_term(string value, string? system)
    {
        SearchEntries.ReadIdentifier(System.Text.Encoding.UTF8.GetBytes(SearchEntries.IdentifierTerm(value, system)), out var ownValue, out var ownSystem);
        Assert.Equal(value, System.Text.Encoding.UTF8.GetString(ownValue));
        Assert.Equal(system ?? "", System.Text.Encoding.UTF8.GetString(ownSystem));
    }

    [Fact]
    public void Conditions_give_every_code()
    {
        var entries = SearchEntries.OfRecord("Condition", """
            {"resourceType":"Condition","category":[{"coding":[{"code":"no"}]}],"code":{"text":"x","coding":[{"system":"icd","code":"E11.9"},{"code":"44054006"},{"code":"E11.9"},{"code":7}]},"stage":[{"code":{"coding":[{"code":"no"}]}}]}
            """u8);
        Assert.Equal(Entries([(Condition, "e11 9\0E11.9"), (Condition, "44054006\0")]), Sorted(entries));
    }

    [Theory]
    [InlineData("""{"payor":[{"identifier":{"value":"260326822"},"display":"AOK"},{"display":"TK"},{"identifier":{"system":"x","value":"1"}},{"reference":"Organization/1"}]}""", "aok\0AOK;tk\0TK;1\0", "260326822\0")]
    [InlineData("""{"payor":{"display":"AOK"}}""", "aok\0AOK", "")]
    [InlineData("""{"payor":[{"display":"","identifier":[{"value":"1"}]},7,null],"payor2":[{"display":"no"}]}""", "", "")]
    [InlineData("""{"payor":[{"display":"AOK"},{"display":"AOK"}]}""", "aok\0AOK", "")]
    public void Coverages_give_payers(string json, string payers, string numbers)
    {
        var entries = SearchEntries.OfRecord("Coverage", System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Equal(payers.Split(';', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), Terms(entries, Payer));
        Assert.Equal(numbers.Split(';', StringSplitOptions.RemoveEmptyEntries), Terms(entries, PayerNumber));
    }

    [Fact]
    public void Other_resources_give_nothing() =>
        Assert.Empty(SearchEntries.OfRecord("Observation", """{"code":{"coding":[{"code":"1"}]}}"""u8));

    [Fact]
    public void The_record_gives_each_entry_once() =>
        Assert.Equal(
            [(Condition, "a01\0A01"), (Payer, "aok\0AOK")],
            SearchEntries.Of(TestSubject.State("{}"), TestSubject.Record(
                ("Condition", """{"code":{"coding":[{"code":"A01"}]}}"""),
                ("Condition", """{"code":{"coding":[{"code":"A01"}]}}"""),
                ("Coverage", """{"payor":[{"display":"AOK"}]}""")))
            .Where(entry => entry.Kind is Condition or Payer).Select(entry => (entry.Kind, entry.Term)));

    [Fact]
    public void No_entry_comes_twice_however_many_there_are()
    {
        var names = string.Join(',', Enumerable.Range(0, 3000).Select(number => $$"""{"family":"Name{{number % 1500}}","given":["A","a"]}"""));
        var entries = SearchEntries.Of(TestSubject.State($$"""{"name":[{{names}}]}"""), []);
        Assert.Equal(entries.Count, entries.Distinct().Count());
        Assert.Equal(1500, Terms(entries, FamilyNamePart).Count());
        Assert.Equal(1499, Terms(entries, OtherFamilyName).Count());
    }

    [Fact]
    public void Every_kind_that_says_so_is_there_once_in_every_sample() =>
        Assert.All(
            PatientTools.Synthesis.PatientSampler.Generate(new() { Count = 300, Seed = 1, Today = new(2026, 1, 1) }, Synthesis.FewNames.Instance),
            sample => Assert.All(OneForEach.Except([Source, State]), kind => Assert.Single(Terms(sample.Document.SearchEntries, kind))));

    private static IEnumerable<string> Terms(IEnumerable<SearchEntry> entries, SearchEntryKind kind) =>
        entries.Where(entry => entry.Kind == kind).Select(entry => entry.Term).Order(StringComparer.Ordinal);

    private static IEnumerable<SearchEntry> Entries(IEnumerable<(SearchEntryKind Kind, string Term)> entries) =>
        Sorted(entries.Select(entry => new SearchEntry(entry.Kind, entry.Term)));

    private static IEnumerable<SearchEntry> Sorted(IEnumerable<SearchEntry> entries) =>
        entries.OrderBy(entry => entry.Kind).ThenBy(entry => entry.Term, StringComparer.Ordinal);
}
