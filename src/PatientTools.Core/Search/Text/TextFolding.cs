namespace PatientTools.Search.Text;

/// <summary>
/// The search form of text, in which spellings that a person takes for the same are the same.
/// </summary>
/// <remarks>
/// <para>
/// Letters lose case and accents; letters that Unicode does not decompose become what people type instead (ß ss, æ ae,
/// ø o, ł l, þ th; see DIN 91379 for the letters a German authority must accept). Greek and Cyrillic keep their base
/// letters, other scripts stay as they are, in normal form C. White space, hyphens and other punctuation become one
/// space between words; apostrophes, soft hyphens and invisible characters vanish, so that O'Brien is obrien.
/// </para>
/// <para>
/// The umlaut rule: an e right behind an a or an o is dropped, and so is an e behind a u unless a vowel or q stands
/// before the u. Bäcker, Baecker and Backer are all backer; Bauer, Neue and Quelle keep their e because there is no
/// umlaut behind a vowel in German names; Bäuerle, Baeuerle and Bauerle meet in bauerle. Michael and Goethe become
/// michal and gothe: that finds the rare Michal too, which is better than to miss Göthe. Several e's are dropped
/// together, so that Säemann, Saeemann and Saemann meet and folding twice changes nothing.
/// </para>
/// <para>
/// The rules look to the left only. So the fold of a prefix is a prefix of the fold (Mu, Mü and Mue are all mu), as long
/// as the prefix does not end between a letter of another script and its mark. What the rule cannot join: a ü behind a
/// vowel with its ue (Seeübel, Seeuebel), because that is written exactly as in Bauer.
/// </para>
/// </remarks>
public static class TextFolding
{
    /// <summary>The version of tables and rules: it rises when any of them changes, and stores record it.</summary>
    public const int Version = 1;

    private const int StackLength = 256;

    /// <summary>Folds a word or a phrase.</summary>
    /// <param name="text">Text of any length; half a surrogate pair counts as U+FFFD.</param>
    /// <returns>The words in folded form with one space between; empty when there is no letter or digit.</returns>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var writer = new FoldedTextWriter(stackalloc char[StackLength]);
        writer.Append(text);
        return writer.Complete();
    }

    /// <summary>Splits a name into its folded words: at white space, hyphens, dots, commas and other punctuation.</summary>
    /// <param name="text">A name, such as <c>Graf von und zu Buntspecht</c> or <c>Müller-Lüdenscheidt</c>.</param>
    /// <returns>The words in their order, repeated ones too; none for text without letters and digits.</returns>
    public static IReadOnlyList<string> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = Fold(text);
        if (folded.Length == 0)
            return [];

        return folded.Contains(' ', StringComparison.Ordinal) ? folded.Split(' ') : [folded];
    }

    /// <summary>Folds a pattern: like <see cref="Fold"/>, but the wildcards <c>*</c>, <c>?</c> and <c>[a-z]</c> survive.</summary>
    /// <remarks>
    /// The syntax is PowerShell's: a backtick before a wildcard character makes it literal; a bracket that nothing closes
    /// is literal, too. Literal text has no wildcard character left once it is folded, so the result is read without
    /// escapes. The members of a set are folded one by one to their first letter. An e behind a wildcard stands for
    /// itself, as does ue, because the letter before is not known: <c>M*eller</c> does not find Mueller, but
    /// <c>M*ller</c> and <c>Mue*</c> do.
    /// </remarks>
    /// <param name="pattern">A pattern as a person writes it.</param>
    /// <returns>The pattern over folded text.</returns>
    public static string FoldPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var writer = new FoldedTextWriter(stackalloc char[StackLength]);
        WildcardSyntax.Fold(pattern, ref writer);
        return writer.Complete();
    }
}
