using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using PatientTools.Patients;

namespace PatientTools.Core.Tests.Patients;

public class PatientDocumentTests
{
    [Fact]
    public void Every_member_comes_back_in_order_and_to_the_last_digit() => GenJson.Object.Sample(
        json =>
        {
            var (loose, compact) = (AsPatient(json.Loose.Trim()), AsPatient(json.Compact));
            var document = PatientDocument.Parse(loose);
            Assert.Equal(compact, document.ToString());
            Assert.Equal(document, PatientDocument.FromStore(document.Utf8.ToArray()));
            Assert.Equal(document.GetHashCode(), PatientDocument.Parse(compact).GetHashCode());
            Assert.Equal(document.ContentKey(), PatientDocument.Parse(compact).ContentKey());
        },
        iter: 2000);

    [Fact]
    public void A_change_elsewhere_leaves_every_digit_alone() => GenJson.Object.Sample(
        json =>
        {
            var document = PatientDocument.Parse(AsPatient(json.Compact));
            var changed = document.With(node => node["gender"] = "female");
            Assert.NotEqual(document, changed);
            Assert.Equal(("female", Rest(document)), ((string?)changed.ToNode()["gender"], Rest(changed)));
        },
        iter: 1000);

    [Fact]
    public void A_change_of_nothing_gives_the_same_document() => GenJson.Object.Sample(
        json =>
        {
            var document = PatientDocument.Parse(AsPatient(json.Compact));
            Assert.Same(document, document.With(_ => { }));
        },
        iter: 1000);

    [Theory]
    [InlineData("1.0", "1.00")]
    [InlineData("0.5", "0.50")]
    [InlineData("10", "1E1")]
    public void Another_precision_is_a_change(string before, string after)
    {
        var document = PatientDocument.Parse($$"""{"resourceType":"Patient","x":{{before}}}""");
        var changed = document.With(node => node["x"] = JsonNode.Parse(after));
        Assert.Equal($$"""{"resourceType":"Patient","x":{{after}}}""", changed.ToString());
    }

    [Fact]
    public void Another_order_is_a_change()
    {
        var document = PatientDocument.Parse("""{"resourceType":"Patient","a":1,"b":2}""");
        var changed = document.With(node =>
        {
            node.Remove("a");
            node["a"] = 1;
        });
        Assert.Equal("""{"resourceType":"Patient","b":2,"a":1}""", changed.ToString());
    }

    [Fact]
    public void What_we_write_has_no_escapes_but_those_JSON_demands()
    {
        var document = PatientDocument.FromNode(new JsonObject { ["x"] = "Jürgen 'Ömer' <b>&\"\\/ 漢 😀 \u00A0\u007F\u0001" });
        Assert.Equal("{\"resourceType\":\"Patient\",\"x\":\"Jürgen 'Ömer' <b>&\\\"\\\\/ 漢 😀 \u00A0\u007F\\u0001\"}", document.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"resourceType":"Observation"}""")]
    [InlineData("""{"resourceType":"patient"}""")]
    [InlineData("""{"resourceType":5}""")]
    [InlineData("""{"resourceType":null}""")]
    [InlineData("""{"x":{"resourceType":"Patient"}}""")]
    public void Other_things_are_no_patients(string json) =>
        Assert.Equal("NotAPatient", Assert.Throws<InvalidDocumentException>(() => PatientDocument.Parse(json)).ErrorId);

    [Fact]
    public void The_type_may_stand_anywhere()
    {
        var document = PatientDocument.Parse("""{ "name": [ { "family": "X" } ], "resource\u0054ype": "Pati\u0065nt" }""");
        Assert.Equal("X", document.Properties.FamilyName);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Equal("InvalidJson", Assert.Throws<InvalidDocumentException>(() => PatientDocument.Parse("{\"resourceType\":\"Patient\",\"x\":\"\ud83d\"}")).ErrorId);

    [Fact]
    public void Half_a_surrogate_pair_in_a_node_is_refused() =>
        Assert.Equal("InvalidJson", Assert.Throws<InvalidDocumentException>(() => PatientDocument.FromNode(new JsonObject { ["x"] = "a\ud83d" })).ErrorId);

    [Fact]
    public void The_type_is_added_in_front_where_it_is_missing() =>
        Assert.Equal("""{"resourceType":"Patient","id":"a"}""", PatientDocument.FromNode(new JsonObject { ["id"] = "a" }).ToString());

    [Fact]
    public void A_change_that_makes_something_else_is_refused() =>
        Assert.Throws<InvalidDocumentException>(() => PatientDocument.Parse("""{"resourceType":"Patient"}""").With(node => node["resourceType"] = "Group"));

    [Fact]
    public void The_content_key_tells_contents_apart()
    {
        var one = PatientDocument.Parse("""{"resourceType":"Patient","id":"a"}""");
        var other = PatientDocument.Parse("""{"resourceType":"Patient","id":"b"}""");
        Assert.Matches("^sha256:[0-9a-f]{32}$", one.ContentKey());
        Assert.NotEqual(one.ContentKey(), other.ContentKey());
    }

    private static string AsPatient(string json) => """{"resourceType":"Patient",""" + (json == "{}" ? "\"x\":0}" : json[1..]);

    private static string Rest(PatientDocument document)
    {
        var node = document.ToNode();
        node.Remove("gender");
        return Encoding.UTF8.GetString(PatientDocument.Serialize(node));
    }
}
