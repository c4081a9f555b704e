using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>A question to a store: every condition has to hold.</summary>
public sealed record PatientQuery
{
    /// <summary>The conditions; none means every patient.</summary>
    public IReadOnlyList<PatientCondition> Conditions { get; init; } = [];

    /// <summary>Whether removed patients are found too.</summary>
    public bool IncludeRemoved { get; init; }
}

/// <summary>One condition of a question.</summary>
public abstract record PatientCondition;

/// <summary>Some search entry of one of some kinds matches a pattern.</summary>
/// <param name="Kinds">The kinds that count.</param>
/// <param name="Pattern">The pattern over the entry's term.</param>
public sealed record EntryCondition(IReadOnlyList<SearchEntryKind> Kinds, TextPattern Pattern) : PatientCondition;

/// <summary>The birth date, with its whole interval where it is partial, lies within two days.</summary>
/// <param name="From">The first day that counts; null for no bound.</param>
/// <param name="To">The last day that counts; null for no bound.</param>
public sealed record BirthDateCondition(DateOnly? From, DateOnly? To) : PatientCondition;

/// <summary>Which part of an answer is wanted.</summary>
/// <param name="Skip">How many patients to leave out in front.</param>
/// <param name="First">How many to return at most; null for all.</param>
/// <param name="IncludeTotal">Whether the exact total of the whole answer is wanted.</param>
public readonly record struct ResultWindow(long Skip, long? First, bool IncludeTotal)
{
    /// <summary>The whole answer.</summary>
    public static ResultWindow All { get; } = new(0, null, false);
}

/// <summary>Which patients answer a question.</summary>
/// <param name="Sequence">The sequence of the snapshot that was asked.</param>
/// <param name="Keys">The keys of the wanted part, in order.</param>
/// <param name="Total">The exact total of the whole answer in the same snapshot; null when it was not asked for.</param>
public sealed record PatientSelection(long Sequence, IReadOnlyList<long> Keys, long? Total);
