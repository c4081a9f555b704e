using System.IO.Compression;
using System.Text.Json;
using PatientTools.Interchange;
using PatientTools.Patients;

namespace PatientTools.Core.Tests.Interchange;

public sealed class BundleTests
{
    private static List<ImportItem> Read(string json) => [.. PatientSources.FromText(json).Read()];

    private static string Bundle(params string[] entries) => $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(",\n", entries)}}]}""";

    private static string Entry(string url, string resource) => $$"""{"fullUrl":"{{url}}","resource":{{resource}}}""";

    private static IEnumerable<string?> Record(ImportItem item) => ((PatientItem)item).Record.Select(resource => resource.FhirId);

    [Fact]
    public void Of_one_patient_everything_else_is_the_record_in_order()
    {
        var items = Read(Bundle(
            Entry("urn:uuid:1", """{"resourceType":"Organization","id":"o"}"""),
            Entry("urn:uuid:2", """{"resourceType":"Patient","id":"p"}"""),
            Entry("urn:uuid:3", """{"resourceType":"Observation","id":"b","subject":{"reference":"urn:uuid:2"}}""")));

        var item = Assert.IsType<PatientItem>(items.Single());
        Assert.Equal(["o", "b"], Record(item));
        Assert.Equal(("p", "urn:uuid:2"), (item.SourceId, item.FullUrl));
        Assert.Equal("urn:uuid:3", item.Record[1].FullUrl);
    }

    [Fact]
    public void Of_several_patients_each_gets_what_is_about_them_and_what_that_leads_to()
    {
        var items = Read(Bundle(
            Entry("urn:uuid:p1", """{"resourceType":"Patient","id":"p1","generalPractitioner":[{"reference":"Practitioner/doc"}]}"""),
            Entry("https://a.example/fhir/Patient/p2", """{"resourceType":"Patient","id":"p2"}"""),
            Entry("urn:uuid:c1", """{"resourceType":"Coverage","id":"c1","beneficiary":{"reference":"urn:uuid:p1"},"payor":[{"reference":"urn:uuid:aok"}]}"""),
            Entry("urn:uuid:c2", """{"resourceType":"Coverage","id":"c2","beneficiary":{"reference":"https://a.example/fhir/Patient/p2"},"subscriber":{"reference":"Patient/p1"},"payor":[{"reference":"urn:uuid:aok"}]}"""),
            Entry("urn:uuid:aok", """{"resourceType":"Organization","id":"aok","partOf":{"reference":"urn:uuid:bund"}}"""),
            Entry("urn:uuid:bund", """{"resourceType":"Organization","id":"bund"}"""),
            Entry("urn:uuid:doc", """{"resourceType":"Practitioner","id":"doc"}"""),
            Entry("urn:uuid:o2", """{"resourceType":"Observation","id":"o2","subject":{"reference":"Patient/p2/_history/3"}}"""),
            Entry("urn:uuid:prov", """{"resourceType":"Provenance","id":"prov","target":[{"reference":"Observation/o2"}]}"""),
            Entry("urn:uuid:appt", """{"resourceType":"Appointment","id":"appt","participant":[{"actor":{"reference":"Patient/p1"}},{"actor":{"reference":"Patient/p2"}}]}"""),
            Entry("urn:uuid:alone", """{"resourceType":"Practitioner","id":"alone"}""")));

        Assert.Equal(["p1", "p2"], items.OfType<PatientItem>().Select(item => item.SourceId));
        Assert.Equal(["c1", "aok", "bund", "doc", "appt"], Record(items[0]));
        Assert.Equal(["c2", "aok", "bund", "o2", "prov", "appt"], Record(items[1]));
        Assert.Contains("1 Practitioner", Assert.IsType<NoticeItem>(items[2]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_references_mean_the_server_of_the_resource_they_stand_in()
    {
        var items = Read(Bundle(
            Entry("https://a.example/Patient/1", """{"resourceType":"Patient","id":"1","active":true}"""),
            Entry("https://b.example/Patient/1", """{"resourceType":"Patient","id":"1","active":false}"""),
            Entry("https://b.example/Flag/f", """{"resourceType":"Flag","id":"f","subject":{"reference":"Patient/1"}}""")));

        Assert.Empty(Record(items[0]));
        Assert.Equal(["f"], Record(items[1]));
    }

    [Fact]
    public void A_bundle_without_a_patient_is_a_notice()
    {
        var items = Read(Bundle(Entry("urn:uuid:1", """{"resourceType":"Practitioner"}"""), """{"request":{"method":"DELETE","url":"Patient/1"}}"""));

        Assert.Contains("1 Practitioner", ((NoticeItem)items[0]).Message, StringComparison.Ordinal);
        Assert.Equal(2, items.Count);
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","a":1,"a":2}""", "DuplicateJsonMember")]
    [InlineData("""{"resourceType":"Observation","a":"\udc00"}""", "InvalidJson")]
    [InlineData("""{"a":1}""", "NotAResource")]
    public void A_bundle_with_a_bad_resource_is_refused_wholly(string resource, string errorId)
    {
        var rejected = Assert.IsType<RejectedItem>(Read(Bundle(Entry("urn:uuid:1", """{"resourceType":"Patient"}"""), Entry("urn:uuid:2", resource))).Single());

        Assert.Equal(errorId, rejected.Reason.ErrorId);
        Assert.Equal(2, ((InvalidDocumentException)rejected.Reason).Line);
        Assert.Contains("Entry 2", rejected.Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_is_refused()
    {
        Assert.Equal("HistoryBundle", ((RejectedItem)Read("""{"resourceType":"Bundle","type":"history","entry":[]}""").Single()).Reason.ErrorId);
    }

    [Fact]
    public void Code_and_date_are_the_main_ones_of_each_type()
    {
        static (string?, string?) Of(string json)
        {
            var resource = RecordResource.Parse(System.Text.Encoding.UTF8.GetBytes(json));
            return (resource.Code, resource.Date?.ToString());
        }

        Assert.Equal(("E11.9", "2019-04"), Of("""{"resourceType":"Condition","recordedDate":"2020-01-01","category":[{"coding":[{"code":"x"}]}],"code":{"extension":[{"code":"no"}],"coding":[{"system":"s","code":"E11.9"},{"code":"y"}]},"onsetDateTime":"2019-04"}"""));
        Assert.Equal(("AMB", "2011-05-28"), Of("""{"resourceType":"Encounter","class":{"code":"AMB"},"period":{"start":"2011-05-28T01:02:03Z","end":"2012-01-01"}}"""));
        Assert.Equal(("GKV", null), Of("""{"resourceType":"Coverage","type":{"coding":[{"code":"GKV"}]},"period":{"end":"2012"}}"""));
        Assert.Equal((null, null), Of("""{"resourceType":"X","code":{"text":"none"},"date":"soon","issued":7}"""));
    }

    [Fact]
    public void Every_resource_of_synthea_comes_as_it_is()
    {
        var path = SharedData.PathOf("synthea/bundles.zip");
        var items = PatientSources.Open(path).Read().ToList();

        Assert.Equal(28, items.OfType<PatientItem>().Count());
        Assert.Contains("102 Practitioner", Assert.Single(items.OfType<NoticeItem>()).Message, StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(path);
        foreach (var item in items.OfType<PatientItem>())
        {
            using var stream = zip.GetEntry(item.Place.File.Split('!')[1])!.Open();
            AssertWhole(item, stream);
        }
    }

    [Fact]
    public void Every_resource_of_the_german_insurance_bundles_comes_as_it_is()
    {
        var files = Directory.GetFiles(SharedData.PathOf("vsdm2"), "*.json");

        Assert.Equal(12, files.Length);
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            AssertWhole(Assert.IsType<PatientItem>(PatientSources.Open(file).Read().Single()), stream);
        }
    }

    [Fact]
    public void Several_bundles_in_one_are_taken_apart_again()
    {
        var files = Directory.GetFiles(SharedData.PathOf("vsdm2"), "*.json");
        var entries = files.Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetRawText()).ToList()).ToList();
        var items = Read(Bundle([.. entries.SelectMany(list => list).Reverse()]));

        var expected = entries.Select(list => list.Count).Order();
        Assert.Equal(expected, items.OfType<PatientItem>().Select(item => item.Record.Count + 1).Order());
        Assert.DoesNotContain(items, item => item is not PatientItem);
    }

    private static void AssertWhole(PatientItem item, Stream bundle)
    {
        using var document = JsonDocument.Parse(bundle);
        var resources = document.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).ToList();
        SameJson.Assert(resources.Single(resource => resource.GetProperty("resourceType").ValueEquals("Patient")), item.Document.Utf8);
        var record = resources.Where(resource => !resource.GetProperty("resourceType").ValueEquals("Patient")).ToList();
        Assert.Equal(record.Count, item.Record.Count);
        foreach (var (theirs, ours) in record.Zip(item.Record))
        {
            SameJson.Assert(theirs, ours.Json);
            Assert.Equal(theirs.GetProperty("resourceType").GetString(), ours.ResourceType);
        }

        Assert.Equal(PatientDocument.Parse(item.Document.Utf8.Span), item.Document);
    }
}
