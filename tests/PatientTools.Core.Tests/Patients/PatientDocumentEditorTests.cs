using System.Text.Json;
using CsCheck;
using PatientTools.Interchange;
using PatientTools.Patients;

namespace PatientTools.Core.Tests.Patients;

public class PatientDocumentEditorTests
{
    private static readonly Dictionary<PatientField, string[]> Values = new()
    {
        [PatientField.Mrn] = ["4711", "A-1"],
        [PatientField.Kvnr] = ["A123456780"],
        [PatientField.Active] = ["true", "false"],
        [PatientField.FamilyName] = ["Graf von und zu Buntspecht", "Groß"],
        [PatientField.GivenName] = ["Anna Maria", "Jörg"],
        [PatientField.Title] = ["Prof. Dr."],
        [PatientField.Phone] = ["+49 228 1"],
        [PatientField.Email] = ["a@b.example"],
        [PatientField.Gender] = ["other", "female"],
        [PatientField.BirthDate] = ["1933", "1958-12", "1951-02-03"],
        [PatientField.DeceasedDate] = ["2020-02-29"],
        [PatientField.Street] = ["Hauptstraße 1"],
        [PatientField.PostalCode] = ["08066"],
        [PatientField.City] = ["Köln"],
        [PatientField.State] = ["NRW"],
        [PatientField.Country] = ["DE"],
    };

    private static readonly Dictionary<PatientField, string> Members = new()
    {
        [PatientField.Mrn] = "identifier",
        [PatientField.Kvnr] = "identifier",
        [PatientField.Active] = "active",
        [PatientField.FamilyName] = "name",
        [PatientField.GivenName] = "name",
        [PatientField.Title] = "name",
        [PatientField.Phone] = "telecom",
        [PatientField.Email] = "telecom",
        [PatientField.Gender] = "gender",
        [PatientField.BirthDate] = "birthDate",
        [PatientField.DeceasedDate] = "deceased",
        [PatientField.Street] = "address",
        [PatientField.PostalCode] = "address",
        [PatientField.City] = "address",
        [PatientField.State] = "address",
        [PatientField.Country] = "address",
    };

    private static readonly string[] Documents =
    [
        """{"resourceType":"Patient"}""",
        """{"resourceType":"Patient","name":[{"use":"old","family":"Alt"},{"use":"official","family":"Müller","_family":{"extension":[]},"given":["A","B"],"prefix":["Dr."],"text":"Dr. A B Müller"}],"birthDate":"1951-02-03","_birthDate":{"extension":[{"url":"t","valueDateTime":"1951-02-03T01:02:03+01:00"}]},"x":1.50}""",
        """{"resourceType":"Patient","identifier":[{"system":"a","value":"1"},{"type":{"coding":[{"code":"MR"}]},"system":"h","value":"7","period":{"start":"2010"}},{"system":"http://fhir.de/sid/gkv/kvid-10","value":"X000000012"}],"telecom":[{"system":"phone","value":"1","use":"old"},{"system":"sms","value":"2"},{"system":"phone","value":"3","rank":1},{"system":"email","value":"e"}],"deceasedBoolean":true}""",
        """{"resourceType":"Patient","active":true,"gender":"male","_gender":{"id":"g"},"address":[{"use":"old","city":"Alt"},{"use":"home","type":"both","line":["a","b"],"_line":[null,{"id":"z"}],"city":"Bonn","_city":{"id":"c"},"postalCode":"53111","country":"DE","text":"a, b, Bonn"},{"use":"work","city":"Ulm"}],"deceasedDateTime":"2019-01-01T10:00:00Z"}""",
        """{"resourceType":"Patient","name":{"text":"Hans Meyer"},"address":{"city":"Ulm"},"telecom":[{"system":"email","value":"x"}]}""",
    ];

    private static readonly Gen<(PatientDocument, PatientFields)> Cases = Gen.Select(
        Gen.OneOf(Documents),
        Gen.OneOf(Values.Keys.ToArray()).Array[1, 5],
        Gen.Int[0, 3].Array[5],
        (json, keys, choices) =>
        {
            var fields = new PatientFields();
            foreach (var (key, choice) in keys.Zip(choices))
            {
                fields[key] = choice == 3 ? null : Values[key][choice % Values[key].Length];
            }

            return (PatientDocument.Parse(json), fields);
        });

    [Fact]
    public void Properties_show_the_change_and_all_other_members_stay_as_they_are()
    {
        Cases.Sample(
            pair =>
            {
                var (document, fields) = pair;
                var changed = PatientDocumentEditor.Apply(document, fields);

                foreach (var field in fields.Mentioned)
                {
                    Assert.Equal(fields[field], PatientFields.Read(changed.Properties, field));
                }

                var touched = fields.Mentioned.Select(field => Members[field]).ToHashSet();
                AssertUntouched(document, changed, member => !touched.Contains(member.TrimStart('_')) && !(touched.Contains("deceased") && member.StartsWith("deceased", StringComparison.Ordinal)));
                Assert.Equal(changed, PatientDocument.Parse(changed.Utf8.Span));
                Assert.Same(changed, PatientDocumentEditor.Apply(changed, fields));
            },
            seed: "0N0XIzNsQ0O2",
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public void Fields_that_are_not_mentioned_keep_their_values()
    {
        Cases.Sample(
            pair =>
            {
                var (document, fields) = pair;
                var changed = PatientDocumentEditor.Apply(document, fields);
                foreach (var field in Values.Keys.Except(fields.Mentioned).Where(field => Members[field] is not "name" || document.Properties.Name?.Text is null))
                {
                    Assert.Equal(PatientFields.Read(document.Properties, field), PatientFields.Read(changed.Properties, field));
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 1000,
            threads: 1);
    }

    private static void AssertUntouched(PatientDocument before, PatientDocument after, Predicate<string> isUntouched)
    {
        using var left = JsonDocument.Parse(before.Utf8);
        using var right = JsonDocument.Parse(after.Utf8);
        Assert.Equal(
            left.RootElement.EnumerateObject().Where(member => isUntouched(member.Name)).Select(member => member.ToString()),
            right.RootElement.EnumerateObject().Where(member => isUntouched(member.Name)).Select(member => member.ToString()));
    }

    private static string Apply(string json, params (PatientField Field, string? Value)[] changes)
    {
        var fields = new PatientFields();
        foreach (var (field, value) in changes)
        {
            fields[field] = value;
        }

        return PatientDocumentEditor.Apply(PatientDocument.Parse(json), fields).ToString();
    }

    [Fact]
    public void A_new_document_has_the_members_in_the_order_of_fhir()
    {
        var fields = new PatientFields
        {
            [PatientField.City] = "Bonn",
            [PatientField.FamilyName] = "Müller",
            [PatientField.GivenName] = "Anna Maria",
            [PatientField.Kvnr] = "A123456780",
            [PatientField.Mrn] = "7",
            [PatientField.MrnSystem] = "urn:h",
            [PatientField.BirthDate] = "1958-12",
        };

        Assert.Equal(
            """{"resourceType":"Patient","identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:h","value":"7"},{"type":{"coding":[{"system":"http://fhir.de/CodeSystem/identifier-type-de-basis","code":"KVZ10"}]},"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"}],"name":[{"use":"official","family":"Müller","given":["Anna","Maria"]}],"birthDate":"1958-12","address":[{"city":"Bonn"}]}""",
            PatientDocumentEditor.Create(fields).ToString());
    }

    [Fact]
    public void What_was_said_of_an_old_value_goes_with_it_and_stays_with_one_that_stays()
    {
        const string Json = """{"resourceType":"Patient","name":[{"family":"A","_family":{"id":"x"},"given":["B"],"_given":[{"id":"y"}],"text":"B A"}],"birthDate":"1951-02-03","_birthDate":{"id":"z"}}""";

        Assert.Equal("""{"resourceType":"Patient","name":[{"family":"C","given":["B"],"_given":[{"id":"y"}]}],"birthDate":"1951-02-03","_birthDate":{"id":"z"}}""", Apply(Json, (PatientField.FamilyName, "C"), (PatientField.BirthDate, "1951-02-03")));
        Assert.Equal("""{"resourceType":"Patient","name":[{"family":"A","_family":{"id":"x"},"given":["B"],"_given":[{"id":"y"}],"text":"B A"}],"birthDate":"1951"}""", Apply(Json, (PatientField.BirthDate, "1951")));
    }

    [Fact]
    public void A_date_of_death_taken_back_leaves_the_patient_dead()
    {
        Assert.Equal("""{"resourceType":"Patient","deceasedBoolean":true}""", Apply("""{"resourceType":"Patient","deceasedDateTime":"2020"}""", (PatientField.DeceasedDate, null)));
        Assert.Equal("""{"resourceType":"Patient","deceasedBoolean":false}""", Apply("""{"resourceType":"Patient","deceasedDateTime":"2020"}""", (PatientField.Deceased, "false")));
        Assert.Equal("""{"resourceType":"Patient"}""", Apply("""{"resourceType":"Patient","deceasedBoolean":true}""", (PatientField.Deceased, null)));
        Assert.Equal("""{"resourceType":"Patient","deceasedDateTime":"2020-01-02T10:00:00Z"}""", Apply("""{"resourceType":"Patient","deceasedDateTime":"2020-01-02T10:00:00Z"}""", (PatientField.DeceasedDate, "2020-01-02"), (PatientField.Deceased, "true")));
    }

    [Fact]
    public void Entries_that_become_empty_go_and_others_stay()
    {
        Assert.Equal("""{"resourceType":"Patient"}""", Apply("""{"resourceType":"Patient","name":[{"use":"official","family":"A"}],"telecom":[{"system":"phone","value":"1"},{"system":"sms","value":"2"}]}""", (PatientField.FamilyName, null), (PatientField.Phone, " ")));
        Assert.Equal("""{"resourceType":"Patient","telecom":[{"system":"phone","value":"1","use":"old"}]}""", Apply("""{"resourceType":"Patient","telecom":[{"system":"phone","value":"1","use":"old"},{"system":"phone","value":"2"}]}""", (PatientField.Phone, null)));
    }

    [Fact]
    public void Every_real_patient_can_be_changed_in_one_place()
    {
        var patients = PatientSources.Open(SharedData.PathOf("synthea/Patient.ndjson")).Read().OfType<PatientItem>().Take(100);
        foreach (var document in patients.Select(item => item.Document))
        {
            var changed = PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.City] = "Köln", [PatientField.Mrn] = "1" });

            Assert.Equal(("Köln", "1"), (changed.Properties.Address?.City, changed.Properties.Mrn));
            AssertUntouched(document, changed, member => member is not ("address" or "identifier"));
            Assert.Equal(document.Properties.Identifiers.Count, changed.Properties.Identifiers.Count);
        }
    }
}
