using System.Buffers;
using System.Text;
using PatientTools.Search.Index;
using PatientTools.Search.Text;

namespace PatientTools.Search.Conditions;

/// <summary>A range of value terms.</summary>
/// <param name="Range">The range.</param>
/// <param name="IsTested">Whether a text in it still has to pass the comparison.</param>
internal readonly record struct TextRange(TermRange Range, bool IsTested);

/// <summary>A comparison of texts.</summary>
internal abstract class TextComparison : ValueComparison
{
    /// <summary>Every value, and never the empty term.</summary>
    internal static TermRange AllValues { get; } = TermRange.Between("\0", null);

    /// <summary>Where the value terms lie that can pass; they do not overlap.</summary>
    internal virtual IReadOnlyList<TextRange> Ranges { get; } = [new(AllValues, true)];

    /// <summary>Whether a text passes.</summary>
    /// <param name="text">Text in normal form C.</param>
    internal abstract bool Holds(ReadOnlySpan<char> text);

    internal sealed override bool Holds(object value) => Holds(UnicodeNormalization.ToNfc((string)value));

    /// <summary>The terms of all texts with some letters.</summary>
    private protected static TermRange WithLetters(string letters) => TermRange.Between(letters + ValueTerm.Separator, letters + '\u0001');
}

/// <summary>The text is one of some.</summary>
internal sealed class TextEquality : TextComparison
{
    /// <summary>From here on to read every term once is quicker than to look each text up.</summary>
    private const int MostLookUps = 500;

    private readonly string? _only;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _texts;
    private readonly bool _ignoreCase;

    /// <summary>Makes the comparison.</summary>
    /// <param name="texts">The texts in normal form C.</param>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    /// <param name="orMissing">Whether a missing value is meant, too.</param>
    internal TextEquality(IReadOnlyList<string> texts, bool ignoreCase, bool orMissing)
    {
        HoldsForMissing = orMissing;
        Texts = texts;
        _ignoreCase = ignoreCase;
        HashSet<string> folded = [.. texts.Select(text => ignoreCase ? CaseFold.Of(text) : text)];
        _only = folded.Count == 1 ? folded.First() : null;
        _texts = folded.GetAlternateLookup<ReadOnlySpan<char>>();
        Ranges = RangesOf([.. texts.Select(GermanLetters.Of).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The texts.</summary>
    internal IReadOnlyList<string> Texts { get; }

    internal override IReadOnlyList<TextRange> Ranges { get; }

    internal override bool Holds(ReadOnlySpan<char> text)
    {
        if (_only is not null)
        {
            return _ignoreCase ? CaseFold.Equals(text, _only) : text.SequenceEqual(_only);
        }

        return _ignoreCase ? HoldsFolded(text) : _texts.Contains(text);
    }

    private bool HoldsFolded(ReadOnlySpan<char> text)
    {
        var rented = text.Length > 256 ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        try
        {
            Span<char> folded = rented ?? stackalloc char[256];
            return _texts.Contains(folded[..CaseFold.Write(text, folded)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    private static TextRange[] RangesOf(List<string> letters) => letters.Count <= MostLookUps
        ? [.. letters.Select(each => new TextRange(WithLetters(each), true))]
        : [new(TermRange.Between(letters.MinBy(Bytes, ByteOrder.Instance) + ValueTerm.Separator, letters.MaxBy(Bytes, ByteOrder.Instance) + '\u0001'), true)];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        internal static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

/// <summary>The text lies before or behind another in German order: by letters, then by the text itself.</summary>
internal sealed class TextOrder : TextComparison
{
    private readonly ComparisonOperator _operator;
    private readonly bool _ignoreCase;
    private readonly string _letters;
    private readonly string _text;

    internal TextOrder(string operand, ComparisonOperator comparison, bool ignoreCase)
    {
        (_operator, _ignoreCase) = (comparison, ignoreCase);
        _letters = GermanLetters.Of(operand);
        _text = ignoreCase ? CaseFold.Of(operand) : operand;
        TextRange same = new(WithLetters(_letters), true);
        Ranges = comparison is ComparisonOperator.Less or ComparisonOperator.LessOrEqual
            ? [new(TermRange.Between("\0", _letters + ValueTerm.Separator), false), same]
            : [same, new(TermRange.Between(_letters + '\u0001', null), false)];
    }

    internal override IReadOnlyList<TextRange> Ranges { get; }

    internal override bool Holds(ReadOnlySpan<char> text)
    {
        var letters = GermanLetters.Of(text.ToString());
        var order = CodePoints.Compare(letters, _letters);
        if (order == 0)
        {
            order = _ignoreCase ? CaseFold.Compare(text, _text) : CodePoints.Compare(text, _text);
        }

        return _operator switch
        {
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}

/// <summary>The text fits a pattern with PowerShell's wildcards.</summary>
internal sealed class TextLike : TextComparison
{
    private readonly string _pattern;
    private readonly bool _ignoreCase;

    internal TextLike(string pattern, bool ignoreCase)
    {
        _pattern = WildcardSyntax.ToNfc(WildcardSyntax.Unescape(pattern));
        _ignoreCase = ignoreCase;
        HoldsForMissing = Holds(ReadOnlySpan<char>.Empty);
        var start = _pattern.AsSpan().IndexOfAny('*', '?', '[') is var end and >= 0 ? _pattern[..end] : _pattern;
        Ranges = ValueTerm.StartOf(start) is { Length: > 0 } letters ? [new(TermRange.StartingWith(letters), true)] : base.Ranges;
    }

    internal override IReadOnlyList<TextRange> Ranges { get; }

    internal override bool Holds(ReadOnlySpan<char> text) => WildcardSyntax.IsMatch(_pattern, text, _ignoreCase);
}
