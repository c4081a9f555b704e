using System.Globalization;
using System.Text;

namespace PatientTools.Synthesis;

/// <summary>Draws the person that belongs to a number; whoever asks for the same number gets the same person.</summary>
internal sealed class PersonComposer(SampleOptions options, NamePool names)
{
    private static readonly string[] MailDomains = ["example.org", "example.com", "example.net"];

    public SamplePerson Compose(long number)
    {
        var random = new SampleRandom(options.Seed, number, SampleStream.Person);
        var isFemale = random.Below(2) == 0;
        var (born, died) = LifeCourse.Draw(options.Today, ref random);
        var age = new Patients.PartialDate(born.Year, born.Month, born.Day).YearsUntil(options.Today);
        var family = options.NameStyle == SampleNameStyle.Greek ? GreekNames.At(options.FirstGreekName + number - 1) : names.Surnames.Draw(ref random);
        var given = DrawGivenNames(isFemale, born.Year, ref random);
        var (street, postalCode, city) = DrawAddress(ref random);
        var isPrivate = random.PerMille(105);
        return new SamplePerson
        {
            Id = IdOf(options.Seed, number),
            Mrn = MrnOf(options.Seed, number),
            Kvnr = isPrivate ? null : SampleNumbers.Kvnr(options.Seed, number),
            FamilyName = family,
            GivenNames = given,
            Title = age >= 30 && random.PerMille(15) ? "Dr." : null,
            IsFemale = isFemale,
            Gender = random.PerMille(2) ? "other" : isFemale ? "female" : "male",
            Born = born,
            Died = died,
            BirthDate = Text(born),
            DeceasedDate = died is { } day ? Text(day) : null,
            MaritalStatus = age >= 18 && random.PerMille(100) ? DrawMaritalStatus(age, ref random) : null,
            Street = street,
            PostalCode = postalCode,
            City = city,
            Phone = random.PerMille(400) ? SampleNumbers.Phone(city, ref random) : null,
            Email = age >= 14 && random.PerMille(200) ? DrawEmail(given[0], family, ref random) : null,
            IsPrivatelyInsured = isPrivate,
            Insurer = (isPrivate ? HealthInsurers.Private : HealthInsurers.Statutory).Draw(ref random),
        };
    }

    /// <summary>The FHIR id of a sample.</summary>
    public static string IdOf(int seed, long number) => string.Create(CultureInfo.InvariantCulture, $"sample-{seed}-{number}");

    /// <summary>The medical record number of a sample, unique among all seeds and numbers.</summary>
    public static string MrnOf(int seed, long number) => string.Create(CultureInfo.InvariantCulture, $"{seed}-{number:D7}");

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Another surname; null for Greek names, of which each belongs to one sample.</summary>
    public string? DrawSurname(ref SampleRandom random) => options.NameStyle == SampleNameStyle.Greek ? null : names.Surnames.Draw(ref random);

    public (string Street, string PostalCode, string City) DrawAddress(ref SampleRandom random)
    {
        var city = Cities.All.Draw(ref random);
        // The smaller of two draws: there are more low house numbers than high ones.
        var house = Math.Min(random.Between(1, 150), random.Between(1, 150));
        var letter = random.PerMille(70) ? ((char)('a' + random.Below(4))).ToString() : "";
        return (string.Create(CultureInfo.InvariantCulture, $"{names.Streets.Draw(ref random)} {house}{letter}"), city.PostalCode(ref random), city.Name);
    }

    public static string DrawEmail(string given, string family, ref SampleRandom random)
    {
        var suffix = random.PerMille(400) ? random.Between(1, 99).ToString(CultureInfo.InvariantCulture) : "";
        return $"{MailPart(given)}.{MailPart(family)}{suffix}@{random.Pick(MailDomains)}";
    }

    private string[] DrawGivenNames(bool isFemale, int birthYear, ref SampleRandom random)
    {
        var shareOfRareNames = birthYear < 1950 ? 80 : birthYear < 1980 ? 150 : 350;
        var first = random.PerMille(shareOfRareNames)
            ? (isFemale ? names.FemaleGivenNames : names.MaleGivenNames).Draw(ref random)
            : GivenNames.Popular(isFemale, birthYear).Draw(ref random);
        if (!random.PerMille(200))
        {
            return [first];
        }

        var second = GivenNames.Popular(isFemale, birthYear - 25).Draw(ref random);
        return second == first ? [first] : [first, second];
    }

    /// <summary>Codes of HL7's v3-MaritalStatus: single, married, divorced, widowed.</summary>
    private static string DrawMaritalStatus(int age, ref SampleRandom random)
    {
        var draw = random.Below(100);
        return age switch
        {
            < 28 => draw < 92 ? "S" : "M",
            < 65 => draw < 30 ? "S" : draw < 84 ? "M" : draw < 97 ? "D" : "W",
            _ => draw < 8 ? "S" : draw < 60 ? "M" : draw < 71 ? "D" : "W",
        };
    }

    private static string MailPart(string name)
    {
        var text = new StringBuilder(name.Length + 2);
        foreach (var c in name)
        {
            _ = char.ToLowerInvariant(c) switch
            {
                'ä' => text.Append("ae"),
                'ö' => text.Append("oe"),
                'ü' => text.Append("ue"),
                'ß' => text.Append("ss"),
                ' ' => text.Append('-'),
                var lower when char.IsAsciiLetterOrDigit(lower) || lower == '-' => text.Append(lower),
                _ => text,
            };
        }

        return text.ToString();
    }
}
