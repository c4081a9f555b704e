using System.Text;
using PatientTools.Adapters.Sqlite;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Adapters.Tests.Validation.Runs;

public sealed class StoreRunTests : IDisposable
{
    private const string KvnrSystem = "http://fhir.de/sid/gkv/kvid-10";
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
    private readonly PatientStoreSession _session;

    public StoreRunTests() => _session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), Path.Combine(_folder, "s.ptstore"), new StoreOptions());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ValidationOptions Options => new() { Today = new(2026, 7, 1), Language = ResultLanguage.English, Workers = 2 };

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Patients_of_a_store_are_checked_with_their_records_as_of_the_answer()
    {
        var lines = Enumerable.Range(1, 700).Select(i => Person($"p{i}", "Meier", "Anna", "1970-01-01", record: i == 500 ? """,{"resourceType":"Condition","code":{"coding":[{"code":""}]}}""" : ""));
        Import([.. lines]);
        var answer = _session.Search().Find(new PatientQuery(), ResultWindow.All, Token);
        Import([Person("p699", "", "Anna", "1970-01-01")]);
        using var run = new ValidationRun(RuleSet.Choose(["EmptyValue", "DuplicateId"]), Options);
        var results = run.Read(_session, answer, Token).ToList();
        Assert.Equal(Enumerable.Range(1, 700).Select(i => $"p{i}"), results.Select(result => result.FhirId));
        Assert.All(results, result => Assert.NotNull(result.Id));
        Assert.Equal("p500", results.Single(result => !result.IsValid).FhirId);
        Assert.Equal("record[1].code.coding[0].code", results[499].Issues.Single().Path);
        Assert.Equal(["p699", "p500"], Checked(run).Where(result => !result.IsValid).Select(result => result.FhirId).OrderDescending());
    }

    [Fact]
    public void Two_sources_may_use_the_same_id()
    {
        Import([Person("example", "Meier", "Anna", "1970-01-01")]);
        Import([Person("example", "Schulz", "Otto", "1950-01-01")], "other");
        using var run = new ValidationRun(RuleSet.Choose(["DuplicateId"]), Options);
        Assert.Equal(2, Checked(run).Count);
        Assert.All(Checked(run), result => Assert.Empty(result.Issues));
    }

    [Fact]
    public void Who_is_in_the_store_already_is_told_with_the_stores_id_but_nobody_is_held_against_himself()
    {
        Import(
        [
            Person("a", "Müller-Lüdenscheidt", "Anna Lena", "1970-01-01", kvnr: "A123456780"),
            Person("b", "Schulz", "Otto", "1950-05-05", mrn: "77"),
            Person("c", "Schulz", "Karl", "1960-06-06"),
        ]);
        var ids = Checked(new ValidationRun(RuleSet.Choose(["Stored*"]), Options)).ToDictionary(result => result.FhirId!, result => result.Id!.Value.ToString());
        using var run = new ValidationRun(RuleSet.Choose(["Stored*"]), Options with { CompareWith = _session });
        Assert.All(Checked(run), result => Assert.Empty(result.Issues));

        var text = string.Join('\n',
        [
            Person("x1", "Weber", "Eva", "1999-09-09", kvnr: "A123456780"),
            Person("x2", "MUELLER Luedenscheidt", "Anna", "1970-01-01"),
            Person("x3", "Müller", "Anna", "1970-01-01"),
            Person("x4", "Schulz", "Otto", "1950-05-06"),
            Person("x5", "Schulz", "Maria", "1960-06-06"),
            Person("x6", "Schulz", "Otto", "1950-05-05"),
            Person("a", "Müller-Lüdenscheidt", "Anna Lena", "1970-01-01", kvnr: "A123456780"),
            Person("x7", "Schulz", "Otto", "1950-05-05", mrn: "77"),
            Person("x8", "Müller-Lüdenscheidt", "Anna Lena", "1970-01-01", kvnr: "A123456780"),
            "{\"resourceType\":\"Patient\",",
        ]);
        var results = run.Read(PatientSources.FromText(text, new ImportOptions { Format = ImportFormat.Ndjson }), Token).ToList();
        Assert.Equal(
            [
                $"x1 StoredKvnr Patient.identifier[0].value {ids["a"]}",
                $"x2 StoredPerson Patient.name {ids["a"]}",
                "x3",
                "x4",
                "x5",
                $"x6 StoredPerson Patient.name {ids["b"]}",
                "a",
                "x7",
                $"x8 StoredKvnr Patient.identifier[0].value {ids["a"]}",
                "",
            ],
            results.Select(result => string.Join(' ', result.Issues.Where(issue => issue.RuleId != "JsonSyntax").Select(issue => $"{issue.RuleId} {issue.Path} {issue.Hint!.Split(' ', ':')[3]}").Prepend(result.FhirId ?? ""))));

        _session.Writer().Apply(new RemovePatient(PatientId.Parse(ids["b"]!), null));
        Assert.Empty(run.Add(Input(Person("x9", "Schulz", "Otto", "1950-05-05")), Token)[0].Issues);
    }

    [Fact]
    public void An_import_that_validates_refuses_what_has_errors_as_it_does_bad_lines()
    {
        var text = string.Join('\n', Person("a", "Meier", "Anna", "1970-01-01"), Person("b", "Meier", "Anna", "1970-13-41"), "{", Person("c", "M3ier", "Anna", "1970-01-01"));
        var rules = RuleSet.Choose(["BirthDateImpossible", "EmptyValue"]);
        var run = new ImportRun(_session, "clinic", new ImportValidation(rules, Options));
        var reports = run.Take(PatientSources.FromText(text, new ImportOptions { Format = ImportFormat.Ndjson }), null, Token).Cast<RejectedItem>().ToList();
        Assert.Equal(["2 InvalidPatient", "3 InvalidJson"], reports.Select(item => $"{item.Place.Line} {item.Reason.ErrorId}"));
        Assert.Contains("Patient.birthDate", reports[0].Reason.Message, StringComparison.Ordinal);
        Assert.Contains("[BirthDateImpossible]", reports[0].Reason.Message, StringComparison.Ordinal);
        Assert.Equal((2, 2), (run.Summary.Added, run.Summary.Rejected));
        var piped = PatientItemBuilder.FromDictionary(new Dictionary<string, object> { ["resourceType"] = "Patient", ["birthDate"] = "" });
        Assert.Equal("InvalidPatient", ((RejectedItem)Assert.Single(run.Add(piped, Token))).Reason.ErrorId);
    }

    private static PatientInput Input(string json) => new() { Place = new SourcePlace("pipeline"), Document = Encoding.UTF8.GetBytes(json), Record = [] };

    private static string Person(string id, string family, string given, string born, string? kvnr = null, string? mrn = null, string record = "")
    {
        var identifier = kvnr is not null ? $$""","identifier":[{"system":"{{KvnrSystem}}","value":"{{kvnr}}"}]"""
            : mrn is not null ? $$""","identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:h","value":"{{mrn}}"}]"""
            : "";
        var resources = record.Length == 0 ? "" : $$""","record":[{"resourceType":"Observation","status":"final"}{{record}}]""";
        return $$"""{"resourceType":"Patient","id":"{{id}}"{{identifier}},"name":[{"family":"{{family}}","given":["{{given}}"]}],"birthDate":"{{born}}"{{resources}}}""";
    }

    private List<PatientValidationResult> Checked(ValidationRun run) => [.. run.Read(_session, _session.Search().Find(new PatientQuery(), ResultWindow.All, Token), Token)];

    private void Import(string[] lines, string source = "clinic")
    {
        var run = new ImportRun(_session, source);
        Assert.Empty(run.Take(PatientSources.FromText(string.Join('\n', lines), new ImportOptions { Format = ImportFormat.Ndjson }), null, Token));
    }
}
