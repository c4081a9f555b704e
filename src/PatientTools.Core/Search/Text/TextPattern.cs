namespace PatientTools.Search.Text;

/// <summary>How a pattern compares.</summary>
public enum TextPatternKind
{
    /// <summary>The whole term.</summary>
    Exact,

    /// <summary>The start of the term.</summary>
    Prefix,

    /// <summary>PowerShell's wildcards.</summary>
    Wildcard,
}

/// <summary>A pattern over search terms.</summary>
public sealed class TextPattern
{
    private TextPattern(TextPatternKind kind, string value) => (Kind, Value) = (kind, value);

    /// <summary>How the pattern compares.</summary>
    public TextPatternKind Kind { get; }

    /// <summary>The folded text.</summary>
    public string Value { get; }

    /// <summary>The longest literal start.</summary>
    public string LiteralPrefix => Kind == TextPatternKind.Wildcard && Value.AsSpan().IndexOfAny('*', '?', '[') is var end and >= 0 ? Value[..end] : Value;

    /// <summary>Matches a whole term.</summary>
    public static TextPattern Exact(string value) => new(TextPatternKind.Exact, value);

    /// <summary>Matches the start of a term.</summary>
    public static TextPattern Prefix(string value) => new(TextPatternKind.Prefix, value);

    /// <summary>The same as an SQLite GLOB.</summary>
    public string ToGlob() => Kind == TextPatternKind.Prefix ? Value + "*" : Value;
}
