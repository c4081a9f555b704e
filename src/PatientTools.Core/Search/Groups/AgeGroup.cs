using System.Globalization;

namespace PatientTools.Search;

/// <summary>Ten years of age; from a hundred on there is one group.</summary>
public readonly record struct AgeGroup : IComparable<AgeGroup>, IComparable
{
    private const int Width = 10;
    private const int Last = 100;

    /// <summary>The group of an age.</summary>
    /// <param name="age">Completed years, from 0.</param>
    public AgeGroup(int age)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(age);
        From = Math.Min(age / Width * Width, Last);
    }

    /// <summary>The least age of the group in years.</summary>
    public int From { get; }

    /// <inheritdoc/>
    public int CompareTo(AgeGroup other) => From.CompareTo(other.From);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is AgeGroup other ? CompareTo(other) : 1;

    /// <summary>The group as people write it.</summary>
    /// <returns><c>0-9</c>, <c>60-69</c>, <c>100+</c>.</returns>
    public override string ToString() => From == Last
        ? string.Create(CultureInfo.InvariantCulture, $"{From}+")
        : string.Create(CultureInfo.InvariantCulture, $"{From}-{From + Width - 1}");
}
