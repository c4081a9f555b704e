using System.Buffers;
using System.Text;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>How the index of a store answers comparisons of a property.</summary>
internal abstract class PropertyIndex
{
    /// <summary>Nobody.</summary>
    private protected static UnionQuery Nobody { get; } = new([]);

    /// <summary>Everybody with a value that passes a comparison; null where the index cannot tell.</summary>
    /// <param name="comparison">The comparison on the day.</param>
    /// <param name="today">The day for which ages are told.</param>
    /// <param name="description">What is asked, without values.</param>
    internal abstract IndexQuery? Having(ValueComparison comparison, DateOnly today, string description);

    /// <summary>Everybody without a value.</summary>
    /// <param name="description">What is asked, without values.</param>
    internal abstract IndexQuery Missing(string description);

    private protected static IndexQuery AnyOf(IReadOnlyList<IndexQuery> queries) => queries is [var only] ? only : new UnionQuery(queries);

    private protected static EntryQuery Entries(SearchEntryKind kind, TermRange range, TermTest? test, string description) =>
        new([kind], range, test, description);
}

/// <summary>The index of texts: ranges of value terms of some kinds, and a test of the texts in them.</summary>
internal class ValueIndex(SearchEntryKind[] kinds) : PropertyIndex
{
    /// <summary>Kinds of which every patient has an entry, so that the empty term says that the value is missing.</summary>
    private static readonly HashSet<SearchEntryKind> KindsOfEverybody =
    [
        SearchEntryKind.Gender, SearchEntryKind.Kvnr, SearchEntryKind.Mrn, SearchEntryKind.FamilyName, SearchEntryKind.GivenName, SearchEntryKind.Title,
        SearchEntryKind.City, SearchEntryKind.PostalCode, SearchEntryKind.Country, SearchEntryKind.Street, SearchEntryKind.Phone, SearchEntryKind.Email,
        SearchEntryKind.Source,
    ];

    private const int StackLength = 512;

    private delegate bool TextTest(ReadOnlySpan<char> text);

    /// <inheritdoc/>
    internal override IndexQuery Having(ValueComparison comparison, DateOnly today, string description)
    {
        var text = comparison as TextComparison;
        TextTest test = text is not null ? text.Holds : value => comparison.Holds(value.ToString());
        var ranges = text?.Ranges ?? [new(TextComparison.AllValues, true)];
        return ranges.Count == 0 ? Nobody : AnyOf(
            [.. ranges.Select(range => new EntryQuery(kinds, range.Range, TestOf(range.IsTested ? test : null), description) { FamilyWord = FamilyWordOf(comparison) })]);
    }

    /// <summary>Who has one family name has each of its words, too.</summary>
    private string? FamilyWordOf(ValueComparison comparison) =>
        kinds is [SearchEntryKind.FamilyName] && comparison is TextEquality { Texts: [var name] } && TextFolding.Words(name) is [var word, ..] ? word : null;

    /// <inheritdoc/>
    internal override IndexQuery Missing(string description) => kinds is [var only] && KindsOfEverybody.Contains(only)
        ? Entries(only, TermRange.Exactly(""), null, description)
        : new ComplementQuery(new EntryQuery(kinds, TextComparison.AllValues, TestOf(null), description));

    /// <summary>Whether a term counts, before its text is looked at; without the part behind the text.</summary>
    private protected virtual bool TryTakeValue(ref ReadOnlySpan<byte> term) => true;

    /// <summary>Whether every term in a range counts that passes the test of its text.</summary>
    private protected virtual bool TakesEveryTerm => true;

    private TermTest? TestOf(TextTest? test) => (test, TakesEveryTerm) switch
    {
        (null, true) => null,
        (null, false) => term => TryTakeValue(ref term),
        _ => term => TryTakeValue(ref term) && Passes(term, test),
    };

    private static bool Passes(ReadOnlySpan<byte> term, TextTest test)
    {
        var text = term.IsEmpty ? term : ValueTerm.TextBytesOf(term);
        var rented = text.Length > StackLength ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        Span<char> characters = rented ?? stackalloc char[StackLength];
        try
        {
            return test(characters[..Encoding.UTF8.GetChars(text, characters)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented, clearArray: true);
            }
        }
    }
}

/// <summary>The index of identifiers, whose terms end with their system.</summary>
internal sealed class IdentifierIndex(SearchEntryKind[] kinds, IdentifierSystemFilter? system) : ValueIndex(kinds)
{
    private protected override bool TakesEveryTerm => system is null;

    private protected override bool TryTakeValue(ref ReadOnlySpan<byte> term)
    {
        var isWithSystem = SearchEntries.TrySplit(term, out term, out var itsSystem);
        if (system is null)
        {
            return true;
        }

        // A health insurance number is kept without the system that its kind implies.
        return isWithSystem ? system.IsMetBy(Encoding.UTF8.GetString(itsSystem)) : system.IsMetBy(Patients.IdentifierSystems.Kvnr);
    }
}
