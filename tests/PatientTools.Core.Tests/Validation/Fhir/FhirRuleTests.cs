using System.Text;
using PatientTools.Interchange;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation.Fhir;

/// <summary>Small documents with one fault each, written from hl7.org/fhir/R4, and what has to be told of them.</summary>
public class FhirRuleTests
{
    private const string Rest = "\"id\":\"p1\",\"birthDate\":\"1958-03-14\",\"gender\":\"female\",\"name\":[{\"family\":\"Weber\",\"given\":[\"Anna\"]}]";

    [Theory]
    [InlineData("\"active\":\"true\"", "PrimitiveType Patient.active")]
    [InlineData("\"active\":1", "PrimitiveType Patient.active")]
    [InlineData("\"active\":null", "PrimitiveType Patient.active")]
    [InlineData("\"active\":{}", "PrimitiveType Patient.active")]
    [InlineData("\"language\":5", "PrimitiveType Patient.language")]
    [InlineData("\"multipleBirthInteger\":\"2\"", "PrimitiveType Patient.multipleBirthInteger")]
    [InlineData("\"maritalStatus\":\"ledig\"", "PrimitiveType Patient.maritalStatus")]
    [InlineData("\"telecom\":[\"0228 1234\"]", "PrimitiveType Patient.telecom[0]")]
    [InlineData("\"telecom\":\"0228 1234\"", "PrimitiveType Patient.telecom")]
    [InlineData("\"address\":[{\"line\":[[\"Weg 1\"]]}]", "PrimitiveType Patient.address[0].line[0]")]
    [InlineData("\"_birthDate\":\"x\"", "PrimitiveType Patient._birthDate")]
    [InlineData("\"address\":{\"city\":\"Bonn\"}", "Cardinality Patient.address")]
    [InlineData("\"active\":[true]", "Cardinality Patient.active")]
    [InlineData("\"address\":[{\"line\":\"Weg 1\"}]", "Cardinality Patient.address[0].line")]
    [InlineData("\"maritalStatus\":[{\"text\":\"ledig\"}]", "Cardinality Patient.maritalStatus")]
    [InlineData("\"language\":[]", "Cardinality Patient.language")]
    [InlineData("\"address\":[]", "EmptyValue Patient.address")]
    [InlineData("\"maritalStatus\":{}", "EmptyValue Patient.maritalStatus")]
    [InlineData("\"address\":[{\"city\":\"\"}]", "EmptyValue Patient.address[0].city")]
    [InlineData("\"address\":[{\"line\":[\"\"]}]", "EmptyValue Patient.address[0].line[0]")]
    [InlineData("\"implicitRules\":\"http://example.org/a b\"", "PrimitiveSyntax Patient.implicitRules")]
    [InlineData("\"meta\":{\"versionId\":\"a_b\"}", "PrimitiveSyntax Patient.meta.versionId")]
    [InlineData("\"photo\":[{\"data\":\"###\"}]", "PrimitiveSyntax Patient.photo[0].data")]
    [InlineData("\"multipleBirthInteger\":2.5", "PrimitiveSyntax Patient.multipleBirthInteger")]
    [InlineData("\"telecom\":[{\"rank\":0,\"value\":\"1\"}]", "PrimitiveSyntax Patient.telecom[0].rank")]
    [InlineData("\"meta\":{\"lastUpdated\":\"2026-01-01\"}", "DateSyntax Patient.meta.lastUpdated")]
    [InlineData("\"deceasedDateTime\":\"2026-02-30\"", "DateSyntax Patient.deceasedDateTime")]
    [InlineData("\"deceasedDateTime\":\"2026-02-20T10:00\"", "DateSyntax Patient.deceasedDateTime")]
    [InlineData("\"address\":[{\"city\":\"Bonn\",\"period\":{\"start\":\"01.02.2020\"}}]", "DateSyntax Patient.address[0].period.start")]
    [InlineData("\"address\":[{\"city\":\"Bonn\",\"use\":\"privat\"}]", "CodeValue Patient.address[0].use")]
    [InlineData("\"language\":\" de\"", "CodeValue Patient.language")]
    [InlineData("\"contact\":[{\"gender\":\"m\"}]", "CodeValue Patient.contact[0].gender")]
    [InlineData("\"link\":[{\"other\":{\"reference\":\"Patient/2\"}}]", "RequiredMember Patient.link[0].type")]
    [InlineData("\"communication\":[{\"preferred\":true}]", "RequiredMember Patient.communication[0].language")]
    [InlineData("\"extension\":[{\"valueString\":\"x\"}]", "RequiredMember Patient.extension[0].url")]
    [InlineData("\"deceasedBoolean\":true,\"deceasedDateTime\":\"2026-01-02\"", "ChoiceRepeated Patient.deceasedDateTime")]
    [InlineData("\"extension\":[{\"url\":\"x\",\"valueString\":\"a\",\"valueCode\":\"a\"}]", "ChoiceRepeated Patient.extension[0].valueCode")]
    [InlineData("\"birthdate\":\"1958-03-14\"", "UnknownMember Patient.birthdate")]
    [InlineData("\"deceased\":{\"since\":{}}", "UnknownMember Patient.deceased")]
    [InlineData("\"contact\":[{\"phone\":\"1\"}]", "UnknownMember Patient.contact[0].phone")]
    [InlineData("\"contained\":[{\"resourceType\":\"Arzt\",\"x\":\"\"}]", "UnknownResourceType Patient.contained[0].resourceType")]
    [InlineData("\"contained\":[{}]", "UnknownResourceType Patient.contained[0].resourceType")]
    [InlineData("\"contained\":[{\"resourceType\":\"Practitioner\",\"id\":\"arzt\",\"active\":3}]", "PrimitiveType Patient.contained[0].active")]
    [InlineData("\"generalPractitioner\":[{\"reference\":\"#arzt\"}]", "ContainedReference Patient.generalPractitioner[0].reference")]
    public void One_fault_is_one_issue(string members, string expected) => Assert.Equal([expected], IssuesOf("{\"resourceType\":\"Patient\"," + members + "," + Rest + "}"));

    [Theory]
    [InlineData("\"_birthDate\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/patient-birthTime\",\"valueDateTime\":\"1958-03-14T03:00:00+01:00\"}]}")]
    [InlineData("\"deceasedBoolean\":true,\"_deceasedBoolean\":{\"id\":\"x\"}")]
    [InlineData("\"address\":[{\"line\":[null,\"Hinterhaus\"],\"_line\":[{\"id\":\"a\"},null]}]")]
    [InlineData("\"communication\":[{\"language\":{\"text\":\"Deutsch\"}}]")]
    [InlineData("\"link\":[{\"other\":{\"reference\":\"Patient/2\"},\"_type\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\",\"valueCode\":\"unknown\"}]}}]")]
    [InlineData("\"contained\":[{\"resourceType\":\"Practitioner\",\"id\":\"arzt\",\"extension\":[{\"url\":\"x\",\"valueReference\":{\"reference\":\"#\"}}]}],\"generalPractitioner\":[{\"reference\":\"#arzt\"}]")]
    [InlineData("\"generalPractitioner\":[{\"reference\":\"Practitioner/7\"},{\"reference\":\"https://example.org/Practitioner/7\"},{\"reference\":\"urn:uuid:c757873d-ec9a-4326-a141-556f43239520\"}]")]
    [InlineData("\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">x</div>\"}")]
    public void What_is_right_gives_no_issue(string members) => Assert.Empty(IssuesOf("{\"resourceType\":\"Patient\"," + members + "," + Rest + "}"));

    [Theory]
    [InlineData("{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p1\"}}")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}")]
    [InlineData("{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"display\":\"Anna\"}}", "RequiredMember record[0].medication[x]")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"fertig\"}", "CodeValue record[0].status", "RequiredMember record[0].code")]
    [InlineData("{\"resourceType\":\"Diagnose\",\"code\":\"\"}", "UnknownResourceType record[0].resourceType")]
    [InlineData("{\"code\":\"\"}", "UnknownResourceType record[0].resourceType")]
    [InlineData("{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p2\"}}", "UnresolvedReference record[0].subject.reference")]
    [InlineData("{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"#p\"}}", "ContainedReference record[0].subject.reference")]
    public void Record_is_checked(string resource, params string[] expected) =>
        Assert.Equal(expected, IssuesOf("{\"resourceType\":\"Patient\"," + Rest + "}", resource));

    [Fact]
    public void References_lead_into_the_record_where_it_holds_resources_of_their_type()
    {
        string[] record =
        [
            """{"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"AMB"}}""",
            """{"resourceType":"Condition","subject":{"reference":"Patient/p1/_history/2"},"encounter":{"reference":"Encounter/e1"}}""",
            """{"resourceType":"Condition","subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e2"},"recorder":{"reference":"Practitioner/1"}}""",
            """{"resourceType":"Condition","subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter?identifier=e2"}}""",
        ];
        Assert.Equal(["UnresolvedReference record[2].encounter.reference"], IssuesOf("{\"resourceType\":\"Patient\"," + Rest + "}", record));
    }

    [Fact]
    public void Gender_and_birth_date_are_left_to_their_own_rules() => Assert.Empty(IssuesOf("""{"resourceType":"Patient","gender":"w","birthDate":"1958-02-30"}"""));

    [Theory]
    [InlineData("\"birthdate\":\"1958\"", "FHIR R4 knows no member 'birthdate' in Patient; it is kept, but nothing in it is checked.", "Did you mean 'birthDate'?")]
    [InlineData("\"deceased\":true", "FHIR R4 knows no member 'deceased' in Patient; it is kept, but nothing in it is checked.", "deceasedBoolean, deceasedDateTime. See https://hl7.org/fhir/R4/patient.html")]
    [InlineData("\"active\":\"false\"", "Here stands text, where FHIR wants true or false.", "Write it without quotes: false. See https://hl7.org/fhir/R4/datatypes.html#boolean")]
    [InlineData("\"language\":5", "Here stands a number, where FHIR wants text of type code.", "Put it in quotes: \"5\".")]
    [InlineData("\"telecom\":7", "Here stands a number, where FHIR wants an array of ContactPoint objects.", "https://hl7.org/fhir/R4/datatypes.html#ContactPoint")]
    [InlineData("\"address\":{\"city\":\"Bonn\"}", "'address' may occur several times, so FHIR wants an array, even for one value.", "\"address\": [ … ]")]
    [InlineData("\"meta\":{\"lastUpdated\":\"2026-02-30T10:00:00Z\"}", "The calendar has no day 2026-02-30T10:00:00Z.", "https://hl7.org/fhir/R4/datatypes.html#instant")]
    [InlineData("\"address\":[{\"use\":\"hom\"}]", "'hom' is none of the codes that FHIR allows here.", "Use one of: home, work, temp, old, billing. See https://hl7.org/fhir/R4/valueset-address-use.html.")]
    [InlineData("\"communication\":[{\"preferred\":true}]", "In Patient.communication, FHIR demands the member 'language', which is missing.", "an object of type CodeableConcept (https://hl7.org/fhir/R4/patient.html)")]
    [InlineData("\"contained\":[{\"resourceType\":\"Practicioner\"}]", "FHIR R4 has no resource type 'Practicioner', so nothing in this resource is checked.", "Did you mean 'Practitioner'?")]
    public void Message_says_what_stands_there_and_the_hint_what_has_to(string members, string message, string hint)
    {
        var issue = Assert.Single(Validate("{\"resourceType\":\"Patient\"," + members + "," + Rest + "}"));
        Assert.Equal(message, issue.Message);
        Assert.Contains(hint, issue.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_message_is_told_in_both_languages()
    {
        const string faults = """{"resourceType":"Patient","id":"a_b","active":"x","language":[],"photo":[{}],"birthdate":"1","contact":[{"gender":"m"}],"link":[{}],"meta":{"lastUpdated":"x"},"deceasedBoolean":true,"deceasedDateTime":"2026","contained":[{"resourceType":"X"}],"generalPractitioner":[{"reference":"#x"}]}""";
        var english = Validate(faults);
        var german = Validate(faults, ResultLanguage.German);
        Assert.Equal(english.Select(issue => issue.RuleId), german.Select(issue => issue.RuleId));
        Assert.All(english.Zip(german), pair => Assert.NotEqual(pair.First.Message, pair.Second.Message));
        Assert.All(english.Zip(german), pair => Assert.NotEqual(pair.First.Hint, pair.Second.Hint));
        Assert.All(english.Concat(german), issue => Assert.DoesNotContain("{", issue.Message + issue.Hint, StringComparison.Ordinal));
    }

    private static string[] IssuesOf(string document, params string[] record) => [.. Validate(document, ResultLanguage.English, record).Select(issue => $"{issue.RuleId} {issue.Path}")];

    private static IReadOnlyList<ValidationIssue> Validate(string document, ResultLanguage language = ResultLanguage.English, params string[] record)
    {
        var fhir = PatientRules.All.Where(rule => rule.Category == RuleCategory.Fhir).Select(rule => rule.Id).ToArray();
        var validator = new PatientValidator(RuleSet.Choose(fhir), new ValidationOptions { Language = language });
        return validator.Validate(new PatientInput
        {
            Place = new SourcePlace("test.json"),
            Document = Encoding.UTF8.GetBytes(document),
            Record = [.. record.Select(resource => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(resource))],
        }).Issues;
    }
}
