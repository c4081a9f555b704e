using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>
/// Makes a question of what a person typed. Whatever is given has to hold; what is null is not asked. Names match by the
/// beginnings of words, everything else as a whole; <c>*</c>, <c>?</c> and <c>[a-z]</c> are wildcards everywhere.
/// </summary>
public sealed record PatientQueryBuilder
{
    private static readonly SearchEntryKind[] FamilyNames = [SearchEntryKind.FamilyNamePart];
    private static readonly SearchEntryKind[] GivenNames = [SearchEntryKind.GivenNamePart];
    private static readonly SearchEntryKind[] AllNames = [SearchEntryKind.FamilyNamePart, SearchEntryKind.GivenNamePart];

    /// <summary>Words, each of which begins some part of a name, family or given.</summary>
    public string? Name { get; init; }

    /// <summary>Words, each of which begins some part of a family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>Words, each of which begins some part of a given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>The birth date; a year or a month takes everyone born within.</summary>
    public PartialDate? BirthDate { get; init; }

    /// <summary>Born later than this day, month or year.</summary>
    public PartialDate? BornAfter { get; init; }

    /// <summary>Born earlier than this day, month or year.</summary>
    public PartialDate? BornBefore { get; init; }

    /// <summary>The gender code; case does not matter.</summary>
    public string? Gender { get; init; }

    /// <summary>The whole name of the city.</summary>
    public string? City { get; init; }

    /// <summary>The whole postal code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The health insurance number; case does not matter.</summary>
    public string? Kvnr { get; init; }

    /// <summary>The medical record number, of any system; case matters.</summary>
    public string? Mrn { get; init; }

    /// <summary>Whether removed patients are found too.</summary>
    public bool IncludeRemoved { get; init; }

    /// <summary>The question for one medical record number, whatever characters it has; removed patients included.</summary>
    /// <param name="mrn">The number, of any system.</param>
    /// <returns>The question.</returns>
    public static PatientQuery ForMrn(string mrn) =>
        new() { Where = new EntryCondition([SearchEntryKind.Mrn], SearchEntries.IdentifierPattern(mrn)), IncludeRemoved = true };

    /// <summary>The question for one health insurance number; removed patients included.</summary>
    /// <param name="kvnr">The number; case does not matter.</param>
    /// <returns>The question.</returns>
    public static PatientQuery ForKvnr(string kvnr)
    {
        ArgumentNullException.ThrowIfNull(kvnr);
        return new() { Where = new EntryCondition([SearchEntryKind.Kvnr], TextPattern.ExactTerm(ValueTerm.Of(kvnr.Trim().ToUpperInvariant()))), IncludeRemoved = true };
    }

    /// <summary>Makes the question.</summary>
    /// <returns>The question.</returns>
    /// <exception cref="PatientToolsException"><c>EmptySearchTerm</c> when a term has no letter or digit.</exception>
    public PatientQuery Build() => new()
    {
        Where = new AllOf(
        [
            .. Terms(Kvnr, SearchEntryKind.Kvnr, text => Whole(text.Trim().ToUpperInvariant())),
            .. Terms(Mrn, SearchEntryKind.Mrn, Identifier),
            .. Words(Name, AllNames, nameof(Name)),
            .. Words(FamilyName, FamilyNames, nameof(FamilyName)),
            .. Words(GivenName, GivenNames, nameof(GivenName)),
            .. Terms(City, SearchEntryKind.CityText, text => Folded(text, nameof(City))),
            .. Terms(PostalCode, SearchEntryKind.PostalCodeText, text => Folded(text, nameof(PostalCode))),
            .. BirthDates(),
            .. Terms(Gender, SearchEntryKind.Gender, text => Whole(text.Trim().ToLowerInvariant())),
        ]),
        IncludeRemoved = IncludeRemoved,
    };

    private static IEnumerable<PatientCondition> Words(string? text, SearchEntryKind[] kinds, string what)
    {
        if (text is null)
        {
            return [];
        }

        var patterns = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(Beginnings).Where(pattern => !pattern.IsEmpty).ToList();
        return patterns.Count > 0 ? patterns.Select(pattern => new EntryCondition(kinds, pattern)) : throw Empty(text, what);
    }

    /// <summary>A word is what stands between hyphens, as in the entries; within a set a hyphen is a range.</summary>
    private static IEnumerable<TextPattern> Beginnings(string token) =>
        !WildcardSyntax.HasWildcards(token) ? TextFolding.Words(token).Select(TextPattern.Prefix)
        : token.Contains('[', StringComparison.Ordinal) ? [TextPattern.Wildcard(token)]
        : token.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => TextPattern.Parse(word, prefixByDefault: true));

    private static IEnumerable<PatientCondition> Terms(string? text, SearchEntryKind kind, Func<string, TextPattern> pattern) =>
        text is null ? [] : [new EntryCondition([kind], pattern(text))];

    private static TextPattern Whole(string text) => WildcardSyntax.HasWildcards(text) ? TextPattern.WildcardTerm(text) : TextPattern.ExactTerm(text);

    private static TextPattern Identifier(string value) =>
        WildcardSyntax.HasWildcards(value) ? SearchEntries.IdentifierWildcard(value) : SearchEntries.IdentifierPattern(value);

    private static TextPattern Folded(string text, string what)
    {
        var pattern = TextPattern.Parse(text, prefixByDefault: false);
        return pattern.IsEmpty ? throw Empty(text, what) : pattern;
    }

    private static PatientToolsException Empty(string text, string what) => new(
        "EmptySearchTerm",
        $"'{text}' has no letter or digit to search for in {what}. Leave the parameter out to find every patient.",
        ErrorKind.InvalidArgument)
    { Target = text };

    private IEnumerable<PatientCondition> BirthDates()
    {
        if (BirthDate is { } born)
        {
            yield return Born(ComparisonOperator.Equal, born);
        }

        if (BornAfter is { } after)
        {
            yield return Born(ComparisonOperator.StartsAfter, after);
        }

        if (BornBefore is { } before)
        {
            yield return Born(ComparisonOperator.EndsBefore, before);
        }
    }

    private static PropertyCondition Born(ComparisonOperator comparison, PartialDate date) =>
        PropertyCondition.Create(SearchProperties.Find(nameof(BirthDate))!, comparison, [date], caseSensitive: false);
}
