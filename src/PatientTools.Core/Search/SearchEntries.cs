using PatientTools.Patients;
using PatientTools.Search.Index;
using PatientTools.Search.Text;
using PatientTools.Storage;

namespace PatientTools.Search;

/// <summary>
/// Makes the search entries of a patient. They follow from document, record and state alone, so that they can always be made
/// anew.
/// </summary>
public static class SearchEntries
{
    /// <summary>The version of the rules; a store made under another one has its entries rebuilt.</summary>
    public const int Version = (TextFolding.Version * 1_000_000) + (GermanLetters.Version * 10_000) + (ColognePhonetics.Version * 100) + 3;

    /// <summary>Stands between an identifier's value and its system: a control character, which neither should hold.</summary>
    private const char Separator = '\u001F';

    /// <summary>The types of resources of which search entries are made.</summary>
    public static IReadOnlyList<string> RecordTypes { get; } = ["Condition", "Coverage"];

    /// <summary>Makes all entries of a patient: what document, record and state say.</summary>
    /// <param name="state">The state; of its stamp, source and removal count.</param>
    /// <param name="record">The present entries of the record; others than conditions and coverages give nothing.</param>
    /// <returns>The entries, each once.</returns>
    public static IReadOnlyList<SearchEntry> Of(PatientState state, IReadOnlyList<RecordState> record)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(record);
        var document = state.Document.SearchEntries;
        var all = new SearchEntry[document.Count + 2];
        for (var i = 0; i < document.Count; i++)
        {
            all[i] = document[i];
        }

        all[^2] = new(SearchEntryKind.Source, state.Stamp.Source is { } source ? PatientEntryWriter.OfThread.ValueTermOf(source) : "");
        all[^1] = new(SearchEntryKind.State, StateTerms.Of(state.Stamp.IsRemoved));
        return record.Count == 0 ? all : [.. all, .. OfRecord(record)];
    }

    /// <summary>Makes the entries of a record.</summary>
    /// <param name="record">Entries of one patient's record.</param>
    /// <returns>The search entries of all of them, each once.</returns>
    public static IReadOnlyList<SearchEntry> OfRecord(IReadOnlyList<RecordState> record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var entries = new SearchEntryCollector();
        foreach (var resource in record)
        {
            RecordEntryReader.Read(resource.ResourceType, resource.Json.Span, entries);
        }

        return entries.ToArray();
    }

    /// <summary>Makes the entries of a resource of a record.</summary>
    /// <param name="resourceType">The FHIR type.</param>
    /// <param name="json">The resource.</param>
    /// <returns>The entries, each once.</returns>
    public static IReadOnlyList<SearchEntry> OfRecord(string resourceType, ReadOnlySpan<byte> json)
    {
        if (!RecordTypes.Contains(resourceType, StringComparer.Ordinal))
        {
            return [];
        }

        var entries = new SearchEntryCollector();
        RecordEntryReader.Read(resourceType, json, entries);
        return entries.ToArray();
    }

    /// <summary>Makes the entries of a document.</summary>
    /// <param name="properties">What the document says.</param>
    /// <returns>The entries, each once.</returns>
    public static IReadOnlyList<SearchEntry> Of(PatientProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return PatientEntryWriter.OfThread.Write(properties);
    }

    /// <summary>The term of an identifier: value first, so that a value without a system is a prefix.</summary>
    /// <param name="value">The value.</param>
    /// <param name="system">The system; empty text and null stand for each other.</param>
    /// <returns>The term.</returns>
    public static string IdentifierTerm(string value, string? system) => IdentifierStart(value) + system;

    /// <summary>What the terms of an identifier begin with, whatever its system.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The beginning of <see cref="IdentifierTerm"/>.</returns>
    public static string IdentifierStart(string value) => ValueTerm.Of(value) + Separator;

    /// <summary>Value and system of an identifier's term.</summary>
    /// <param name="term">The term in UTF-8, not empty.</param>
    /// <param name="value">The value in UTF-8 and normal form C.</param>
    /// <param name="system">The system in UTF-8; empty when there is none.</param>
    public static void ReadIdentifier(ReadOnlySpan<byte> term, out ReadOnlySpan<byte> value, out ReadOnlySpan<byte> system)
    {
        _ = TrySplit(term, out var start, out system);
        value = ValueTerm.TextBytesOf(start);
    }

    /// <summary>Takes an identifier's term apart.</summary>
    /// <param name="term">The term in UTF-8.</param>
    /// <param name="value">The <see cref="ValueTerm"/> of the value.</param>
    /// <param name="system">The system; empty when there is none.</param>
    /// <returns>Whether the term is one that names systems; else all of it is the value.</returns>
    internal static bool TrySplit(ReadOnlySpan<byte> term, out ReadOnlySpan<byte> value, out ReadOnlySpan<byte> system)
    {
        var end = term.LastIndexOf((byte)Separator);
        value = end < 0 ? term : term[..end];
        system = end < 0 ? [] : term[(end + 1)..];
        return end >= 0;
    }

    /// <summary>What an entry says: the word, code, date or value of which its term was made.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="term">The term in UTF-8.</param>
    /// <returns>The text in UTF-8; empty when the value is missing.</returns>
    internal static ReadOnlySpan<byte> TextOf(SearchEntryKind kind, ReadOnlySpan<byte> term)
    {
        if (term.IsEmpty)
        {
            return term;
        }

        switch (FormOf(kind))
        {
            case SearchEntryForm.Value:
                return ValueTerm.TextBytesOf(term);
            case SearchEntryForm.Identifier:
                ReadIdentifier(term, out var value, out _);
                return value;
            default:
                return term;
        }
    }

    /// <summary>How the terms of a kind are made.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The form.</returns>
    internal static SearchEntryForm FormOf(SearchEntryKind kind) => kind switch
    {
        SearchEntryKind.Mrn or SearchEntryKind.Identifier => SearchEntryForm.Identifier,
        SearchEntryKind.Gender or SearchEntryKind.Kvnr or SearchEntryKind.Source => SearchEntryForm.Value,
        >= SearchEntryKind.FamilyName and < SearchEntryKind.BirthDate => SearchEntryForm.Value,
        >= SearchEntryKind.Condition and < SearchEntryKind.Source => SearchEntryForm.Value,
        _ => SearchEntryForm.Plain,
    };
}

/// <summary>How the terms of a kind are made.</summary>
internal enum SearchEntryForm
{
    /// <summary>The term is the text: folded words, codes, dates.</summary>
    Plain,

    /// <summary>A <see cref="ValueTerm"/>.</summary>
    Value,

    /// <summary>An <see cref="SearchEntries.IdentifierTerm"/>.</summary>
    Identifier,
}
