using CsCheck;
using PatientTools.Core.Tests.Search.Text;
using PatientTools.Search.Conditions;
using PatientTools.Search.Fhir;

namespace PatientTools.Core.Tests.Search.Fhir;

public sealed class FhirQueryTests
{
    [Theory]
    [InlineData("", "ABCD")]
    [InlineData("?", "ABCD")]
    [InlineData("family=müller", "AB")]
    [InlineData("?family=MULLER", "AB")]
    [InlineData("Patient?family=Mueller", "AB")]
    [InlineData("family=m%C3%BCll", "AB")]
    [InlineData("family=üller", "")]
    [InlineData("family=lüden", "B")]
    [InlineData("family=buntspecht", "A")]
    [InlineData("family=graf+bunt", "A")]
    [InlineData("family=obrien", "C")]
    [InlineData("family:contains=ÜLLER", "AB")]
    [InlineData("family:contains=spe", "A")]
    [InlineData("family:exact=Müller", "A")]
    [InlineData("family:exact=Mu%CC%88ller", "A")]
    [InlineData("family:exact=müller", "")]
    [InlineData("family:exact=Graf von Buntspecht", "A")]
    [InlineData("family:exact=O'Brien\\, J*", "C")]
    [InlineData("family:exact=O'Brien, J*", "")]
    [InlineData("family=Müller,O'Brien", "ABC")]
    [InlineData("family=Müller&family=lüdenscheidt", "B")]
    [InlineData("given=eva", "AC")]
    [InlineData("given=mar", "A")]
    [InlineData("given:exact=Eva", "A")]
    [InlineData("given:exact=Maria", "A")]
    [InlineData("given:exact=Eva Maria", "A")]
    [InlineData("given:exact=Mari", "")]
    [InlineData("given:exact=*", "")]
    [InlineData("name=hans", "B")]
    [InlineData("name=eva+müller", "A")]
    [InlineData("name:exact=Maria", "A")]
    [InlineData("name:contains=ns", "B")]
    [InlineData("name:missing=true", "D")]
    [InlineData("name:missing=false", "ABC")]
    [InlineData("phonetic=Miller", "AB")]
    [InlineData("phonetic=Milla+Efa", "")]
    [InlineData("phonetic=Miller+Efa", "A")]
    public void Names(string query, string found) => Assert.Equal(found, FhirPeople.Find(query));

    [Theory]
    [InlineData("address-city=bon", "AB")]
    [InlineData("address-city=honnef", "A")]
    [InlineData("address-city=onn", "")]
    [InlineData("address-city:contains=onn", "AB")]
    [InlineData("address-city:exact=Bonn", "A")]
    [InlineData("address-city:exact=bonn", "B")]
    [InlineData("address-city:exact=Bad Honnef", "A")]
    [InlineData("address-city:missing=true", "CD")]
    [InlineData("address-postalcode=53", "A")]
    [InlineData("address-postalcode:exact=53604", "A")]
    [InlineData("address-country=de", "A")]
    [InlineData("address-country:exact=AT", "B")]
    [InlineData("address-country:missing=true", "CD")]
    [InlineData("address=markt", "A")]
    [InlineData("address=hauptstrasse", "A")]
    [InlineData("address:contains=strasse", "A")]
    [InlineData("address:exact=Am Markt 2", "A")]
    [InlineData("address=nw", "A")]
    [InlineData("phone=%2B49 228 1234", "A")]
    [InlineData("phone=+49 228 1234", "A")]
    [InlineData("phone=0228/99", "B")]
    [InlineData("phone=eva@example.de", "")]
    [InlineData("email=eva@example.de", "A")]
    [InlineData("email=second@example.de", "A")]
    [InlineData("email:missing=true", "BCD")]
    [InlineData("telecom=SECOND@example.de,0228/99", "AB")]
    public void Addresses(string query, string found) => Assert.Equal(found, FhirPeople.Find(query));

    [Theory]
    [InlineData("gender=female", "A")]
    [InlineData("gender=male,female", "AB")]
    [InlineData("gender=http://hl7.org/fhir/administrative-gender|male", "B")]
    [InlineData("gender:not=male", "ACD")]
    [InlineData("gender:not=male,female", "CD")]
    [InlineData("gender:missing=true", "CD")]
    [InlineData("active=true", "A")]
    [InlineData("active:not=true", "BCD")]
    [InlineData("active:missing=true", "CD")]
    [InlineData("deceased=true", "B")]
    [InlineData("deceased=false", "ACD")]
    [InlineData("identifier=77", "BC")]
    [InlineData("identifier=urn:mrn|77", "B")]
    [InlineData("identifier=|77", "C")]
    [InlineData("identifier=urn:mrn|", "B")]
    [InlineData("identifier=urn:x|ab\\|1", "A")]
    [InlineData("identifier=a123456780", "A")]
    [InlineData("identifier=http://fhir.de/sid/gkv/kvid-10|A123456780", "A")]
    [InlineData("identifier=http://fhir.de/sid/gkv/kvid-10|", "A")]
    [InlineData("identifier=|A123456780", "")]
    [InlineData("identifier=7", "")]
    [InlineData("identifier:missing=true", "D")]
    [InlineData("identifier:not=77", "AD")]
    [InlineData("_id=pat-3", "C")]
    [InlineData("_id=PAT-3", "")]
    [InlineData("_has:Condition:patient:code=E11", "A")]
    [InlineData("_has:Condition:patient:code=e11.9,E11", "AB")]
    public void Tokens(string query, string found) => Assert.Equal(found, FhirPeople.Find(query));

    [Theory]
    [InlineData("birthdate=1980-05-17", "A")]
    [InlineData("birthdate=eq1980-05", "A")]
    [InlineData("birthdate=1980", "AB")]
    [InlineData("birthdate=ne1980", "C")]
    [InlineData("birthdate=ne1980-05-17", "BC")]
    [InlineData("birthdate=gt1980-05-17", "B")]
    [InlineData("birthdate=ge1980-05-17", "AB")]
    [InlineData("birthdate=lt1980-05-17", "BC")]
    [InlineData("birthdate=le1980-05-17", "ABC")]
    [InlineData("birthdate=sa1980-01", "A")]
    [InlineData("birthdate=eb1980-06", "AC")]
    [InlineData("birthdate=sa1979", "AB")]
    [InlineData("birthdate=ap1982", "ABC")]
    [InlineData("birthdate=ap1930", "")]
    [InlineData("birthdate=ge1980&birthdate=lt1980-06", "AB")]
    [InlineData("birthdate=1979-12,1980-05-17", "AC")]
    [InlineData("birthdate:missing=true", "D")]
    [InlineData("death-date=2020", "B")]
    [InlineData("death-date=ge2021", "")]
    [InlineData("death-date:missing=false", "B")]
    [InlineData("_lastUpdated=2026-01-31T10:30:15Z", "A")]
    [InlineData("_lastUpdated=2026-01-31T10:30Z", "A")]
    [InlineData("_lastUpdated=2026-01-31T11:30:15%2B01:00", "A")]
    [InlineData("_lastUpdated=2026-01-31T11:30:15+01:00", "A")]
    [InlineData("_lastUpdated=gt2026-01-31T10:30:15Z", "B")]
    [InlineData("_lastUpdated=ge2026-01-31T10:30:15Z", "AB")]
    [InlineData("_lastUpdated=lt2025", "D")]
    public void Dates(string query, string found) => Assert.Equal(found, FhirPeople.Find(query));

    [Fact]
    public void The_id_is_the_stores_too() => Assert.Equal("B", FhirPeople.Find($"_id={FhirPeople.IdOf("B")},nobody"));

    [Fact]
    public void What_is_no_condition_shapes_the_answer()
    {
        var search = FhirQuery.Parse("_sort=family,-birthdate&family=x&_count=20&_total=estimate&_sort=-name");
        Assert.Equal(20, search.Count);
        Assert.IsType<AllOf>(search.Query.Where);
        Assert.Equal(
            [("FamilyName", false), ("BirthDate", true), ("FamilyName", true), ("GivenName", true)],
            search.Query.Order.Select(level => (level.Property.Name, level.Descending)));
        Assert.Null(FhirQuery.Parse("family=x").Count);
        Assert.Equal(0, FhirQuery.Parse("_count=0").Count);
    }

    [Fact]
    public void Every_order_is_one_that_an_index_has() => Assert.All(
        FhirParameters.SortNames.SelectMany(name => FhirQuery.Parse($"_sort={name}").Query.Order), level => Assert.True(level.Property.IsSortable, level.Property.Name));

    [Theory]
    [InlineData("familly=x", "FhirParameterUnknown", "family")]
    [InlineData("Family=x", "FhirParameterUnknown", "family")]
    [InlineData("birthDate=1980", "FhirParameterUnknown", "birthdate")]
    [InlineData("address-state=NW", "FhirParameterUnknown", "Document.address.state")]
    [InlineData("general-practitioner=x", "FhirParameterUnknown", "general-practitioner")]
    [InlineData("organization.name=x", "FhirParameterUnknown", "nearest")]
    [InlineData("_has:Observation:patient:code=1", "FhirParameterUnknown", "_has:Condition:patient:code")]
    [InlineData("_include=*", "FhirParameterUnknown", "_include")]
    [InlineData("_sort=shoe", "FhirParameterUnknown", "nearest")]
    [InlineData("_sort=identifier", "FhirParameterUnknown", "nearest")]
    [InlineData("_sort=", "FhirValueInvalid", "name=value")]
    [InlineData("_sort=family,", "FhirParameterUnknown", "nearest")]
    [InlineData("family:exakt=x", "FhirModifierUnknown", ":exact")]
    [InlineData("family:=x", "FhirModifierUnknown", ":exact")]
    [InlineData("family:not=x", "FhirModifierUnknown", ":contains")]
    [InlineData("gender:exact=male", "FhirModifierUnknown", ":not")]
    [InlineData("birthdate:exact=1980", "FhirModifierUnknown", ":missing")]
    [InlineData("identifier:of-type=x|y|z", "FhirModifierUnknown", ":not")]
    [InlineData("phonetic:contains=x", "FhirModifierUnknown", ":missing")]
    [InlineData("family:missing=yes", "FhirValueInvalid", "true or false")]
    [InlineData("family", "FhirValueInvalid", "name=value")]
    [InlineData("family=", "FhirValueInvalid", "name=value")]
    [InlineData("=x", "FhirValueInvalid", "name=value")]
    [InlineData("family=a,,b", "FhirValueInvalid", "missing")]
    [InlineData("family=---", "FhirValueInvalid", "letter or digit")]
    [InlineData("family=a\\b", "FhirValueInvalid", "backslash")]
    [InlineData("family=a\\", "FhirValueInvalid", "backslash")]
    [InlineData("family=%", "FhirValueInvalid", "%25")]
    [InlineData("family=%zz", "FhirValueInvalid", "%25")]
    [InlineData("family=%FF", "FhirValueInvalid", "UTF-8")]
    [InlineData("phonetic=123", "FhirValueInvalid", "sound")]
    [InlineData("gender=femal", "FhirValueInvalid", "female")]
    [InlineData("gender=urn:x|male", "FhirValueInvalid", "administrative-gender")]
    [InlineData("active=1", "FhirValueInvalid", "true or false")]
    [InlineData("identifier=|", "FhirValueInvalid", "system|value")]
    [InlineData("_has:Condition:patient:code=urn:icd|E11", "FhirValueInvalid", "system")]
    [InlineData("birthdate=1980-13", "FhirValueInvalid", "1980-05")]
    [InlineData("birthdate=17.05.1980", "FhirValueInvalid", "1980-05")]
    [InlineData("birthdate=1980-05-00", "FhirValueInvalid", "1980-05")]
    [InlineData("birthdate=1980-05-17T10:00", "FhirValueInvalid", "1980-05")]
    [InlineData("birthdate=xx1980", "FhirValueInvalid", "eq, ne")]
    [InlineData("birthdate=>1980", "FhirValueInvalid", "1980-05")]
    [InlineData("_lastUpdated=2026-01-31T25:00Z", "FhirValueInvalid", "10:30")]
    [InlineData("_count=-1", "FhirValueInvalid", "whole number")]
    [InlineData("_count=1.5", "FhirValueInvalid", "whole number")]
    [InlineData("_total=exact", "FhirValueInvalid", "accurate")]
    public void What_is_not_understood_is_an_error(string query, string id, string hint)
    {
        var error = Assert.Throws<PatientToolsException>(() => FhirQuery.Parse(query));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused() =>
        Assert.Equal("FhirValueInvalid", Assert.Throws<PatientToolsException>(() => FhirQuery.Parse("family=\uD800")).ErrorId);

    [Fact]
    public void Whatever_is_typed_is_a_question_or_one_error() =>
        Gen.OneOf("family", "birthdate", "identifier", "_sort", "_count", "_id", "active", "_lastUpdated", "phonetic", ":exact", ":missing", ":not", "=", "=", "&", ",", "|", "\\", "%", "%41", "+", "ge", "1980", "-", "true", "Müller", "\0", "\uD83D", "urn:x")
            .Array[0, 10].Select(string.Concat)
            .Sample(
                text =>
                {
                    try
                    {
                        return FhirQuery.Parse(text).Query.Where.ToIndexQuery(new DateOnly(2026, 11, 24)) is not null;
                    }
                    catch (PatientToolsException error)
                    {
                        return error.ErrorId.StartsWith("Fhir", StringComparison.Ordinal);
                    }
                },
                seed: TextGenerators.Seed,
                iter: 20_000);

    [Fact]
    public void A_monstrous_query_is_refused() =>
        Assert.Equal("FhirValueInvalid", Assert.Throws<PatientToolsException>(() => FhirQuery.Parse("family=" + new string('x', 1 << 20))).ErrorId);

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("'; DROP TABLE patient; --")]
    [InlineData("*")]
    public void An_attack_is_a_plain_value(string attack)
    {
        Assert.Equal("", FhirPeople.Find($"family:exact={Uri.EscapeDataString(attack)}"));
        Assert.Equal("", FhirPeople.Find($"identifier={Uri.EscapeDataString(attack)}"));
    }
}
