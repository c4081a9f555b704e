using PatientTools.Patients;
using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>Makes the search entries of a patient. They follow from the document alone, so that they can always be made anew.</summary>
public static class SearchEntries
{
    /// <summary>The version of the rules; a store made under another one has its entries rebuilt.</summary>
    public const int Version = (TextFolding.Version * 1000) + 1;

    /// <summary>The types of resources of which search entries are made.</summary>
    public static IReadOnlyList<string> RecordTypes { get; } = ["Condition", "Coverage"];

    /// <summary>The term of <see cref="SearchEntryKind.State"/> of patients that are not removed.</summary>
    public const string Living = "living";

    /// <summary>The term of <see cref="SearchEntryKind.State"/> of patients that are removed.</summary>
    public const string Removed = "removed";

    /// <summary>Stands between an identifier's value and its system: a control character, which neither can hold.</summary>
    private const char Separator = '\u001F';

    /// <summary>Makes all entries of a patient: what document, record and state say.</summary>
    /// <param name="state">The state; of its stamp, source and removal count.</param>
    /// <param name="record">The present entries of the record; others than conditions and coverages give nothing.</param>
    /// <returns>The entries, each once.</returns>
    public static IReadOnlyList<SearchEntry> Of(Storage.PatientState state, IReadOnlyList<Storage.RecordState> record) => throw new NotSupportedException();

    /// <summary>Makes the entries of a resource of a record.</summary>
    /// <param name="resourceType">The FHIR type.</param>
    /// <param name="json">The resource.</param>
    /// <returns>The entries, each once.</returns>
    public static IReadOnlyList<SearchEntry> OfRecord(string resourceType, ReadOnlySpan<byte> json) => throw new NotSupportedException();

    /// <summary>Makes the entries of a document.</summary>
    /// <param name="properties">What the document says.</param>
    /// <returns>The entries, each once.</returns>
    public static IReadOnlyList<SearchEntry> Of(PatientProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var entries = new List<SearchEntry>(12);
        foreach (var name in properties.Names)
        {
            AddName(entries, name);
        }

        foreach (var address in properties.Addresses)
        {
            Add(entries, SearchEntryKind.CityText, Folded(address.City));
            Add(entries, SearchEntryKind.PostalCodeText, Folded(address.PostalCode));
        }

        foreach (var identifier in properties.Identifiers)
        {
            Add(entries, Of(identifier));
        }

        Add(entries, SearchEntryKind.Gender, properties.Gender);
        return entries;
    }

    /// <summary>The entry of an identifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <returns>Its entry.</returns>
    public static SearchEntry Of(PatientIdentifier identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return identifier switch
        {
            { System: IdentifierSystems.Kvnr } => new(SearchEntryKind.Kvnr, identifier.Value),
            { IsMrn: true } => new(SearchEntryKind.Mrn, IdentifierTerm(identifier.Value, identifier.System)),
            _ => new(SearchEntryKind.Identifier, IdentifierTerm(identifier.Value, identifier.System)),
        };
    }

    /// <summary>The term of an identifier: value first, so that a value without a system is a prefix.</summary>
    /// <param name="value">The value; empty text and null stand for each other.</param>
    /// <param name="system">The system, or null.</param>
    /// <returns>The term.</returns>
    public static string IdentifierTerm(string value, string? system) => $"{value}{Separator}{system}";

    /// <summary>The value of an identifier.</summary>
    /// <param name="term">Its <see cref="IdentifierTerm"/>.</param>
    /// <returns>The value.</returns>
    public static string IdentifierValue(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return ValueTerm.TextOf(System.Text.Encoding.UTF8.GetBytes(term[..term.IndexOf(Separator, StringComparison.Ordinal)])) ?? "";
    }

    /// <summary>The pattern for an identifier of any system by its whole value.</summary>
    /// <param name="value">The value, compared as it is.</param>
    /// <returns>The pattern over <see cref="IdentifierTerm"/>.</returns>
    public static TextPattern IdentifierPattern(string value) => TextPattern.PrefixTerm($"{value}{Separator}");

    /// <summary>The pattern for identifiers of any system by a value with wildcards.</summary>
    /// <param name="pattern">The pattern over the value.</param>
    /// <returns>The pattern over <see cref="IdentifierTerm"/>.</returns>
    public static TextPattern IdentifierWildcard(string pattern) => TextPattern.WildcardTerm($"{pattern}{Separator}*");

    private static void AddName(List<SearchEntry> entries, PatientName name)
    {
        AddWords(entries, SearchEntryKind.FamilyNamePart, name.Family);
        foreach (var given in name.Given)
        {
            AddWords(entries, SearchEntryKind.GivenNamePart, given);
        }

        if (name is { Family: null, Given.Count: 0 })
        {
            AddWords(entries, SearchEntryKind.FamilyNamePart, name.Text);
        }
    }

    private static void AddWords(List<SearchEntry> entries, SearchEntryKind kind, string? text)
    {
        if (text is null)
        {
            return;
        }

        foreach (var word in TextFolding.Words(text))
        {
            Add(entries, kind, word);
        }
    }

    private static string? Folded(string? text) => text is null ? null : TextFolding.Fold(text);

    private static void Add(List<SearchEntry> entries, SearchEntryKind kind, string? term)
    {
        if (!string.IsNullOrEmpty(term))
        {
            Add(entries, new SearchEntry(kind, term));
        }
    }

    private static void Add(List<SearchEntry> entries, SearchEntry entry)
    {
        if (!entries.Contains(entry))
        {
            entries.Add(entry);
        }
    }
}
