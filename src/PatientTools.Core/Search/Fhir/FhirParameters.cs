using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Text;
using Kind = PatientTools.Search.SearchEntryKind;

namespace PatientTools.Search.Fhir;

/// <summary>The search parameters of Patient that can be asked here (hl7.org/fhir/R4/patient.html#search).</summary>
internal static class FhirParameters
{
    /// <summary>The reverse chain that is answered: a condition that is recorded for the patient.</summary>
    public const string HasCondition = "_has:Condition:patient:code";

    private const string GenderSystem = "http://hl7.org/fhir/administrative-gender";
    private const string TruthSystem = "http://terminology.hl7.org/CodeSystem/special-values";
    private static readonly string[] OfText = ["exact", "contains"];
    private static readonly string[] OfToken = ["not"];
    private static readonly string[] Genders = ["male", "female", "other", "unknown"];
    private static readonly Kind[] FamilyNames = [Kind.FamilyName, Kind.OtherFamilyName];
    private static readonly Kind[] GivenNames = [Kind.GivenName, Kind.OtherGivenName];

    private static readonly Dictionary<string, FhirParameter> ByName = new FhirParameter[]
    {
        new("_id", OfToken, AllOf.Nothing, (value, _) => Id(value)) { SortBy = [nameof(Patient.Id)] },
        FhirDates.Time("_lastUpdated", nameof(Patient.Modified)),
        Flag("active", nameof(Patient.Active)),
        Text("address", [Kind.Street, Kind.PostalCode, Kind.City, Kind.Country, Kind.OtherAddressPart], []),
        Part("address-city", Kind.CityText, [Kind.City, Kind.OtherAddressPart], [nameof(Patient.City)]),
        Text("address-country", [Kind.Country], [nameof(Patient.Country)]),
        Part("address-postalcode", Kind.PostalCodeText, [Kind.PostalCode, Kind.OtherAddressPart], [nameof(Patient.PostalCode)]),
        FhirDates.Date("birthdate", nameof(Patient.BirthDate)),
        FhirDates.Date("death-date", nameof(Patient.DeceasedDate)),
        Flag("deceased", nameof(Patient.Deceased)),
        Contact("email", nameof(Patient.Email), nameof(Patient.Phone)),
        Name("family", [Kind.FamilyNamePart], FamilyNames, [nameof(Patient.FamilyName)]),
        new("gender", OfToken, HasValue(nameof(Patient.Gender)), (value, _) => Gender(value)) { SortBy = [nameof(Patient.Gender)] },
        Name("given", [Kind.GivenNamePart], GivenNames, [nameof(Patient.GivenName)]),
        new("identifier", OfToken, new IdentifierCondition(null, null), (value, _) => Identifier(value)),
        Name("name", [Kind.FamilyNamePart, Kind.GivenNamePart], [.. FamilyNames, .. GivenNames], [nameof(Patient.FamilyName), nameof(Patient.GivenName)]),
        Contact("phone", nameof(Patient.Phone), nameof(Patient.Email)),
        new("phonetic", [], Has([.. FamilyNames, .. GivenNames]), (value, _) => Sound(value)),
        Contact("telecom", "Telecom", null),
        new(HasCondition, [], HasValue("Condition"), (value, _) => Compare("Condition", ComparisonOperator.Equal, Token(HasCondition, value, null))),
    }.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);

    /// <summary>The names there are.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The names by which can be sorted.</summary>
    public static IEnumerable<string> SortNames => ByName.Values.Where(parameter => parameter.SortBy.Count > 0).Select(parameter => parameter.Name);

    /// <summary>Finds a parameter by its name; case matters.</summary>
    public static FhirParameter? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A comparison of a property with one value.</summary>
    public static PropertyCondition Compare(string property, ComparisonOperator comparison, object? value) =>
        PropertyCondition.Create(SearchProperties.Find(property)!, comparison, [value], caseSensitive: false);

    /// <summary>The condition that a property has a value.</summary>
    public static PropertyCondition HasValue(string property) => Compare(property, ComparisonOperator.NotEqual, null);

    private static EntryCondition Has(IReadOnlyList<Kind> kinds) => new(kinds, TextPattern.WildcardTerm("*"));

    private static EntryCondition Exactly(IReadOnlyList<Kind> kinds, string text) => new(kinds, TextPattern.ExactTerm(UnicodeNormalization.ToNfc(text)));

    /// <summary>Text of which only values are kept: all of them are looked at.</summary>
    private static FhirParameter Text(string name, IReadOnlyList<Kind> kinds, IReadOnlyList<string> sortBy) =>
        new(name, OfText, Has(kinds), (value, modifier) => modifier == "exact" ? Exactly(kinds, Plain(name, value)) : Folded(name, kinds, value, modifier))
        {
            SortBy = sortBy,
        };

    /// <summary>A part of an address, of which all patients' folded forms are kept; only values tell whether it is exact.</summary>
    private static FhirParameter Part(string name, Kind folded, IReadOnlyList<Kind> values, IReadOnlyList<string> sortBy) =>
        new(name, OfText, Has([folded]), (value, modifier) => modifier == "exact"
            ? new AllOf([new EntryCondition([folded], TextPattern.Exact(Plain(name, value))), Exactly(values, Plain(name, value))])
            : Folded(name, [folded], value, modifier))
        {
            SortBy = sortBy,
        };

    /// <summary>A name: each word begins a word of it, in whatever order.</summary>
    private static FhirParameter Name(string name, IReadOnlyList<Kind> words, IReadOnlyList<Kind> values, IReadOnlyList<string> sortBy) =>
        new(name, OfText, Has(values), (value, modifier) => modifier switch
        {
            "exact" => ExactName(values, Plain(name, value)),
            "contains" => Folded(name, values, value, modifier),
            _ => new AllOf([.. Words(name, value).Select(word => new EntryCondition(words, TextPattern.Prefix(word)))]),
        })
        {
            SortBy = sortBy,
        };

    /// <summary>Several given names stand in one value with blanks between; each of them is a name, too.</summary>
    private static PatientCondition ExactName(IReadOnlyList<Kind> kinds, string text)
    {
        var given = kinds.Intersect(GivenNames).ToList();
        if (given.Count == 0)
        {
            return Exactly(kinds, text);
        }

        var escaped = string.Concat(UnicodeNormalization.ToNfc(text).Select(character => character is '*' or '?' or '[' or ']' or '`' ? $"`{character}" : character.ToString()));
        return new AnyOf(
        [
            Exactly(kinds, text),
            .. new[] { $"{escaped} *", $"* {escaped}", $"* {escaped} *" }.Select(pattern => new EntryCondition(given, TextPattern.WildcardTerm(pattern))),
        ]);
    }

    private static FoldedTextCondition Folded(string name, IReadOnlyList<Kind> kinds, string value, string? modifier) =>
        new(kinds, string.Join(' ', Words(name, value)), IsAnywhere: modifier == "contains");

    private static AllOf Sound(string value) => new([.. Words("phonetic", value).Select(word => ColognePhonetics.Encode(word) is { Length: > 0 } code
        ? new SoundsLikeCondition([Kind.FamilyNameSound, Kind.GivenNameSound], code)
        : throw FhirErrors.Value("phonetic", value, "A word without Latin letters has no sound."))]);

    private static FhirParameter Flag(string name, string property) =>
        new(name, OfToken, HasValue(property), (value, _) => Token(name, value, TruthSystem) switch
        {
            "true" => Compare(property, ComparisonOperator.Equal, true),
            "false" => Compare(property, ComparisonOperator.Equal, false),
            var other => throw FhirErrors.Value(name, other, "Write true or false."),
        })
        {
            SortBy = [property],
        };

    private static PropertyCondition Gender(string value)
    {
        var code = Token("gender", value, GenderSystem);
        return Genders.Contains(code, StringComparer.OrdinalIgnoreCase)
            ? Compare(nameof(Patient.Gender), ComparisonOperator.Equal, code)
            : throw FhirErrors.Value("gender", code, $"There are {string.Join(", ", Genders)}. The nearest is {NearestName.Of(code, Genders)}.");
    }

    /// <summary>
    /// Beyond the first phone number and the first e-mail address the index does not tell which is which, so both look at all
    /// ways to reach somebody but the other's first. A plus that became a blank is one again.
    /// </summary>
    private static FhirParameter Contact(string name, string property, string? other) =>
        new(name, OfToken, HasValue(property), (value, _) =>
        {
            var text = Token(name, value, null);
            text = text.StartsWith(' ') ? $"+{text.AsSpan(1)}" : text;
            var any = Compare("Telecom", ComparisonOperator.Equal, text);
            return other is null ? any : new AllOf([any, Compare(other, ComparisonOperator.NotEqual, text)]);
        })
        {
            SortBy = other is null ? [] : [property],
        };

    /// <summary>The store's own id, or the id that the resource had where it came from.</summary>
    private static PatientCondition Id(string value)
    {
        var text = Plain("_id", value);
        var source = PropertyCondition.Create(SearchProperties.Find(nameof(Patient.SourceId))!, ComparisonOperator.Equal, [text], caseSensitive: true);
        return PatientId.TryParse(text, out var id) ? new AnyOf([Compare(nameof(Patient.Id), ComparisonOperator.Equal, id), source]) : source;
    }

    private static IdentifierCondition Identifier(string value)
    {
        var parts = FhirText.Split(value, '|', most: 2);
        var (system, text) = parts.Count == 1 ? (null, Plain("identifier", parts[0])) : (Plain("identifier", parts[0]), Plain("identifier", parts[1]));
        return string.IsNullOrEmpty(system) && text.Length == 0
            ? throw FhirErrors.Value("identifier", value, "Write system|value, value, |value or system|.")
            : new(system, text.Length == 0 ? null : UnicodeNormalization.ToNfc(text));
    }

    /// <summary>The code of a token that has one system or none.</summary>
    private static string Token(string name, string value, string? system)
    {
        var parts = FhirText.Split(value, '|', most: 2);
        return parts.Count == 1 || parts[0].Length == 0 || (system is not null && Plain(name, parts[0]) == system)
            ? Plain(name, parts[^1])
            : throw FhirErrors.Value(name, value, system is null ? "Leave the system out: it is not in the index." : $"The system is {system}. It can be left out.");
    }

    private static string Plain(string name, string value) =>
        FhirText.Unescape(value) ?? throw FhirErrors.Value(name, value, @"A backslash stands before a comma, a bar, a dollar sign or a backslash. Write it twice to search for it.");

    private static IReadOnlyList<string> Words(string name, string value) =>
        TextFolding.Words(Plain(name, value)) is { Count: > 0 } words ? words : throw FhirErrors.Value(name, value, "It has no letter or digit to search for.");
}
