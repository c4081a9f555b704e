namespace PatientTools.Search.Filter;

/// <summary>What a part of a filter is.</summary>
internal enum FilterTokenKind
{
    /// <summary>Nothing comes any more.</summary>
    End,

    /// <summary>The name of a property, or a bare word that should be one.</summary>
    Word,

    /// <summary>A variable with its members.</summary>
    Variable,

    /// <summary>Quoted text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An operator with a dash, or <c>!</c>.</summary>
    Operator,

    /// <summary><c>(</c>.</summary>
    Open,

    /// <summary><c>@(</c>.</summary>
    OpenList,

    /// <summary><c>)</c>.</summary>
    Close,

    /// <summary><c>,</c>.</summary>
    Comma,
}

/// <summary>A part of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where it stands.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, FilterPlace Place)
{
    /// <summary>The property's or variable's name, without <c>$_.</c>, quotes and braces.</summary>
    public string? Name { get; init; }

    /// <summary>The members behind a variable.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Where the name begins: behind <c>$_.</c> of a property.</summary>
    public int NameStart { get; init; } = Place.Start;

    /// <summary>The operator.</summary>
    public FilterOperator? Operator { get; init; }

    /// <summary>Whether the closing quote is missing.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>A number's value.</summary>
    public object? Number { get; init; }
}
