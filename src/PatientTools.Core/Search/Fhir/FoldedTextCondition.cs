using System.Text;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Search.Text;

namespace PatientTools.Search.Fhir;

/// <summary>Some value has a text in it, without regard to case and accents. Every value of its kinds is looked at.</summary>
/// <param name="Kinds">The kinds of entries that count.</param>
/// <param name="Folded">The text as <see cref="TextFolding.Fold"/> gives it, not empty.</param>
/// <param name="IsAnywhere">Whether it may begin within a word.</param>
internal sealed record FoldedTextCondition(IReadOnlyList<SearchEntryKind> Kinds, string Folded, bool IsAnywhere) : PatientCondition
{
    public override bool IsMetBy(PatientSubject subject) => subject.HasEntry(Kinds, IsMatch);

    public override IndexQuery ToIndexQuery(DateOnly today) =>
        new EntryQuery(Kinds, TermRange.All, IsMatch, $"{string.Join(" or ", Kinds)} {(IsAnywhere ? "contains" : "has a word that begins")}");

    internal override string Shape() => $"{QueryShape.Of(Kinds)} {(IsAnywhere ? "contains" : "has a word that begins")}";

    private bool IsMatch(ReadOnlySpan<byte> term)
    {
        if (term.IsEmpty)
        {
            return false;
        }

        // Folding what is folded changes nothing, so words and values are read alike.
        var text = TextFolding.Fold(Encoding.UTF8.GetString(SearchEntries.TextOf(Kinds[0], term)));
        return IsAnywhere
            ? text.Contains(Folded, StringComparison.Ordinal)
            : text.StartsWith(Folded, StringComparison.Ordinal) || text.Contains($" {Folded}", StringComparison.Ordinal);
    }
}
