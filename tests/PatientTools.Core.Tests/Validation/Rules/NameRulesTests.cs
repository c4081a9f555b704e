namespace PatientTools.Core.Tests.Validation.Rules;

public class NameRulesTests
{
    [Theory]
    [InlineData("name: missing")]
    [InlineData("name: [{\"use\":\"official\"}]")]
    [InlineData("name: [{\"prefix\":[\"Dr.\"]}]")]
    public void A_name_is_missing(string changes) => Checked.Finds("NameMissing", changes, "Patient.name");

    [Theory]
    [InlineData("name: [{\"family\":\"Müller\"}]")]
    [InlineData("name: [{\"given\":[\"Anna\"]}]")]
    [InlineData("name: [{\"text\":\"Anna Müller\"}]")]
    [InlineData("name[0].family: missing, name[0].given: missing, name[0]._family.extension[0].url: \"http://hl7.org/fhir/StructureDefinition/data-absent-reason\", name[0]._family.extension[0].valueCode: \"unknown\"")]
    public void A_name_is_there_or_said_to_be_absent(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("name[0].family: \"Mül\\u0007ler\"", "Patient.name[0].family", "Müller")]
    [InlineData("name[0].given[1]: \"Ma\\u001Fria\"", "Patient.name[0].given[1]", "Maria")]
    [InlineData("name[0].family: \"von\\tMüller\"", "Patient.name[0].family", "von Müller")]
    [InlineData("name[0].family: \"Mül\\u0085ler\"", "Patient.name[0].family", "Müller")]
    [InlineData("name[0].family: \"Mül\\u007Fler\"", "Patient.name[0].family", "Müller")]
    [InlineData("contact[0].name.family: \"Mül\\u0007ler\"", "Patient.contact[0].name.family", "Müller")]
    public void Control_characters(string changes, string path, string mended) => Assert.Equal(mended, Checked.Finds("NameControlCharacter", changes, path).Suggestion);

    [Theory]
    [InlineData(" Müller", "Müller")]
    [InlineData("Müller  ", "Müller")]
    [InlineData("\\tMüller\\n", "Müller")]
    [InlineData("Müller\\u00A0", "Müller")]
    [InlineData("\\uFEFFMüller", "Müller")]
    [InlineData("von  der Aue", "von der Aue")]
    public void Blanks(string family, string mended) =>
        Assert.Equal(mended, Checked.Finds("NameSurroundingBlanks", $"name[0].family: \"{family}\"", "Patient.name[0].family").Suggestion);

    [Theory]
    [InlineData("name[0].family: \"Abbott774\"", "Patient.name[0].family", "Abbott")]
    [InlineData("name[0].given[0]: \"Ann4\"", "Patient.name[0].given[0]", "Ann")]
    [InlineData("name[0].family: \"M0ser\"", "Patient.name[0].family", null)]
    public void Digits(string changes, string path, string? mended) => Assert.Equal(mended, Checked.Finds("NameDigits", changes, path).Suggestion);

    [Theory]
    [InlineData("name[0].suffix[0]: \"III\"")]
    [InlineData("name[0].suffix[0]: \"2nd\"")]
    [InlineData("name[0].prefix[0]: \"Dr. (Univ. Lissabon)\"")]
    [InlineData("name[0].prefix[0]: \"Dipl.-Ing. (FH)\"")]
    [InlineData("name[0].text: \"Müller, Anna (geb. 1958)\"")]
    public void Titles_additions_and_whole_names_may_hold_more(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("name[0].family: \"MÃ¼ller\"", "Patient.name[0].family", "Müller")]
    [InlineData("name[0].family: \"GroÃŸ\"", "Patient.name[0].family", "Groß")]
    [InlineData("name[0].family: \"Gro\\u00C3\\u009F\"", "Patient.name[0].family", "Groß")]
    [InlineData("name[0].family: \"MÃƒÂ¼ller\"", "Patient.name[0].family", "Müller")]
    [InlineData("name[0].given[0]: \"JosÃ©\"", "Patient.name[0].given[0]", "José")]
    [InlineData("address[0].city: \"KÃ¶ln\"", "Patient.address[0].city", "Köln")]
    [InlineData("address[0].line[0]: \"HauptstraÃŸe 1\"", "Patient.address[0].line[0]", "Hauptstraße 1")]
    [InlineData("address[0].district: \"SÃ¼d\"", "Patient.address[0].district", "Süd")]
    [InlineData("contact[0].name.family: \"MÃ¼ller\"", "Patient.contact[0].name.family", "Müller")]
    [InlineData("name[0].text: \"Anna â€“ MÃ¼ller\"", "Patient.name[0].text", "Anna – Müller")]
    [InlineData("name[0].family: \"MÃ¼llÃ\"", "Patient.name[0].family", null)]
    public void Misread_text(string changes, string path, string? mended)
    {
        var issue = Checked.Finds("TextMisread", changes, path);
        Assert.Equal(mended, issue.Suggestion);
        Assert.Contains(mended ?? "UTF-8", issue.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Müller*", "*", "Müller")]
    [InlineData("Müller/Meier", "/", null)]
    [InlineData("Müller–Meier", "–", "Müller-Meier")]
    [InlineData("Müller\\u00A0Meier", "U+00A0", "Müller Meier")]
    [InlineData("Иванов", "И", null)]
    [InlineData("M\\uFFFDller", "U+FFFD", null)]
    [InlineData("Müller_Meier", "_", "Müller Meier")]
    [InlineData("王", "王", null)]
    public void Characters_outside_DIN_91379(string family, string character, string? mended)
    {
        var issue = Checked.Finds("NameCharacters", $"name[0].family: \"{family}\"", "Patient.name[0].family");
        Assert.Contains(character, issue.Message, StringComparison.Ordinal);
        Assert.Equal(mended, issue.Suggestion);
    }

    [Fact]
    public void Decomposed_letters_are_to_be_composed() =>
        Assert.Equal("Müller", Checked.Finds("NameCharacters", "name[0].family: \"Mu\\u0308ller\"", "Patient.name[0].family").Suggestion);

    [Theory]
    [InlineData("O'Brien")]
    [InlineData("D’Angelo")]
    [InlineData("Nguyễn")]
    [InlineData("Þórðardóttir")]
    [InlineData("Özdemir-Yılmaz")]
    [InlineData("Łukaszewicz")]
    [InlineData("C\\u0328\\u0306avus")]
    [InlineData("Graf von und zu Buntspecht")]
    [InlineData("Graf, genannt Meier")]
    [InlineData("Ǧül")]
    public void Characters_of_DIN_91379(string family) => Checked.FindsNothing($"name[0].family: \"{family}\"");

    [Theory]
    [InlineData("name[0].family: \"MÜLLER\"", "Müller")]
    [InlineData("name[0].family: \"VON BERG\"", "von Berg")]
    [InlineData("name[0].family: \"MÜLLER-LÜDENSCHEIDT\"", "Müller-Lüdenscheidt")]
    [InlineData("name[0].family: \"GROßMANN\"", "Großmann")]
    [InlineData("name[0].family: \"OTT\", name[0].given: [\"IDA\"]", "Ott")]
    [InlineData("name[0].family: \"ÖZDEMİR\"", null)]
    [InlineData("name[0].family: \"YıLMAZ\"", "Yılmaz")]
    public void Capitals(string changes, string? mended)
    {
        var issue = Checked.Finds("NameCapitals", changes, "Patient.name[0].family");
        Assert.True(mended is null || mended == issue.Suggestion, issue.Suggestion);
    }

    [Theory]
    [InlineData("name[0].given: [\"KARL-HEINZ\"]", "name[0].given[0]", "Karl-Heinz")]
    [InlineData("name[0].given: [\"Anna\", \"MARIA\"]", "name[0].given[1]", "Maria")]
    [InlineData("name[0].family: \"NG\", name[0].given: [\"ANNA M.\"]", "name[0].given[0]", "Anna M.")]
    [InlineData("name[0].family: missing, name[0].given: missing, name[0].text: \"VON BERG, ANNA\"", "name[0].text", "von Berg, Anna")]
    [InlineData("contact[0].name.family: \"OTT\", contact[0].name.given: [\"IDA\"]", "contact[0].name.family", "Ott")]
    [InlineData("contact[0].name.given: [\"ANNA\"]", "contact[0].name.given[0]", "Anna")]
    public void Capitals_in_other_parts(string changes, string path, string mended) => Assert.Equal(mended, Checked.Finds("NameCapitals", changes, "Patient." + path).Suggestion);

    [Theory]
    [InlineData("name[0].text: \"Anna Müller 2\"", "name[0].text")]
    [InlineData("name[0].text: \"Anna Müller2\", name[0].family: \"Müller2\"", "name[0].family")]
    [InlineData("contact[0].name.text: \"Anna2\"", "contact[0].name.text")]
    public void Digits_in_the_text_of_a_name_are_told_once(string changes, string path) => Checked.Finds("NameDigits", changes, "Patient." + path);

    [Theory]
    [InlineData("name[0].text: \"Anna Müller 3rd\", name[0].suffix: [\"3rd\"]")]
    [InlineData("name[0].text: \"Max Mustermann\"")]
    public void Texts_of_names_with_parts_are_not_told(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("name[0].family: \"McDONALD\"")]
    [InlineData("name[0].family: \"OTT\"")]
    [InlineData("name[0].family: \"NG\", name[0].given: [\"J.\"]")]
    [InlineData("name[0].family: \"OTT\", name[0].given: [\"I.\"]")]
    [InlineData("name[0].given: [\"A.\", \"M.\"]")]
    [InlineData("name[0].family: \"Alpha\"")]
    [InlineData("name[0].given: [\"J.R.R.T.\", \"K.-H.\", \"AB\", \"Ida\", \"IDA\"]")]
    [InlineData("name[0].text: \"ANNA MÜLLER\"")]
    [InlineData("name[0].family: missing, name[0].given: missing, name[0].text: \"A. B. C. NG\"")]
    [InlineData("contact[0].name.family: \"OTT\", contact[0].name.given: [\"Ida\"]")]
    public void Not_in_capitals(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("name[0].family: \"Mustermann\", name[0].given: [\"Max\"]", "family")]
    [InlineData("name[0].family: \"Musterfrau\"", "family")]
    [InlineData("name[0].family: \"Muster\", name[0].given: [\"Erika\"]", "family")]
    [InlineData("name[0].family: \"Test\"", "family")]
    [InlineData("name[0].family: \"TEST\", name[0].given: [\"TEST\"]", "family")]
    [InlineData("name[0].family: \"Testpatient 3\"", "family")]
    [InlineData("name[0].family: \"Test-Patient\"", "family")]
    [InlineData("name[0].given: [\"Test\"]", "given[0]")]
    [InlineData("name[0].family: \"Nachname-0001\"", "family")]
    [InlineData("name[0].family: \"Nachname_0001\"", "family")]
    [InlineData("name[0].family: \"N.N.\"", "family")]
    [InlineData("name[0].family: \"N. N.\"", "family")]
    [InlineData("name[0].family: \"xxx\"", "family")]
    [InlineData("name[0].family: \"asdf\"", "family")]
    [InlineData("name[0].family: \"Unbekannt\"", "family")]
    [InlineData("name[0].family: \"Dummy\"", "family")]
    [InlineData("name[0].family: \"Doe\", name[0].given: [\"John\"]", "family")]
    [InlineData("name[0].family: missing, name[0].given: missing, name[0].text: \"John Doe\"", "text")]
    [InlineData("name[0].family: missing, name[0].given: missing, name[0].text: \"MUSTERMANN, MAX\"", "text")]
    public void Placeholder_people(string changes, string part) => Checked.Finds("PlaceholderPerson", changes, "Patient.name[0]." + part);

    [Theory]
    [InlineData("name[0].family: \"Muster\"")]
    [InlineData("name[0].family: \"Doe\"")]
    [InlineData("name[0].family: \"Testa\"")]
    [InlineData("name[0].family: \"Tester\"")]
    [InlineData("name[0].family: \"Mustermannsen\"")]
    [InlineData("name[0].family: \"Nguyen\"")]
    [InlineData("name[0].family: \"Töst\"")]
    [InlineData("name[0].given: [\"Max\"]")]
    [InlineData("name[0].family: missing, name[0].given: missing, name[0].text: \"Markus Doe\"")]
    public void Real_people(string changes) => Checked.FindsNothing(changes);

    [Theory]
    [InlineData("address[0].postalCode: \"00000\"", "address[0].postalCode")]
    [InlineData("address[0].postalCode: \"99999\"", "address[0].postalCode")]
    [InlineData("birthDate: \"1900-01-01\"", "birthDate")]
    [InlineData("birthDate: \"1901-01-01\"", "birthDate")]
    [InlineData("birthDate: \"0001-01-01\"", "birthDate")]
    [InlineData("birthDate: \"9999-12-31\"", "birthDate")]
    [InlineData("telecom[0].value: \"00000000\"", "telecom[0].value")]
    [InlineData("telecom[0].value: \"0000/0000-0000\"", "telecom[0].value")]
    [InlineData("telecom[0].value: \"9999999999999999999\"", "telecom[0].value")]
    [InlineData("identifier[0].value: \"0000\"", "identifier[0].value")]
    [InlineData("identifier[0].value: \"99999\"", "identifier[0].value")]
    public void Placeholder_values(string changes, string path) => Checked.Finds("PlaceholderValue", changes, "Patient." + path);

    [Theory]
    [InlineData("address[0].postalCode: \"12345\"")]
    [InlineData("telecom[0].value: \"110\"")]
    [InlineData("birthDate: \"1970-01-01\"")]
    [InlineData("identifier[0].value: \"777\"")]
    [InlineData("identifier[0].value: \"AAAA\"")]
    [InlineData("identifier[0].type: missing, identifier[0].value: \"0000\"")]
    public void Real_values(string changes) => Checked.FindsNothing(changes);
}
