using System.Text;
using CsCheck;
using PatientTools.Interchange;

namespace PatientTools.Core.Tests.Interchange;

public sealed class NdjsonTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private static string Patient(string id) => $$"""{"resourceType":"Patient","id":"{{id}}"}""";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n  \n")]
    public void Lines_are_read_whatever_ends_them(string newline)
    {
        var items = _sandbox.Read("a.ndjson", string.Join(newline, Patient("a"), Patient("b"), Patient("c")));

        Assert.Equal(["a", "b", "c"], items.Cast<PatientItem>().Select(item => item.SourceId));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        var items = _sandbox.Read("a.ndjson", "\uFEFF" + Patient("a") + "\n" + Patient("b"));

        Assert.Equal(2, items.OfType<PatientItem>().Count());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Utf16_is_read(string encoding)
    {
        var text = Patient("a") + "\n" + """{"resourceType":"Patient","name":[{"family":"Müller"}]}""";
        var path = _sandbox.Write("a.ndjson", [.. Encoding.GetEncoding(encoding).Preamble, .. Encoding.GetEncoding(encoding).GetBytes(text)]);

        Assert.Equal("Müller", PatientSources.Open(path).Read().OfType<PatientItem>().Last().Document.Properties.FamilyName);
    }

    [Fact]
    public void A_bad_line_tells_file_line_and_column_and_the_rest_goes_on()
    {
        var items = _sandbox.Read("a.ndjson", Patient("a") + "\n\n" + """{"resourceType":"Patient", oops}""" + "\n" + Patient("b") + "\n");

        var rejected = Assert.Single(items.OfType<RejectedItem>());
        Assert.Equal(new SourcePlace("a.ndjson", 3), rejected.Place);
        var reason = Assert.IsType<InvalidDocumentException>(rejected.Reason);
        Assert.Equal(("InvalidJson", 3, 28), (reason.ErrorId, reason.Line, reason.Column));
        Assert.StartsWith("a.ndjson: ", reason.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], items.OfType<PatientItem>().Select(item => item.SourceId));
        Assert.Equal([1, 4], items.OfType<PatientItem>().Select(item => item.Place.Line));
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation"}""", "NotAPatient", "Observation")]
    [InlineData("""{"id":"x"}""", "NotAPatient", "resourceType")]
    [InlineData("""{"resourceType":"Patient","id":"a","id":"b"}""", "DuplicateJsonMember", "id")]
    [InlineData("""{"resourceType":"Patient","id":"\ud800"}""", "InvalidJson", "surrogate")]
    [InlineData("""{"resourceType":"Patient","id":"a"} tail""", "InvalidJson", "")]
    [InlineData("""{"resourceType":"Patient","id":"a","record":{}}""", "InvalidRecord", "record")]
    [InlineData("""{"resourceType":"Patient","id":"a","record":[{"id":"x"}]}""", "NotAResource", "resourceType")]
    [InlineData("""{"resourceType":"Patient","id":"a","legacy":7}""", "InvalidRecord", "legacy")]
    [InlineData("""{"resourceType":"Patient","id":"a","legacy":{},"legacy":{}}""", "DuplicateJsonMember", "legacy")]
    [InlineData("""{"resourceType":"Patient","id":"a","record":[]} tail""", "InvalidJson", "")]
    [InlineData("""{"resourceType":"Patient","record":[{"resourceType":"X","a":1,"a":2}]}""", "DuplicateJsonMember", "a")]
    [InlineData("""[{"record":[]}]""", "InvalidJson", "object")]
    [InlineData("7", "InvalidJson", "object")]
    public void What_is_no_patient_is_rejected_with_its_reason(string line, string errorId, string named)
    {
        var items = _sandbox.Read("a.ndjson", Patient("first") + "\n" + line + "\n" + Patient("last"));

        var rejected = Assert.Single(items.OfType<RejectedItem>());
        Assert.Equal(errorId, rejected.Reason.ErrorId);
        Assert.Contains(named, rejected.Reason.Message, StringComparison.Ordinal);
        Assert.Equal(2, ((InvalidDocumentException)rejected.Reason).Line);
        Assert.Equal(2, items.OfType<PatientItem>().Count());
    }

    [Fact]
    public void A_line_longer_than_the_limit_is_rejected_and_the_next_is_read()
    {
        var options = new ImportOptions { Limits = new ImportLimits { LineBytes = 1000 } };
        var items = _sandbox.Read("a.ndjson", Patient("a") + "\n" + Patient(new string('x', 5000)) + "\n" + Patient("b") + "\n" + Patient(new string('y', 1500)), options);

        Assert.Equal(["a", "b"], items.OfType<PatientItem>().Select(item => item.SourceId));
        Assert.Equal([(2L, "LineTooLong"), (4L, "LineTooLong")], items.OfType<RejectedItem>().Select(item => (item.Place.Line, item.Reason.ErrorId)));
    }

    [Fact]
    public void Lines_of_any_length_keep_their_order_and_numbers()
    {
        var lines = Gen.Int[0, 400_000].Array[1, 12];
        lines.Sample(
            lengths =>
            {
                var items = _sandbox.Read("a.ndjson", string.Join('\n', lengths.Select((length, i) => Patient(i + new string('x', length)))));
                Assert.Equal(lengths.Select((length, i) => (i + 1L, length)), items.Cast<PatientItem>().Select((item, i) => (item.Place.Line, item.SourceId.Length - $"{i}".Length)));
            },
            seed: "0N0XIzNsQ0O2",
            iter: 15,
            threads: 1);
    }

    [Fact]
    public void A_line_may_be_a_bundle()
    {
        var items = _sandbox.Read("a.ndjson", """{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p"}},{"resource":{"resourceType":"Flag"}}]}""" + "\n" + Patient("b"));

        Assert.Equal([1, 0], items.Cast<PatientItem>().Select(item => item.Record.Count));
    }

    [Fact]
    public void Record_and_legacy_are_split_from_the_document()
    {
        var item = (PatientItem)_sandbox.Read(
            "a.ndjson",
            """{"resourceType":"Patient", "record":[{"resourceType":"Flag","id":"f"} ,{"resourceType":"Goal"}], "id":"a","legacy":{"Kasse":"AOK"}, "active":true}""").Single();

        Assert.Equal("""{"resourceType":"Patient","id":"a","active":true}""", item.Document.ToString());
        Assert.Equal(["Flag", "Goal"], item.Record.Select(resource => resource.ResourceType));
        Assert.Equal("""{"Kasse":"AOK"}""", Encoding.UTF8.GetString(item.Legacy!));
    }

    [Theory]
    [InlineData("Patient.ndjson")]
    [InlineData("Patient.ndjson.gz")]
    public void Every_patient_of_synthea_comes_as_it_is(string name)
    {
        var source = SharedData.PathOf("synthea/Patient.ndjson");
        var path = _sandbox.Write(name, File.ReadAllBytes(source));
        var opened = PatientSources.Open(path, new ImportOptions { Workers = 3 });
        var items = opened.Read().ToList();

        var lines = File.ReadAllLines(source);
        Assert.Equal(1144, items.Count);
        Assert.Equal(opened.TotalBytes, opened.BytesRead);
        foreach (var (item, line) in items.Cast<PatientItem>().Zip(lines))
        {
            SameJson.Assert(Encoding.UTF8.GetBytes(line), item.Document.Utf8);
            Assert.Equal(item.SourceId, item.Document.Properties.FhirId);
        }
    }
}
