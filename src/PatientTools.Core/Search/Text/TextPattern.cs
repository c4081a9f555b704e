namespace PatientTools.Search.Text;

/// <summary>How a <see cref="TextPattern"/> is compared.</summary>
public enum TextPatternKind
{
    /// <summary>The whole text is the value.</summary>
    Exact,

    /// <summary>The text starts with the value.</summary>
    Prefix,

    /// <summary>The whole text fits the value, in which <c>*</c>, <c>?</c> and <c>[a-z]</c> are wildcards.</summary>
    Wildcard,
}

/// <summary>A pattern over folded text: what a name, a city or another search term is compared with.</summary>
/// <remarks>
/// Codes and identifiers are not folded, because 12/3 and 12-3 are two numbers: for them there are
/// <see cref="ExactTerm"/> and <see cref="WildcardTerm"/>, which take text as it is.
/// A text without letters and digits folds to nothing (<see cref="IsEmpty"/>); as a prefix it matches every text, so
/// whoever searches with a word that a person gave refuses an empty one first.
/// </remarks>
public sealed class TextPattern
{
    private TextPattern(TextPatternKind kind, string value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>How the pattern is compared.</summary>
    public TextPatternKind Kind { get; }

    /// <summary>What is compared: folded text, or a term as it stands; of a wildcard pattern as <see cref="TextFolding.FoldPattern"/> gives it.</summary>
    public string Value { get; }

    /// <summary>Whether nothing was left to compare with.</summary>
    public bool IsEmpty => Value.Length == 0;

    /// <summary>The longest start that every match has: where an index is entered. Empty when there is none.</summary>
    public string LiteralPrefix =>
        Kind == TextPatternKind.Wildcard && Value.AsSpan().IndexOfAny('*', '?', '[') is var end and >= 0 ? Value[..end] : Value;

    /// <summary>A pattern for texts that start like this one.</summary>
    /// <param name="text">Text to be folded.</param>
    public static TextPattern Prefix(string text) => new(TextPatternKind.Prefix, TextFolding.Fold(NotNull(text)));

    /// <summary>A pattern for texts that fold to the same.</summary>
    /// <param name="text">Text to be folded.</param>
    public static TextPattern Exact(string text) => new(TextPatternKind.Exact, TextFolding.Fold(NotNull(text)));

    /// <summary>A pattern with PowerShell's wildcards, for whole texts.</summary>
    /// <param name="pattern">A pattern to be folded; see <see cref="TextFolding.FoldPattern"/>.</param>
    public static TextPattern Wildcard(string pattern) => new(TextPatternKind.Wildcard, TextFolding.FoldPattern(pattern));

    /// <summary>A pattern for one term that is not folded, such as an identifier.</summary>
    /// <param name="term">The term, compared as it is.</param>
    public static TextPattern ExactTerm(string term) => new(TextPatternKind.Exact, NotNull(term));

    /// <summary>A pattern with PowerShell's wildcards for terms that are not folded.</summary>
    /// <param name="pattern">The pattern; its literal parts are compared as they are.</param>
    public static TextPattern WildcardTerm(string pattern) => new(TextPatternKind.Wildcard, WildcardSyntax.Unescape(NotNull(pattern)));

    /// <summary>Reads what a person typed: a wildcard pattern where there is a wildcard, else a prefix or a whole text.</summary>
    /// <param name="userText">
    /// What was typed. A backtick makes a wildcard character literal; a bracket that nothing closes is literal.
    /// </param>
    /// <param name="prefixByDefault">Whether text without wildcards is a prefix rather than a whole text.</param>
    public static TextPattern Parse(string userText, bool prefixByDefault)
    {
        if (WildcardSyntax.HasWildcards(NotNull(userText)))
            return Wildcard(userText);

        return prefixByDefault ? Prefix(userText) : Exact(userText);
    }

    /// <summary>Whether a text fits, ordinally.</summary>
    /// <param name="folded">Text that <see cref="TextFolding.Fold"/> made, or a term that is not folded.</param>
    public bool IsMatch(ReadOnlySpan<char> folded) => Kind switch
    {
        TextPatternKind.Exact => folded.SequenceEqual(Value),
        TextPatternKind.Prefix => folded.StartsWith(Value, StringComparison.Ordinal),
        _ => WildcardSyntax.IsMatch(Value, folded),
    };

    private static string NotNull(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text;
    }
}
