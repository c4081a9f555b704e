using System.Text;
using System.Text.Json;
using CsCheck;
using PatientTools.Patients;

namespace PatientTools.Core.Tests.Patients;

public class PatientPropertiesTests
{
    private const string Full = """
        {
          "resourceType": "Patient", "id": "p1", "meta": { "id": "no", "name": [ { "family": "No" } ] },
          "identifier": [
            { "system": "http://fhir.de/sid/gkv/kvid-10", "value": "A123456780" },
            { "type": { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR" } ] }, "system": "urn:oid:2.999.1", "value": "4711", "assigner": { "display": "x" } },
            { "system": "no value" }
          ],
          "active": true,
          "name": [
            { "use": "maiden", "family": "Vogel" },
            { "use": "usual", "family": "Usual", "given": [ "U" ] },
            { "use": "official", "text": "Dr. Anna Maria Graf von Buntspecht", "family": "Graf von Buntspecht", "given": [ "Anna", null, "Maria", "" ], "_given": [ null, { "id": "x" } ], "prefix": [ "Dr." ] }
          ],
          "telecom": [ { "system": "phone", "value": "old", "use": "old" }, { "system": "email", "value": "a@example.org" }, { "system": "phone", "value": "030 23125000", "use": "home" } ],
          "gender": "female", "birthDate": "1958-12", "deceasedDateTime": "2020-05-01T10:00:00+02:00",
          "address": [ { "use": "old", "city": "Alt" }, { "use": "home", "line": [ "Weg 1", "Hinterhaus" ], "city": "Zwickau", "postalCode": "08066", "state": "SN", "country": "DE" } ],
          "contact": [ { "name": { "family": "Other" }, "gender": "male" } ]
        }
        """;

    private static readonly string[] Members =
    [
        "id", "active", "birthDate", "gender", "deceasedBoolean", "deceasedDateTime", "name", "identifier", "address", "telecom", "use", "family", "given",
        "prefix", "text", "system", "value", "type", "coding", "code", "line", "city", "postalCode", "state", "country", "other",
    ];

    private static readonly Gen<string> Scalars = GenJson.OneOf("null", "true", "false", "0", "-1.5e3", "\"\"", "\"x\"", "\"1958-12\"", "\"MR\"", "\"official\"", "[]", "{}");

    private static readonly Gen<string> WrongValues = Gen.Recursive<string>((depth, self) => depth > 5
        ? Scalars
        : Gen.OneOf(
            Scalars,
            self.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
            MembersOf(self),
            MembersOf(self)));

    [Fact]
    public void A_full_document_is_read()
    {
        var patient = Read(Full);
        Assert.Equal(("p1", true, "female", true), (patient.FhirId, patient.Active, patient.Gender, patient.Deceased));
        Assert.Equal("1958-12", patient.BirthDate.ToString());
        Assert.Equal("2020-05-01", patient.DeceasedDate.ToString());
        Assert.Equal(("Graf von Buntspecht", "Anna Maria", "Dr."), (patient.FamilyName, patient.GivenName, patient.Title));
        Assert.Equal(("A123456780", "4711", "urn:oid:2.999.1"), (patient.Kvnr, patient.Mrn, patient.MrnIdentifier?.System));
        Assert.Equal(("Zwickau", "08066", "Weg 1, Hinterhaus"), (patient.Address?.City, patient.Address?.PostalCode, patient.Street));
        Assert.Equal(("030 23125000", "a@example.org"), (patient.Phone, patient.Email));
        Assert.Equal((3, 2, 2, 3), (patient.Names.Count, patient.Identifiers.Count, patient.Addresses.Count, patient.Telecoms.Count));
    }

    [Fact]
    public void An_empty_document_has_nothing()
    {
        var patient = Read("""{"resourceType":"Patient"}""");
        Assert.Equivalent(new PatientProperties(), patient);
    }

    /// <summary>Members of wrong types must neither stop the reader nor hide what follows them.</summary>
    [Fact]
    public void Wrong_types_are_survived_and_what_follows_is_read() => WrongDocuments().Sample(
        json =>
        {
            var patient = Read(json);
            Assert.Equal("Schluss", patient.Names[^1].Family);
            Assert.Equal("Ende", patient.Addresses[^1].City);
            Assert.NotNull(patient.ToString());
            _ = (patient.FamilyName, patient.GivenName, patient.Title, patient.Street, patient.Phone, patient.Email, patient.Kvnr, patient.Mrn);
        },
        iter: 5000);

    [Theory]
    [InlineData("""{"name":{"family":"A"}}""", "A")]
    [InlineData("""{"name":[[{"family":"No"}],{"family":"A"}]}""", "A")]
    [InlineData("""{"name":[null,"x",5,{"family":"A","given":"B"}]}""", "A")]
    [InlineData("""{"name":[{"text":"Anna Adler"}]}""", "Anna Adler")]
    [InlineData("""{"name":[{"family":5}]}""", null)]
    [InlineData("""{"name":[{"use":"old","family":"A"}]}""", "A")]
    [InlineData("""{"name":[{"use":"old","family":"A"},{"family":"B"}]}""", "B")]
    [InlineData("""{"name":"A"}""", null)]
    public void Odd_names_are_read_as_far_as_they_go(string json, string? family) => Assert.Equal(family, Read(json).FamilyName);

    [Theory]
    [InlineData("""{"coding":[{"code":"MR","system":"http://terminology.hl7.org/CodeSystem/v2-0203"}]}""", true)]
    [InlineData("""{"coding":[{"system":"http://hl7.org/fhir/v2/0203","code":"MR"}]}""", true)]
    [InlineData("""{"coding":[{"code":"MR"}]}""", true)]
    [InlineData("""{"coding":{"code":"MR"}}""", true)]
    [InlineData("""{"coding":[{"code":"SS"},{"code":"MR"}]}""", true)]
    [InlineData("""{"coding":[{"code":"MR","system":"urn:other"}]}""", false)]
    [InlineData("""{"coding":[{"code":["MR"]}]}""", false)]
    [InlineData("""{"text":"MR"}""", false)]
    [InlineData("\"MR\"", false)]
    public void The_type_tells_a_medical_record_number(string type, bool isMrn) =>
        Assert.Equal(isMrn, Read($$"""{"identifier":[{"value":"1","type":{{type}}}]}""").Mrn == "1");

    [Fact]
    public void The_insurance_master_data_is_read()
    {
        var patients = new List<PatientProperties>();
        foreach (var file in Directory.EnumerateFiles(SharedData.PathOf("vsdm2"), "*.json"))
        {
            using var bundle = JsonDocument.Parse(File.ReadAllBytes(file));
            patients.AddRange(bundle.RootElement.GetProperty("entry").EnumerateArray()
                .Select(entry => entry.GetProperty("resource"))
                .Where(resource => resource.GetProperty("resourceType").GetString() == "Patient")
                .Select(resource => PatientDocument.Parse(resource.GetRawText()).Properties));
        }

        Assert.Equal(12, patients.Count);
        Assert.All(patients, patient => Assert.True(CheckDigits.IsValidKvnr(patient.Kvnr)));
        var zacharias = Assert.Single(patients, patient => patient.Kvnr == "Z987654321");
        Assert.Equal(("Graf von und zu Zaunkönig", "Zacharias", "Prof. Dr. rer. nat.", "other"), (zacharias.FamilyName, zacharias.GivenName, zacharias.Title, zacharias.Gender));
        Assert.Equal(("08066", "Zwickau", "Zaunkönigpfad 99x, zweites Nest rechter Ast"), (zacharias.Address?.PostalCode, zacharias.Address?.City, zacharias.Street));
        var junko = Assert.Single(patients, patient => patient.FamilyName == "Junko");
        Assert.Equal(("1958-12", "Jens-Jörg"), (junko.BirthDate.ToString(), junko.GivenName));
        Assert.Contains(patients, patient => patient is { Address: { PostalCode: "3013", Country: "Schweiz" } });
    }

    [Fact]
    public void The_synthetic_bulk_export_is_read()
    {
        var patients = SharedData.JsonOf(SharedData.PathOf("synthea/Patient.ndjson")).Select(line => PatientDocument.Parse(line).Properties).ToArray();
        Assert.Equal(1144, patients.Length);
        Assert.All(patients, patient =>
        {
            Assert.NotNull(patient.FhirId);
            Assert.NotNull(patient.FamilyName);
            Assert.NotNull(patient.GivenName);
            Assert.NotNull(patient.Mrn);
            Assert.False(patient.BirthDate?.IsPartial ?? true);
            Assert.Contains(patient.Gender, new[] { "male", "female" });
            Assert.NotNull(patient.Address?.City);
            Assert.NotNull(patient.Phone);
            Assert.Equal(patient.Deceased, patient.DeceasedDate is not null);
        });
        Assert.Equal(1144, patients.Select(patient => patient.Mrn).Distinct().Count());
        Assert.Contains(patients, patient => patient.Deceased);
    }

    /// <summary>Documents of misplaced members, with a good name and address behind them; read unchecked, so members may repeat.</summary>
    private static Gen<string> WrongDocuments() => MembersOf(WrongValues).Select(json =>
        json[..^1] + (json.Length > 2 ? "," : "") + "\"name\":[{\"family\":\"Schluss\"}],\"address\":[{\"city\":\"Ende\"}]}");

    private static Gen<string> MembersOf(Gen<string> value) =>
        Gen.Select(GenJson.OneOf(Members), value).Array[0, 4].Select(members =>
            $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");

    private static PatientProperties Read(string json) => PatientProperties.Read(Encoding.UTF8.GetBytes(json));
}
