using PatientTools.Patients;

namespace PatientTools.Core.Tests.Validation.Rules;

public class IdentifierRulesTests
{
    [Theory]
    [InlineData("A12345678", null)]
    [InlineData("A1234567800", "A123456780")]
    [InlineData("a123456780", "A123456780")]
    [InlineData("A 123 456 780", "A123456780")]
    [InlineData("0123456780", null)]
    [InlineData("Ä123456780", null)]
    [InlineData("A12345678X", null)]
    public void Kvnr_formats(string kvnr, string? mended) =>
        Assert.Equal(mended, Checked.Finds("KvnrFormat", $"identifier[1].value: \"{kvnr}\"", "Patient.identifier[1].value").Suggestion);

    [Theory]
    [InlineData("A123456789")]
    [InlineData("G995030567")]
    [InlineData("A123454321")]
    [InlineData("X234567890")]
    public void Kvnr_check_digits(string kvnr) => Checked.Finds("KvnrCheckDigit", $"identifier[1].value: \"{kvnr}\"", "Patient.identifier[1].value");

    [Theory]
    [InlineData("A123456780")]
    [InlineData("B234567895")]
    [InlineData("C345678908")]
    [InlineData("D456789013")]
    [InlineData("J012345677")]
    [InlineData("Z987654321")]
    [InlineData("X000000012")]
    [InlineData("A004041949")]
    public void Valid_kvnrs(string kvnr) => Checked.FindsNothing($"identifier[1].value: \"{kvnr}\"");

    [Theory]
    [InlineData("Coverage.payor[0].identifier.value: \"260326823\"", "record[0].payor[0].identifier.value")]
    [InlineData("Coverage.payor[0].identifier.value: \"26032682\"", "record[0].payor[0].identifier.value")]
    [InlineData("identifier[1].assigner.identifier.system: \"http://fhir.de/sid/arge-ik/iknr\", identifier[1].assigner.identifier.value: \"101575518\"", "Patient.identifier[1].assigner.identifier.value")]
    [InlineData("managingOrganization.identifier.value: \"101575518\", managingOrganization.identifier.system: \"urn:oid:1.2.276.0.76.4.5\"", "Patient.managingOrganization.identifier.value")]
    public void Institution_numbers(string changes, string path) => Checked.Finds("InstitutionNumber", changes, path);

    [Theory]
    [InlineData("123456740", false)]
    [InlineData("12345664", false)]
    [InlineData("12345664X", false)]
    [InlineData("123456640", true)]
    [InlineData("999999900", true)]
    [InlineData("555555100", true)]
    public void Doctors_numbers(string number, bool valid)
    {
        var changes = $"generalPractitioner[0].identifier.system: \"{IdentifierSystems.Lanr}\", generalPractitioner[0].identifier.value: \"{number}\"";
        if (valid)
        {
            Checked.FindsNothing(changes);
        }
        else
        {
            Checked.Finds("Lanr", changes, "Patient.generalPractitioner[0].identifier.value");
        }
    }

    [Fact]
    public void The_missing_system_of_a_kvnr_is_told() =>
        Assert.Contains(IdentifierSystems.Kvnr, Checked.Finds("IdentifierWithoutSystem", "identifier[1].system: missing, identifier[1].type.coding[0].system: \"http://fhir.de/CodeSystem/identifier-type-de-basis\", identifier[1].type.coding[0].code: \"KVZ10\"", "Patient.identifier[1].system").Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("identifier[2].system: \"urn:a\", identifier[2].value: \"4711\"")]
    [InlineData("identifier[2].system: \"urn:oid:2.999.1\", identifier[2].value: \"4712\"")]
    public void Identifiers_that_differ_are_not_repeated(string changes) => Checked.FindsNothing(changes);

    [Fact]
    public void Of_very_many_identifiers_the_repeated_one_is_found()
    {
        var many = string.Join(", ", Enumerable.Range(2, 40).Select(i => $"identifier[{i}].system: \"urn:a\", identifier[{i}].value: \"{(i == 30 ? 7 : i)}\""));
        Checked.Finds("IdentifierRepeated", many, "Patient.identifier[30].value");
    }

    [Theory]
    [InlineData("active: true, link[0].other.reference: \"Patient/2\", link[0].type: \"replaced-by\"", "Patient.active")]
    [InlineData("active: missing, link[0].other.reference: \"Patient/2\", link[0].type: \"replaced-by\"", "Patient.active")]
    [InlineData("active: false, link[0].other.display: \"Anna Müller\", link[0].type: \"replaced-by\"", "Patient.link[0].other")]
    [InlineData("active: false, link[0].other.reference: \"Patient/p1\", link[0].type: \"replaced-by\"", "Patient.link[0].other.reference")]
    public void Merged_records_that_contradict_themselves(string changes, string path) => Checked.Finds("MergedWithoutLink", changes, path);

    [Theory]
    [InlineData("active: false, link[0].other.reference: \"Patient/2\", link[0].type: \"replaced-by\"")]
    [InlineData("active: false")]
    [InlineData("active: true, link[0].other.reference: \"Patient/2\", link[0].type: \"replaces\"")]
    [InlineData("active: false, link[0].other.identifier.value: \"4712\", link[0].type: \"replaced-by\"")]
    public void Merged_records_in_order(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("123456640", true)]
    [InlineData("999999900", true)]
    [InlineData("123456740", false)]
    [InlineData("1234566400", false)]
    [InlineData("", false)]
    public void Lanr_check_digits(string number, bool valid)
    {
        Assert.Equal(valid, CheckDigits.IsValidLanr(number));
        Assert.Equal(valid, CheckDigits.IsValidLanr(System.Text.Encoding.UTF8.GetBytes(number)));
    }
}
