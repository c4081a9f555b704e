using System.Text;
using PatientTools.Search.Index;
using PatientTools.Search.Text;

namespace PatientTools.Search.Conditions;

/// <summary>Some search entry of one of some kinds says what matches a pattern.</summary>
/// <param name="Kinds">The kinds that count. Their terms are made in one way: words and codes, values, or identifiers.</param>
/// <param name="Pattern">
/// The pattern over what the entry says: the folded word, the code, or the value in normal form C, of an identifier without its
/// system. Nothing matches a value that is missing.
/// </param>
public sealed record EntryCondition(IReadOnlyList<SearchEntryKind> Kinds, TextPattern Pattern) : PatientCondition
{
    private const int StackLength = 256;
    private const int ShortestBeginning = 4;

    private SearchEntryForm Form => SearchEntries.FormOf(Kinds[0]);

    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => subject.HasEntry(Kinds, IsMatch);

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today)
    {
        if (Kinds.Count == 0)
        {
            return new UnionQuery([]);
        }

        var range = Form switch
        {
            SearchEntryForm.Plain => Pattern.Kind == TextPatternKind.Exact ? TermRange.Exactly(Pattern.Value) : TermRange.StartingWith(Pattern.LiteralPrefix),
            SearchEntryForm.Value when Pattern.Kind == TextPatternKind.Exact => TermRange.Exactly(ValueTerm.Of(Pattern.Value)),
            SearchEntryForm.Identifier when Pattern.Kind == TextPatternKind.Exact => TermRange.StartingWith(SearchEntries.IdentifierStart(Pattern.Value)),
            _ => TermRange.StartingWith(ValueTerm.StartOf(Pattern.LiteralPrefix)),
        };
        return new EntryQuery(Kinds, range, IsRangeAll() ? null : IsMatch, Description())
        {
            FamilyWord = IsFewFamilies() ? Pattern.Value : null,
            IsBeginning = Pattern.Kind == TextPatternKind.Prefix,
        };
    }

    /// <summary>Whether every term of the range matches. An empty term never does: it stands for a missing value.</summary>
    private bool IsRangeAll() => !Pattern.IsEmpty && (Form, Pattern.Kind) switch
    {
        (SearchEntryForm.Plain, TextPatternKind.Exact or TextPatternKind.Prefix) => true,
        (SearchEntryForm.Plain, _) => Pattern.LiteralPrefix is { Length: > 0 } start && Pattern.Value.Length == start.Length + 1 && Pattern.Value[^1] == '*',
        (SearchEntryForm.Value, TextPatternKind.Exact) => UnicodeNormalization.IsNfc(Pattern.Value),
        _ => false,
    };

    /// <summary>A short beginning has so many names that to read all their birth dates would take longer.</summary>
    private bool IsFewFamilies() =>
        Kinds.Contains(SearchEntryKind.FamilyNamePart) && Kinds.All(IsNamePart)
        && Pattern.Value.Length >= (Pattern.Kind switch { TextPatternKind.Exact => 1, TextPatternKind.Prefix => ShortestBeginning, _ => int.MaxValue });

    private static bool IsNamePart(SearchEntryKind kind) => kind is SearchEntryKind.FamilyNamePart or SearchEntryKind.GivenNamePart;

    private bool IsMatch(ReadOnlySpan<byte> term)
    {
        if (term.IsEmpty)
        {
            return false;
        }

        var text = SearchEntries.TextOf(Kinds[0], term);
        var characters = text.Length <= StackLength ? stackalloc char[StackLength] : new char[text.Length];
        return Pattern.IsMatch(characters[..Encoding.UTF8.GetChars(text, characters)]);
    }

    internal override string Shape() => $"{QueryShape.Of(Kinds)} {Comparison}";

    private string Comparison => Pattern.Kind switch
    {
        TextPatternKind.Exact => "is",
        TextPatternKind.Prefix => "begins",
        _ => "is like",
    };

    private string Description() => $"{string.Join(" or ", Kinds)} {Comparison}";
}
