namespace PatientTools.Search;

/// <summary>What patients can be counted by.</summary>
/// <remarks>A property that <see cref="SearchProperty.IsGroupable"/>, or something derived of one.</remarks>
public sealed class GroupProperty
{
    private GroupProperty(string name, string description) => (Name, Description) = (name, description);

    /// <summary>The names in the order in which they are offered: <c>City</c>, <c>Gender</c>, <c>BirthYear</c>, <c>AgeGroup</c>, <c>PostalCodeArea</c>, <c>Payer</c>, <c>ConditionChapter</c> and others.</summary>
    public static IReadOnlyList<GroupProperty> All => throw new NotSupportedException();

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; }

    public IReadOnlyList<GroupPart> Parts => throw new NotSupportedException();
    public bool IsMultiple => throw new NotSupportedException();
    public object? ValueOf(ReadOnlySpan<byte> term, DateOnly today) => throw new NotSupportedException();
    public int Compare(object? left, object? right) => throw new NotSupportedException();

    /// <summary>Finds one by name; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The property, or null.</returns>
    public static GroupProperty? Find(string name) => throw new NotSupportedException();

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

public sealed record GroupPart(SearchEntryKind Kind, bool? Deceased);

/// <summary>A group of patients.</summary>
/// <param name="Count">How many they are. Who has several values of a property counts in several groups.</param>
/// <param name="Values">Property and value, in the order in which was grouped; null where the value is missing.</param>
public sealed record PatientGroup(long Count, IReadOnlyList<KeyValuePair<string, object?>> Values);

/// <summary>Figures of some patients.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="MinimumAge">The least age in years; null when no age is known.</param>
/// <param name="MaximumAge">The greatest age in years.</param>
/// <param name="AverageAge">The mean of the ages in completed years.</param>
/// <param name="UnknownAge">How many have no known age.</param>
/// <param name="Missing">For each property that a patient should have, how many lack it.</param>
public sealed record PatientFigures(
    long Count, int? MinimumAge, int? MaximumAge, double? AverageAge, long UnknownAge, IReadOnlyList<KeyValuePair<string, long>> Missing);
