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
    private static readonly NameKinds FamilyNames = new([SearchEntryKind.FamilyNamePart], [SearchEntryKind.FamilyNameSound]);
    private static readonly NameKinds GivenNames = new([SearchEntryKind.GivenNamePart], [SearchEntryKind.GivenNameSound]);
    private static readonly NameKinds AllNames = new([.. FamilyNames.Parts, .. GivenNames.Parts], [.. FamilyNames.Sounds, .. GivenNames.Sounds]);

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

    /// <summary>Whether the words of names have to sound like whole parts of names (Kölner Phonetik), instead of beginning them.</summary>
    public bool Phonetic { get; init; }

    /// <summary>
    /// Whether the words of names have to be whole parts of names but for typing errors, instead of beginning them; with
    /// <see cref="Phonetic"/>, either is enough. The answer is ranked.
    /// </summary>
    public bool Fuzzy { get; init; }

    /// <summary>Whether removed patients are found too.</summary>
    public bool IncludeRemoved { get; init; }

    /// <summary>The question for one medical record number, whatever characters it has; removed patients included.</summary>
    /// <param name="mrn">The number, of any system.</param>
    /// <returns>The question.</returns>
    public static PatientQuery ForMrn(string mrn) => ForNumber(SearchEntryKind.Mrn, mrn);

    /// <summary>The question for one health insurance number; removed patients included.</summary>
    /// <param name="kvnr">The number; case does not matter.</param>
    /// <returns>The question.</returns>
    public static PatientQuery ForKvnr(string kvnr)
    {
        ArgumentNullException.ThrowIfNull(kvnr);
        return ForNumber(SearchEntryKind.Kvnr, kvnr.Trim().ToUpperInvariant());
    }

    /// <summary>Makes the question.</summary>
    /// <returns>The question.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>EmptySearchTerm</c> when a term has no letter or digit. <c>WildcardNotAllowed</c> when a word has wildcards and
    /// <see cref="Phonetic"/> or <see cref="Fuzzy"/> is set.
    /// </exception>
    public PatientQuery Build()
    {
        var names = new List<PatientCondition>();
        AddWords(names, Name, AllNames, nameof(Name));
        AddWords(names, FamilyName, FamilyNames, nameof(FamilyName));
        AddWords(names, GivenName, GivenNames, nameof(GivenName));
        return new()
        {
            Where = new AllOf(
            [
                .. Terms(Kvnr, SearchEntryKind.Kvnr, text => Whole(text.Trim().ToUpperInvariant())),
                .. Terms(Mrn, SearchEntryKind.Mrn, Whole),
                .. names.Where(condition => condition is not LooksLikeCondition),
                .. Terms(City, SearchEntryKind.CityText, text => Folded(text, nameof(City))),
                .. Terms(PostalCode, SearchEntryKind.PostalCodeText, text => Folded(text, nameof(PostalCode))),
                .. BirthDates(),
                .. Terms(Gender, SearchEntryKind.Gender, text => Whole(text.Trim().ToLowerInvariant())),
            ]),
            Ranking = [.. names.OfType<LooksLikeCondition>()],
            IncludeRemoved = IncludeRemoved,
        };
    }

    private static PatientQuery ForNumber(SearchEntryKind kind, string number) => new()
    {
        Where = new EntryCondition([kind], TextPattern.ExactTerm(UnicodeNormalization.ToNfc(number))),
        IncludeRemoved = true,
    };

    private void AddWords(List<PatientCondition> conditions, string? text, NameKinds kinds, string what)
    {
        if (text is null)
        {
            return;
        }

        var before = conditions.Count;
        conditions.AddRange(Phonetic || Fuzzy ? Resemblances(text, kinds, what) : Beginnings(text, kinds));
        if (conditions.Count == before)
        {
            throw Empty(text, what);
        }
    }

    private IEnumerable<PatientCondition> Resemblances(string text, NameKinds kinds, string what) =>
        Tokens(text).Any(token => WildcardSyntax.HasWildcards(token))
            ? throw new PatientToolsException(
                "WildcardNotAllowed",
                $"-{what} '{text}' has wildcards, but -{(Fuzzy ? nameof(Fuzzy) : nameof(Phonetic))} compares whole words. Leave out the wildcards or the switch.",
                ErrorKind.InvalidArgument)
            { Target = text }
            : TextFolding.Words(text).Select(word => Resemblance(word, kinds));

    /// <summary>A word without a sound, of another script for instance, can only be meant as it is written.</summary>
    private PatientCondition Resemblance(string word, NameKinds kinds) => (Fuzzy, Phonetic ? ColognePhonetics.Encode(word) : "") switch
    {
        (true, var sound) => new LooksLikeCondition(kinds.Parts, word) { Sound = sound },
        (false, "") => new EntryCondition(kinds.Parts, TextPattern.Exact(word)),
        (false, var sound) => new SoundsLikeCondition(kinds.Sounds, sound),
    };

    private static IEnumerable<PatientCondition> Beginnings(string text, NameKinds kinds) =>
        Tokens(text).SelectMany(Beginnings).Where(pattern => !pattern.IsEmpty).Select(pattern => new EntryCondition(kinds.Parts, pattern));

    /// <summary>A word is what stands between hyphens, as in the entries; within a set a hyphen is a range.</summary>
    private static IEnumerable<TextPattern> Beginnings(string token) =>
        !WildcardSyntax.HasWildcards(token) ? TextFolding.Words(token).Select(TextPattern.Prefix)
        : token.Contains('[', StringComparison.Ordinal) ? [TextPattern.Wildcard(token)]
        : token.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => TextPattern.Parse(word, prefixByDefault: true));

    private static string[] Tokens(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<PatientCondition> Terms(string? text, SearchEntryKind kind, Func<string, TextPattern> pattern) =>
        text is null ? [] : [new EntryCondition([kind], pattern(text))];

    /// <summary>A pattern over values, which are kept in normal form C.</summary>
    private static TextPattern Whole(string text)
    {
        var composed = UnicodeNormalization.ToNfc(text);
        return WildcardSyntax.HasWildcards(composed) ? TextPattern.WildcardTerm(composed) : TextPattern.ExactTerm(composed);
    }

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

    /// <summary>The kinds of entries of which a word of a name is one.</summary>
    private sealed record NameKinds(SearchEntryKind[] Parts, SearchEntryKind[] Sounds);
}
