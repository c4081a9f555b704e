using PatientTools.Search.Index;
using PatientTools.Search.Text;

namespace PatientTools.Search.Conditions;

/// <summary>Some part of a name is written like a word, but for typing errors; if wanted, one that sounds like it counts, too.</summary>
/// <param name="Kinds">The kinds of name parts that count: <see cref="SearchEntryKind.FamilyNamePart"/>, <see cref="SearchEntryKind.GivenNamePart"/>.</param>
/// <param name="Word">The word, folded.</param>
public sealed record LooksLikeCondition(IReadOnlyList<SearchEntryKind> Kinds, string Word) : PatientCondition
{
    /// <summary>The score of a name part that sounds like the word and looks different: less than any that looks like it.</summary>
    public const double ScoreOfSound = 0.5;

    private readonly MistypedWord _word = new(Word);

    /// <summary>The phonetic code of the word, when name parts that sound like it count, too; else empty.</summary>
    public string Sound { get; init; } = "";

    /// <summary>How much a name part is like the word.</summary>
    /// <param name="term">The folded name part in UTF-8.</param>
    /// <returns>From 0, not alike, to 1, the same.</returns>
    public double Score(ReadOnlySpan<byte> term) =>
        _word.Score(term) is var score and > 0 ? score : Sound.Length > 0 && ColognePhonetics.IsCodeOf(term, Sound) ? ScoreOfSound : 0;

    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => subject.HasEntry(Kinds, IsAlike);

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) =>
        new EntryQuery(Kinds, Range, IsAlike, $"{string.Join(" or ", Kinds)} looks like{(Sound.Length > 0 ? " or sounds like" : "")}");

    internal override string Shape() => $"{QueryShape.Of(Kinds)} looks like{(Sound.Length > 0 ? " or sounds like" : "")}";

    /// <summary>Where name parts stand that can be like the word.</summary>
    internal TermRange Range => Sound.Length > 0 ? TermRange.All : TermRange.All with { Shortest = _word.Shortest, Longest = _word.Longest };

    private bool IsAlike(ReadOnlySpan<byte> term) => Score(term) > 0;
}
