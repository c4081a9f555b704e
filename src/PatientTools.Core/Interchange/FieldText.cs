using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>Reads values as people spell them into values as FHIR spells them.</summary>
internal static class FieldText
{
    private static readonly Dictionary<string, string> Genders = Words(
        ("male", "male m mann maennlich herr"),
        ("female", "female f w frau weiblich weibl"),
        ("other", "other o d x divers unbestimmt nonbinary"),
        ("unknown", "unknown u unbekannt unk"));

    private static readonly Dictionary<string, string> Flags = Words(("true", "true yes y ja j 1 wahr"), ("false", "false no n nein 0 falsch"));

    /// <summary>The value of a field, or null where the text is not certain to mean one.</summary>
    public static string? Read(PatientField field, string text) => field switch
    {
        PatientField.BirthDate or PatientField.DeceasedDate => Date(text),
        PatientField.Gender => Genders.GetValueOrDefault(PatientColumns.Fold(text)),
        PatientField.Active or PatientField.Deceased => Flags.GetValueOrDefault(PatientColumns.Fold(text)),
        PatientField.FhirId => PatientFields.IsFhirId(text) ? text : null,
        _ => text,
    };

    /// <summary>
    /// Reads <c>1951-02-03</c>, <c>19510203</c> and <c>03.02.1951</c>, each also with unknown parts. A date with slashes is
    /// not read: the month may stand before or behind the day.
    /// </summary>
    public static string? Date(string text)
    {
        var iso = text;
        if (text.Length == 8 && text.All(char.IsAsciiDigit))
        {
            iso = $"{text[..4]}-{text[4..6]}-{text[6..]}";
        }
        else if (text.Contains('.', StringComparison.Ordinal))
        {
            var parts = text.Split('.');
            iso = string.Join('-', parts.Reverse().Select((part, i) => i == 0 ? part : part.PadLeft(2, '0')));
        }
        else if (text.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0)
        {
            iso = text[..blank];
        }

        return PartialDate.TryParse(iso, out var date) ? date.ToString() : null;
    }

    private static Dictionary<string, string> Words(params (string Meaning, string Words)[] meanings) =>
        meanings.SelectMany(meaning => meaning.Words.Split(' ').Select(word => (word, meaning.Meaning)))
            .ToDictionary(pair => pair.word, pair => pair.Meaning, StringComparer.Ordinal);
}
