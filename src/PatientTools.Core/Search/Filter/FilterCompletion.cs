namespace PatientTools.Search.Filter;

/// <summary>What can be completed at a place of a filter.</summary>
public enum FilterCompletionKind
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>The name of a property, or <c>-not</c>.</summary>
    Property,

    /// <summary>An operator.</summary>
    Operator,

    /// <summary>A value of a property.</summary>
    Value,
}

/// <summary>What stands at the cursor of a filter that is being written.</summary>
/// <param name="Kind">What can be completed.</param>
/// <param name="Start">Where what is typed begins, in characters from 0: a value with its quote, a property behind <c>$_.</c></param>
/// <param name="Length">How many characters a completion replaces.</param>
/// <param name="Typed">What is typed of it in front of the cursor, without quotes.</param>
public sealed record FilterCompletion(FilterCompletionKind Kind, int Start, int Length, string Typed)
{
    /// <summary>The property whose value it is, or that the operator compares; null when it is not known.</summary>
    public SearchProperty? Property { get; init; }

    /// <summary>The quote with which the value begins; null when it has none yet.</summary>
    public char? Quote { get; init; }

    /// <summary>The operators that can stand here, with their dash.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Tells what stands at the cursor. Unfinished and wrong filters are no error.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="position">Where the cursor is: how many characters stand in front of it.</param>
    /// <returns>What stands there.</returns>
    public static FilterCompletion At(string text, int position)
    {
        ArgumentNullException.ThrowIfNull(text);
        position = Math.Clamp(position, 0, text.Length);
        var nothing = new FilterCompletion(FilterCompletionKind.None, position, 0, "");
        if (text.Length > PatientFilter.LongestText)
        {
            return nothing;
        }

        var lexer = new FilterLexer(text);
        var course = new FilterCourse();
        try
        {
            var token = lexer.Next();
            while (token.Kind != FilterTokenKind.End && token.Place.Start < position && IsBehind(token, position))
            {
                course.Pass(token);
                token = lexer.Next();
            }

            var typing = token.Kind == FilterTokenKind.End || token.Place.Start >= position ? nothing : Typing(text, token, position);
            return typing is null ? nothing : course.Complete(typing);
        }
        catch (FilterException)
        {
            return nothing;
        }
    }

    /// <summary>Whether the cursor has left a part: one that ends of itself when its last character is written, a word only with the next.</summary>
    private static bool IsBehind(FilterToken token, int position) => token.Kind switch
    {
        FilterTokenKind.Text => !token.IsUnfinished && token.Place.End <= position,
        FilterTokenKind.Word or FilterTokenKind.Variable or FilterTokenKind.Number or FilterTokenKind.Operator => token.Place.End < position,
        _ => true,
    };

    /// <summary>What is being typed, as it looks by itself; null for variables, which are not ours.</summary>
    private static FilterCompletion? Typing(string text, FilterToken token, int position) => token.Kind switch
    {
        FilterTokenKind.Text => new(
            FilterCompletionKind.Value,
            token.Place.Start,
            (token.IsUnfinished ? position : token.Place.End) - token.Place.Start,
            Content(text[token.Place.Start..position]))
        { Quote = text[token.Place.Start] },
        FilterTokenKind.Word when position >= token.NameStart => new(
            FilterCompletionKind.Property, token.NameStart, token.Place.End - token.NameStart, text[token.NameStart..position]),
        FilterTokenKind.Operator => new(FilterCompletionKind.Operator, token.Place.Start, token.Place.Length, text[token.Place.Start..position]),
        FilterTokenKind.Number => new(FilterCompletionKind.Value, token.Place.Start, token.Place.Length, text[token.Place.Start..position]),
        _ => null,
    };

    private static string Content(string open) => FilterText.Read(open + open[0], null, out _) ?? open[1..];
}
