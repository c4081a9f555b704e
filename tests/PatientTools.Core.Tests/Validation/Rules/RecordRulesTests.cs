namespace PatientTools.Core.Tests.Validation.Rules;

public class RecordRulesTests
{
    private const string Code = "record[1].code.coding[0].code";

    [Theory]
    [InlineData("E11,90", "E11.90")]
    [InlineData("e11.90", "E11.90")]
    [InlineData("EO3.9", "E03.9")]
    [InlineData("N40,", "N40")]
    [InlineData("E11.90G", "E11.90")]
    [InlineData("E11.90 G", "E11.90")]
    [InlineData("I10 V", "I10")]
    [InlineData("E11.30†", "E11.30")]
    [InlineData("H36.0*", "H36.0")]
    [InlineData("Z33!", "Z33")]
    [InlineData("11.90", null)]
    [InlineData("E1", null)]
    [InlineData("E11.90000", null)]
    [InlineData("Diabetes", null)]
    public void Codes_that_are_none(string code, string? mended) =>
        Assert.Equal(mended, Checked.Finds("DiagnosisCode", $"Condition.code.coding[0].code: \"{code}\"", Code).Suggestion);

    [Theory]
    [InlineData("E11.90")]
    [InlineData("E1190")]
    [InlineData("N40")]
    [InlineData("U07.1")]
    [InlineData("C4A.0")]
    public void Codes(string code) => Checked.FindsNothing($"Condition.code.coding[0].code: \"{code}\"");

    [Fact]
    public void Codes_of_other_systems_are_left_alone() =>
        Checked.FindsNothing("Condition.code.coding[0].system: \"http://snomed.info/sct\", Condition.code.coding[0].code: \"44054006\"");

    [Fact]
    public void The_older_address_of_the_system_counts() =>
        Checked.Finds("DiagnosisCode", "Condition.code.coding[0].system: \"http://fhir.de/CodeSystem/dimdi/icd-10-gm\", Condition.code.coding[0].code: \"E11,9\"", Code);

    [Theory]
    [InlineData("Condition.recordedDate: \"1958-12-30\"", "recordedDate")]
    [InlineData("Condition.recordedDate: \"1958-11\"", "recordedDate")]
    [InlineData("Condition.recordedDate: \"1957\"", "recordedDate")]
    [InlineData("Condition.onsetDateTime: \"1958-12-29T23:59:00+01:00\"", "onsetDateTime")]
    [InlineData("Condition.onsetPeriod.start: \"1950-01-01\"", "onsetPeriod.start")]
    public void Before_birth(string changes, string path) => Checked.Finds("RecordDateBeforeBirth", changes, "record[1]." + path);

    [Theory]
    [InlineData("Condition.recordedDate: \"1958-12-31\"")]
    [InlineData("Condition.recordedDate: \"1958\"")]
    [InlineData("Condition.onsetDateTime: \"1958-12-30T23:30:00Z\"")]
    public void Perhaps_not_before_birth(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("Condition.onsetDateTime: \"2020-01-02\"", "onsetDateTime")]
    [InlineData("Condition.recordedDate: \"2020-01-02\"", "recordedDate")]
    [InlineData("Condition.recordedDate: \"2020-02\"", "recordedDate")]
    [InlineData("Condition.recordedDate: \"2020-01-03T00:00:00+01:00\"", "recordedDate")]
    [InlineData("deceasedDateTime: \"2020-01-01T22:00:00+01:00\", Condition.recordedDate: \"2020-01-02T01:00:00+01:00\"", "recordedDate")]
    [InlineData("deceasedDateTime: \"2019\", Condition.recordedDate: \"2020-01-01\"", "recordedDate")]
    public void After_death(string changes, string path) => Checked.Finds("RecordDateAfterDeath", "deceasedDateTime: \"2020-01-01\", " + changes, "record[1]." + path);

    [Theory]
    [InlineData("Condition.onsetDateTime: \"2020-01-01\"")]
    [InlineData("Condition.onsetDateTime: \"2020\"")]
    [InlineData("Condition.recordedDate: \"2020-01\"")]
    [InlineData("Condition.recordedDate: \"2020-01-02T00:30:00+02:00\"")]
    [InlineData("deceasedDateTime: \"2020-01-01T23:30:00Z\", Condition.recordedDate: \"2020-01-02T01:30:00+02:00\"")]
    [InlineData("deceasedDateTime: \"2020-01-01T23:30:00Z\", Condition.recordedDate: \"2020-01-02\"")]
    public void Perhaps_not_after_death(string changes) => Checked.FindsNothing("deceasedDateTime: \"2020-01-01\", " + changes);
}
