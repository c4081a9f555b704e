namespace PatientTools.Core.Tests.Validation.Rules;

public class PersonRulesTests
{
    [Theory]
    [InlineData("\"1958-00-00\"", "1958")]
    [InlineData("\"1958-12-00\"", "1958-12")]
    [InlineData("\"31.12.1958\"", "1958-12-31")]
    [InlineData("\"1.2.1958\"", "1958-02-01")]
    [InlineData("\"00.12.1958\"", "1958-12")]
    [InlineData("\"12/31/1958\"", "1958-12-31")]
    [InlineData("\"01/02/1958\"", null)]
    [InlineData("\"19581231\"", "1958-12-31")]
    [InlineData("\"1958-2-1\"", "1958-02-01")]
    [InlineData("\"1958-12-31T00:00:00Z\"", "1958-12-31")]
    [InlineData("\"1958-02-30\"", null)]
    [InlineData("\"1958-13-01\"", null)]
    [InlineData("\"1900-02-29\"", null)]
    [InlineData("\"unbekannt\"", null)]
    public void Impossible_birth_dates(string date, string? mended) =>
        Assert.Equal(mended, Checked.Finds("BirthDateImpossible", "birthDate: " + date, "Patient.birthDate").Suggestion);

    [Theory]
    [InlineData("1958")]
    [InlineData("19581231")]
    [InlineData("true")]
    [InlineData("null")]
    public void Birth_dates_of_another_type_are_told_once(string date) => Checked.Finds("PrimitiveType", "birthDate: " + date, "Patient.birthDate");

    [Theory]
    [InlineData("1958", "quotes")]
    [InlineData("19581231", "https://hl7.org/fhir/R4/datatypes.html#date")]
    public void Quotes_are_advised_only_where_they_make_a_date(string date, string hint) =>
        Assert.Contains(hint, Checked.Finds("PrimitiveType", "birthDate: " + date, "Patient.birthDate").Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("1958-02-28")]
    [InlineData("2000-02-29")]
    [InlineData("2026-11-24")]
    [InlineData("1901-11-24")]
    public void Possible_birth_dates(string date) => Checked.FindsNothing($"birthDate: \"{date}\", Condition.recordedDate: missing");

    [Theory]
    [InlineData("2026-11-25", null)]
    [InlineData("2058-12-31", "1958-12-31")]
    [InlineData("2027-01", "1927-01")]
    [InlineData("2827", null)]
    public void Birth_dates_ahead(string date, string? mended) =>
        Assert.Equal(mended, Checked.With($"birthDate: \"{date}\"").Single(issue => issue.RuleId != "BirthDatePartial") is var issue && issue.RuleId == "BirthDateInFuture" ? issue.Suggestion : "another rule");

    [Theory]
    [InlineData("birthDate: \"1901-11-23\"")]
    [InlineData("birthDate: \"1858-12-31\"")]
    [InlineData("birthDate: \"1858-12-31\", deceasedDateTime: \"1999-01-01\", Condition.recordedDate: missing")]
    public void Birth_dates_too_long_ago(string changes) => Checked.Finds("BirthDateTooLongAgo", changes, "Patient.birthDate");

    [Theory]
    [InlineData("birthDate: \"1858-12-31\", deceasedDateTime: \"1939-01-01\", Condition.recordedDate: missing")]
    [InlineData("birthDate: \"1858-12-31\", deceasedBoolean: true")]
    [InlineData("birthDate: \"1875-02-21\", deceasedDateTime: \"1997-08-04\", Condition.recordedDate: missing")]
    public void The_dead_were_born_long_ago(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("1958")]
    [InlineData("1958-12")]
    [InlineData("1901")]
    [InlineData("2026")]
    [InlineData("2026-11")]
    public void Partial_birth_dates_are_told_and_may_mean_today(string date) =>
        Checked.Finds("BirthDatePartial", $"birthDate: \"{date}\", Condition.recordedDate: missing", "Patient.birthDate");

    [Theory]
    [InlineData("1958-12-30")]
    [InlineData("1958-11")]
    [InlineData("1957")]
    [InlineData("1958-12-30T23:00:00Z")]
    public void Death_before_birth(string death) => Checked.Finds("DeathBeforeBirth", $"deceasedDateTime: \"{death}\"", "Patient.deceasedDateTime");

    [Theory]
    [InlineData("1958-12-31")]
    [InlineData("1958-12")]
    [InlineData("1958")]
    public void Death_on_the_day_of_birth(string death) => Checked.FindsNothing($"deceasedDateTime: \"{death}\", Condition.recordedDate: missing");

    [Theory]
    [InlineData("2026-11-25")]
    [InlineData("9999-12-31")]
    [InlineData("2027")]
    [InlineData("2026-11-26T00:00:00+14:00")]
    public void Death_ahead(string death) => Checked.Finds("DeathInFuture", $"deceasedDateTime: \"{death}\"", "Patient.deceasedDateTime");

    [Theory]
    [InlineData("2026-11-24")]
    [InlineData("2026-11-24T23:59:59Z")]
    [InlineData("2026-11-25T08:00:00+13:00")]
    [InlineData("2026")]
    public void Death_perhaps_not_ahead(string death) => Checked.FindsNothing($"deceasedDateTime: \"{death}\"");

    [Theory]
    [InlineData("M", "male")]
    [InlineData("W", "female")]
    [InlineData("männlich", "male")]
    [InlineData("weiblich", "female")]
    [InlineData("F", "female")]
    [InlineData("divers", "other")]
    [InlineData("unbestimmt", "other")]
    [InlineData("unbekannt", "unknown")]
    [InlineData("2", "female")]
    [InlineData("Female", "female")]
    [InlineData("Katze", null)]
    public void Gender_codes(string gender, string? mended) => Assert.Equal(mended, Checked.Finds("GenderCode", $"gender: \"{gender}\"", "Patient.gender").Suggestion);

    [Theory]
    [InlineData("birthDate: missing, _birthDate.extension[0].url: \"http://hl7.org/fhir/StructureDefinition/data-absent-reason\", _birthDate.extension[0].valueCode: \"unknown\"")]
    [InlineData("gender: missing, _gender.extension[0].url: \"http://hl7.org/fhir/StructureDefinition/data-absent-reason\", _gender.extension[0].valueCode: \"unknown\"")]
    [InlineData("gender: \"unknown\"")]
    public void What_is_said_to_be_unknown_is_not_missing(string changes) => Checked.FindsNothing(changes);
}
