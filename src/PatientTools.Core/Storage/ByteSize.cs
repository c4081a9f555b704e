using System.Globalization;

namespace PatientTools.Storage;

/// <summary>A number of bytes that people can read.</summary>
/// <param name="Bytes">How many bytes.</param>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>, IComparable
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Compares with another size, or with a number of bytes.</summary>
    /// <param name="obj">The other.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(object? obj) => obj is ByteSize other
        ? CompareTo(other)
        : Bytes.CompareTo(Convert.ToInt64(obj, CultureInfo.InvariantCulture));

    /// <summary>The size in the largest unit of 1024 that keeps it at least 1, as PowerShell counts.</summary>
    /// <returns>Such as <c>4.2 MB</c>.</returns>
    public override string ToString()
    {
        var unit = 0;
        double size = Bytes;
        for (; size >= 1024 && unit < Units.Length - 1; unit++)
        {
            size /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
