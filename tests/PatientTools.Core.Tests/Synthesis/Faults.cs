using System.Text.Json;
using System.Text.RegularExpressions;
using PatientTools.Patients;
using PatientTools.Synthesis;

namespace PatientTools.Core.Tests.Synthesis;

/// <summary>Finds faults in what a sample says, without knowing what was planted.</summary>
internal static partial class Faults
{
    private static readonly string[] Placeholders = ["Mustermann", "Musterfrau", "Test", "Testpatient", "Unbekannt", "Dummy"];
    private static readonly HashSet<string> Members =
    [
        "resourceType", "id", "identifier", "active", "name", "telecom", "gender", "birthDate", "deceasedDateTime", "address", "maritalStatus",
    ];

    public static string? PostalCode(this PatientProperties patient) => patient.Address?.PostalCode;

    public static SampleDefect[] Of(PatientSample sample, DateOnly today) =>
        [.. OfDocument(sample.Document.Utf8, sample.Document.Properties, today).Concat(sample.Record.SelectMany(resource => OfResource(resource, sample))).Order()];

    private static IEnumerable<SampleDefect> OfDocument(ReadOnlyMemory<byte> json, PatientProperties patient, DateOnly today)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (patient.Kvnr is { } kvnr && !CheckDigits.IsValidKvnr(kvnr))
        {
            yield return CheckDigits.IsKvnrFormat(kvnr) ? SampleDefect.KvnrCheckDigit : SampleDefect.KvnrFormat;
        }

        foreach (var fault in OfName(patient).Concat(OfDates(root, patient, today)))
        {
            yield return fault;
        }

        if (patient.Gender is not ("male" or "female" or "other"))
        {
            yield return SampleDefect.GenderCode;
        }

        if (patient.PostalCode() is not { Length: 5 } postalCode)
        {
            yield return SampleDefect.PostalCodeFourDigits;
        }
        else if (postalCode == "00000")
        {
            yield return SampleDefect.PostalCodeZeros;
        }

        if (patient.Phone is { } phone && !DramaNumber().IsMatch(phone))
        {
            yield return SampleDefect.Phone;
        }

        if (patient.Email is { } email && !MailAddress().IsMatch(email))
        {
            yield return SampleDefect.Email;
        }

        if (patient.Identifiers.Distinct().Count() < patient.Identifiers.Count)
        {
            yield return SampleDefect.RepeatedIdentifier;
        }

        if (root.GetRawText().Contains("\"\"", StringComparison.Ordinal))
        {
            yield return SampleDefect.EmptyText;
        }

        if (root.EnumerateObject().Any(member => !Members.Contains(member.Name)))
        {
            yield return SampleDefect.UnknownMember;
        }
    }

    private static IEnumerable<SampleDefect> OfName(PatientProperties patient)
    {
        if (patient.FamilyName is not { } family || patient.GivenName is not { } given)
        {
            yield return SampleDefect.MissingName;
            yield break;
        }

        if (given.Any(char.IsAsciiDigit))
        {
            yield return SampleDefect.DigitInName;
        }

        if (family.Contains('Ã'))
        {
            yield return SampleDefect.Mojibake;
        }

        if (!family.Any(char.IsLower))
        {
            yield return SampleDefect.AllCapitals;
        }

        if (family != family.Trim())
        {
            yield return SampleDefect.SurroundingBlanks;
        }

        if (family.Any(char.IsControl))
        {
            yield return SampleDefect.ControlCharacter;
        }

        if (Placeholders.Contains(family))
        {
            yield return SampleDefect.PlaceholderName;
        }
    }

    private static IEnumerable<SampleDefect> OfDates(JsonElement root, PatientProperties patient, DateOnly today)
    {
        if (!root.TryGetProperty("birthDate", out _))
        {
            yield return SampleDefect.MissingBirthDate;
        }
        else if (patient.BirthDate is not { } born)
        {
            yield return SampleDefect.ImpossibleBirthDate;
        }
        else if (born.First > today)
        {
            yield return SampleDefect.BirthDateInFuture;
        }
        else if (born.ToString() == "1900-01-01")
        {
            yield return SampleDefect.PlaceholderBirthDate;
        }
        else if (patient.DeceasedDate is { } died && died.First < born.First)
        {
            yield return SampleDefect.DeathBeforeBirth;
        }

        Assert.True(patient.DeceasedDate is not { } day || day.First <= today);
    }

    private static IEnumerable<SampleDefect> OfResource(ReadOnlyMemory<byte> json, PatientSample sample)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        Assert.StartsWith(sample.Id + "-", root.GetProperty("id").GetString(), StringComparison.Ordinal);
        if (root.GetProperty("resourceType").GetString() == "Coverage")
        {
            Assert.Equal("Patient/" + sample.Id, root.GetProperty("beneficiary").GetProperty("reference").GetString());
            if (!CheckDigits.IsValidInstitutionNumber(root.GetProperty("payor")[0].GetProperty("identifier").GetProperty("value").GetString()))
            {
                yield return SampleDefect.InstitutionNumberCheckDigit;
            }

            yield break;
        }

        Assert.Equal("Patient/" + sample.Id, root.GetProperty("subject").GetProperty("reference").GetString());
        if (sample.BirthDate is { } born && sample.Defect is null)
        {
            Assert.True(PartialDate.Parse(root.GetProperty("recordedDate").GetString()!) >= born);
        }

        if (!DiagnosisCode().IsMatch(root.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString()!))
        {
            yield return SampleDefect.DiagnosisCode;
        }
    }

    /// <summary>Bundesnetzagentur, Mitteilung 148/2021.</summary>
    [GeneratedRegex(@"^(030 23125\d{3}|069 90009\d{3}|040 66969\d{3}|0221 4710\d{3}|089 99998\d{3}|0171 39200\d\d|0176 040690\d\d|0152 (28817386|28895456|54599371)|0172 (9925904|9968532|9973185|9973186|9980752)|0174 (9091317|9464308))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DramaNumber();

    [GeneratedRegex(@"^[a-z0-9-]+\.[a-z0-9-]+@example\.(org|com|net)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MailAddress();

    [GeneratedRegex(@"^[A-Z][0-9][A-Z0-9](\.?[A-Z0-9]{0,4})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DiagnosisCode();
}
