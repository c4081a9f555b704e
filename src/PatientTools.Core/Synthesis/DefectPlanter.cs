
namespace PatientTools.Synthesis;

/// <summary>Plants one fault in a person.</summary>
internal static class DefectPlanter
{
    private static readonly SampleDefect[] OfRecord = [SampleDefect.InstitutionNumberCheckDigit, SampleDefect.DiagnosisCode];
    private static readonly SampleDefect[] All = Enum.GetValues<SampleDefect>();
    private static readonly SampleDefect[] OfDocument = [.. All.Except(OfRecord)];

    private static readonly (string Family, string Given)[] Placeholders =
    [
        ("Mustermann", "Max"), ("Mustermann", "Erika"), ("Musterfrau", "Erika"), ("Test", "Test"), ("Testpatient", "Test"),
        ("Unbekannt", "Unbekannt"), ("Dummy", "Dummy"),
    ];

    private static readonly string[] NamesWithUmlaut = ["Müller", "Schäfer", "Köhler", "Schröder", "Krüger", "Jäger", "Böhm", "Günther"];
    private static readonly string[] ImpossibleDays = ["-02-30", "-04-31", "-06-31", "-09-31", "-11-31", "-13-01", "-05-32"];
    private static readonly string[] WrongGenders = ["M", "W", "männlich", "weiblich", "F", "divers", "2"];
    private static readonly string[] WrongPhones = ["keine", "0", "030/2312x5", "12345678901234567890123", "siehe Ehefrau"];
    private static readonly string[] WrongEmails = ["@example.org", "post@", "post.example.org", "post@@example.org", "po st@example.org"];

    /// <summary>What a byte of UTF-8 becomes when it is read as Windows-1252, for the letters of German names.</summary>
    private static readonly (string Letter, string Misread)[] Misreadings =
    [
        ("ä", "Ã¤"), ("ö", "Ã¶"), ("ü", "Ã¼"), ("ß", "ÃŸ"), ("Ä", "Ã„"), ("Ö", "Ã–"), ("Ü", "Ãœ"),
    ];

    public static SampleDefect Plant(SamplePerson person, SampleOptions options, long number, ref SampleRandom random)
    {
        var defect = random.Pick(options.IncludeRecord ? All : OfDocument);
        switch (defect)
        {
            case SampleDefect.KvnrCheckDigit or SampleDefect.KvnrFormat:
                PlantKvnr(defect, person, SampleNumbers.Kvnr(options.Seed, number), ref random);
                break;
            case >= SampleDefect.MissingName and <= SampleDefect.PlaceholderName:
                PlantName(defect, person, ref random);
                break;
            case >= SampleDefect.BirthDateInFuture and <= SampleDefect.DeathBeforeBirth:
                PlantDate(defect, person, options.Today, ref random);
                break;
            default:
                PlantElsewhere(defect, person, ref random);
                break;
        }

        return defect;
    }

    /// <summary>A code that ICD-10-GM cannot have, made from a right one.</summary>
    public static string WrongCode(string code, ref SampleRandom random) => random.Below(3) switch
    {
        0 => code.ToLowerInvariant(),
        1 => code.Contains('.', StringComparison.Ordinal) ? code.Replace('.', ',') : code + ",",
        _ => code[..1] + "O" + code[2..],
    };

    private static void PlantKvnr(SampleDefect defect, SamplePerson person, string kvnr, ref SampleRandom random)
    {
        if (person.IsPrivatelyInsured)
        {
            person.IsPrivatelyInsured = false;
            person.Insurer = HealthInsurers.Statutory.Draw(ref random);
        }

        person.Kvnr = defect == SampleDefect.KvnrCheckDigit ? WithOtherLastDigit(kvnr, ref random) : random.Below(4) switch
        {
            0 => kvnr[..9],
            1 => kvnr + "0",
            2 => kvnr.ToLowerInvariant(),
            _ => "0" + kvnr[1..],
        };
    }

    private static void PlantName(SampleDefect defect, SamplePerson person, ref SampleRandom random)
    {
        var family = person.FamilyName!;
        switch (defect)
        {
            case SampleDefect.MissingName:
                person.FamilyName = null;
                person.GivenNames = [];
                break;
            case SampleDefect.DigitInName:
                var given = person.GivenNames[0];
                var at = random.Between(1, given.Length);
                person.GivenNames = [given.Insert(at, ((char)('0' + random.Below(10))).ToString()), .. person.GivenNames[1..]];
                break;
            case SampleDefect.Mojibake:
                person.FamilyName = Misread(family) is var misread && misread != family ? misread : Misread(random.Pick(NamesWithUmlaut));
                break;
            case SampleDefect.AllCapitals:
                person.FamilyName = Capitals(family);
                person.GivenNames = Array.ConvertAll(person.GivenNames, Capitals);
                break;
            case SampleDefect.SurroundingBlanks:
                person.FamilyName = random.Below(3) switch { 0 => " " + family, 1 => family + "  ", _ => $" {family} " };
                break;
            case SampleDefect.ControlCharacter:
                person.FamilyName = family.Insert(random.Between(1, family.Length - 1), random.Below(2) == 0 ? "\u0007" : "\u001F");
                break;
            default:
                (person.FamilyName, var placeholder) = random.Pick(Placeholders);
                person.GivenNames = [placeholder];
                break;
        }
    }

    private static void PlantDate(SampleDefect defect, SamplePerson person, DateOnly today, ref SampleRandom random)
    {
        person.DeceasedDate = null;
        switch (defect)
        {
            case SampleDefect.BirthDateInFuture:
                person.BirthDate = PersonComposer.Text(today.AddDays(random.Between(1, 3650)));
                break;
            case SampleDefect.MissingBirthDate:
                person.BirthDate = null;
                break;
            case SampleDefect.PlaceholderBirthDate:
                person.BirthDate = "1900-01-01";
                break;
            case SampleDefect.ImpossibleBirthDate:
                person.BirthDate = person.BirthDate![..4] + random.Pick(ImpossibleDays);
                break;
            default:
                person.DeceasedDate = PersonComposer.Text(person.Born.AddDays(-random.Between(1, 5000)));
                break;
        }
    }

    private static void PlantElsewhere(SampleDefect defect, SamplePerson person, ref SampleRandom random)
    {
        switch (defect)
        {
            case SampleDefect.GenderCode:
                person.Gender = random.Pick(WrongGenders);
                break;
            case SampleDefect.PostalCodeZeros:
                person.PostalCode = "00000";
                break;
            case SampleDefect.PostalCodeFourDigits:
                person.PostalCode = person.PostalCode[1..];
                break;
            case SampleDefect.Phone:
                person.Phone = random.Pick(WrongPhones);
                break;
            case SampleDefect.Email:
                person.Email = random.Pick(WrongEmails);
                break;
            case SampleDefect.RepeatedIdentifier:
                person.RepeatsIdentifier = true;
                break;
            case SampleDefect.EmptyText:
                person.City = "";
                break;
            case SampleDefect.UnknownMember:
                person.HasUnknownMember = true;
                break;
            case SampleDefect.InstitutionNumberCheckDigit:
                person.Insurer = person.Insurer with { InstitutionNumber = WithOtherLastDigit(person.Insurer.InstitutionNumber, ref random) };
                break;
            default:
                person.HasWrongDiagnosisCode = true;
                break;
        }
    }

    private static string WithOtherLastDigit(string number, ref SampleRandom random) =>
        number[..^1] + (char)('0' + ((number[^1] - '0' + random.Between(1, 9)) % 10));

    private static string Capitals(string name) => name.Replace("ß", "ss", StringComparison.Ordinal).ToUpperInvariant();

    private static string Misread(string name)
    {
        foreach (var (letter, misread) in Misreadings)
        {
            name = name.Replace(letter, misread, StringComparison.Ordinal);
        }

        return name;
    }
}
