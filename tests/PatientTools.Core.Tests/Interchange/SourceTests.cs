using System.Text;
using PatientTools.Interchange;

namespace PatientTools.Core.Tests.Interchange;

public sealed class SourceTests : IDisposable
{
    private const string Patient = """{"resourceType":"Patient","id":"a"}""";
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_missing_file_a_folder_and_an_empty_file_are_told_on_opening()
    {
        Assert.Equal("FileNotFound", Assert.Throws<PatientToolsException>(() => PatientSources.Open(_sandbox.At("none.ndjson"))).ErrorId);
        Assert.Equal("FileNotFound", Assert.Throws<PatientToolsException>(() => PatientSources.Open(_sandbox.At("none/none.ndjson"))).ErrorId);
        Assert.Equal("PathIsFolder", Assert.Throws<PatientToolsException>(() => PatientSources.Open(_sandbox.Folder)).ErrorId);
        Assert.Equal("EmptyImportFile", Assert.Throws<PatientToolsException>(() => PatientSources.Open(_sandbox.Write("a.json", ""))).ErrorId);
        Assert.Equal("EmptyImportFile", Assert.Throws<PatientToolsException>(() => PatientSources.Open(_sandbox.Write("a.json.gz", " \r\n"))).ErrorId);
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D, 0x31 })]
    public void What_is_nothing_we_know_is_told_on_opening(byte[] content)
    {
        Assert.Equal("UnknownImportFormat", Assert.Throws<PatientToolsException>(() => PatientSources.Open(_sandbox.Write("scan.bin", content))).ErrorId);
    }

    [Fact]
    public void Csv_without_a_reader_for_it_is_told()
    {
        var source = PatientSources.Open(_sandbox.Write("a.csv", "Nachname,Vorname\nA,B\n"));

        Assert.Equal("CsvNotAvailable", Assert.Throws<PatientToolsException>(() => source.Read().ToList()).ErrorId);
    }

    [Fact]
    public void A_pretty_printed_patient_is_one_document()
    {
        var item = (PatientItem)_sandbox.Read("a.json", "{\n  \"resourceType\": \"Patient\",\n  \"id\": \"a\",\n  \"multipleBirthInteger\": 1.50\n}\n").Single();

        Assert.Equal("""{"resourceType":"Patient","id":"a","multipleBirthInteger":1.50}""", item.Document.ToString());
    }

    [Fact]
    public void Lines_in_a_json_file_are_recognised_even_where_the_first_is_broken()
    {
        var items = _sandbox.Read("a.json", "{\"resourceType\":\"Pat\n" + Patient + "\n");

        Assert.IsType<RejectedItem>(items[0]);
        Assert.IsType<PatientItem>(items[1]);
    }

    [Fact]
    public void An_array_rejects_single_elements_with_their_place_in_the_file()
    {
        var items = _sandbox.Read("a.json", $"[\n{Patient},\n  {{\"resourceType\":\"Goal\"}}, {{\"resourceType\":\"Patient\",\n \"a\":1,\"a\":2}},\n{Patient}]");

        Assert.Equal([1, 2, 3, 4], items.Select(item => item.Place.Entry));
        Assert.Equal([("NotAPatient", 3, 0), ("DuplicateJsonMember", 4, 8)], items.OfType<RejectedItem>().Select(item => (InvalidDocumentException)item.Reason).Select(reason => (reason.ErrorId, reason.Line, reason.Column)));
        Assert.Equal(2, items.OfType<PatientItem>().Count());
    }

    [Fact]
    public void An_array_cut_short_gives_what_stands_before_the_cut()
    {
        var items = _sandbox.Read("a.json", $"[{Patient},\n{Patient},\n{{\"resourceType\":\"Pati");

        Assert.Equal(2, items.OfType<PatientItem>().Count());
        var reason = (InvalidDocumentException)Assert.IsType<RejectedItem>(items[^1]).Reason;
        Assert.Equal(("InvalidJson", 3), (reason.ErrorId, reason.Line));
    }

    [Fact]
    public void A_large_array_is_read_element_by_element()
    {
        var elements = Enumerable.Range(1, 5000).Select(i => $$"""{"resourceType":"Patient","id":"{{i}}","text":"{{new string('x', i % 300)}}"}""");
        var items = _sandbox.Read("a.json", "[\n" + string.Join(",\n", elements) + "\n]");

        Assert.Equal(Enumerable.Range(1, 5000).Select(i => ((long)i, $"{i}")), items.Cast<PatientItem>().Select(item => (item.Place.Entry, item.SourceId)));
    }

    [Fact]
    public void A_document_over_the_limit_is_rejected()
    {
        var options = new ImportOptions { Limits = new ImportLimits { DocumentBytes = 300_000 } };
        var items = _sandbox.Read("a.json", "{\n\"resourceType\":\"Patient\",\"id\":\"" + new string('x', 400_000) + "\"}", options);

        Assert.Equal("DocumentTooLarge", Assert.IsType<RejectedItem>(items.Single()).Reason.ErrorId);
    }

    [Fact]
    public void A_zip_gives_its_files_and_tells_of_those_it_cannot_read()
    {
        var inner = File.ReadAllBytes(_sandbox.Zip("inner.zip", ("a.json", Encoding.UTF8.GetBytes(Patient))));
        var path = _sandbox.Zip(
            "outer.zip",
            ("Ordner/", []),
            ("Ordner/José.json", Encoding.UTF8.GetBytes(Patient)),
            ("empty.json", []),
            ("inner.zip", inner),
            ("scan.png", [0x89, 0x50, 0x4E, 0x47, 0]),
            ("b.ndjson", Encoding.UTF8.GetBytes(Patient + "\nx\n" + Patient)));

        var items = PatientSources.Open(path).Read().ToList();

        Assert.Equal("outer.zip!Ordner/José.json", items.OfType<PatientItem>().First().Place.File);
        Assert.Equal(3, items.OfType<PatientItem>().Count());
        Assert.Equal(["EmptyImportFile", "NestedArchive", "UnknownImportFormat", "InvalidJson"], items.OfType<RejectedItem>().Select(item => item.Reason.ErrorId));
    }

    [Fact]
    public void A_bomb_is_stopped_whether_zip_or_gzip()
    {
        var options = new ImportOptions { Limits = new ImportLimits { UnpackedBytes = 100_000 } };
        var zeros = new string(' ', 1_000_000) + Patient;
        var zip = PatientSources.Open(_sandbox.Zip("bomb.zip", ("a.json", Encoding.UTF8.GetBytes(zeros)), ("b.json", Encoding.UTF8.GetBytes(zeros))), options).Read().ToList();
        var gzip = PatientSources.Open(_sandbox.Write("bomb.json.gz", Patient + "\n" + zeros), options).Read().ToList();

        Assert.All(zip, item => Assert.Equal("ArchiveTooLarge", Assert.IsType<RejectedItem>(item).Reason.ErrorId));
        Assert.Equal("ArchiveTooLarge", Assert.IsType<RejectedItem>(gzip.Last()).Reason.ErrorId);
    }

    [Fact]
    public void Damaged_archives_are_told()
    {
        var zip = File.ReadAllBytes(_sandbox.Zip("a.zip", ("a.json", Encoding.UTF8.GetBytes(Patient))));
        var items = PatientSources.Open(_sandbox.Write("cut.zip", zip[..(zip.Length / 2)])).Read().ToList();

        Assert.Equal("DamagedArchive", Assert.IsType<RejectedItem>(items.Single()).Reason.ErrorId);

        var random = new byte[400_000];
        new Random(7).NextBytes(random);
        var gz = File.ReadAllBytes(_sandbox.Write("a.ndjson.gz", string.Join('\n', Enumerable.Repeat(Patient, 9)) + "\n{\"a\":\"" + Convert.ToBase64String(random)));
        gz.AsSpan(gz.Length / 2, 2000).Fill(0xFF);
        Assert.Equal("DamagedArchive", Assert.IsType<RejectedItem>(PatientSources.Open(_sandbox.Write("broken.ndjson", gz)).Read().Last()).Reason.ErrorId);
    }

    [Fact]
    public void Text_is_read_as_files_are()
    {
        Assert.Single(PatientSources.FromText(Patient).Read().OfType<PatientItem>());
        Assert.Equal(2, PatientSources.FromText($"[{Patient},{Patient}]").Read().OfType<PatientItem>().Count());
        Assert.Equal("InvalidJson", Assert.Throws<InvalidDocumentException>(() => PatientSources.FromText("{\"a\":\"\ud800\"}")).ErrorId);
        Assert.Equal("UnknownImportFormat", Assert.Throws<PatientToolsException>(() => PatientSources.FromText("hello")).ErrorId);
    }

    [Fact]
    public void The_official_example_comes_as_it_is()
    {
        var path = SharedData.PathOf("fhir-r4-examples/patient-example.json");
        var item = Assert.IsType<PatientItem>(PatientSources.Open(path).Read().Single());

        SameJson.Assert(File.ReadAllBytes(path), item.Document.Utf8);
        Assert.Equal("example", item.SourceId);
    }

    [Fact]
    public void A_patient_without_an_id_is_known_by_its_content()
    {
        var item = (PatientItem)PatientSources.FromText("""{ "resourceType": "Patient" }""").Read().Single();

        Assert.Equal(item.Document.ContentKey(), item.SourceId);
    }

    [Fact]
    public void No_file_is_held_open_after_a_failed_or_unfinished_reading()
    {
        var path = _sandbox.Write("a.ndjson", string.Join('\n', Enumerable.Repeat(Patient, 50_000)));
        var source = PatientSources.Open(path);
        Assert.Equal(3, source.Read().Take(3).Count());

        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(exclusive.CanWrite);
    }
}
