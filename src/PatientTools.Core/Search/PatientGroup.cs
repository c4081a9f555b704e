namespace PatientTools.Search;

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
