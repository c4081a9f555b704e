using System.Globalization;

namespace PatientTools.Synthesis;

/// <summary>A choice among items, each as likely as its weight.</summary>
/// <remarks>Weights are summed with additions alone, which every machine rounds alike: the same draw finds the same item everywhere.</remarks>
internal sealed class Weighted<T>
{
    private readonly T[] _items;
    private readonly double[] _cumulated;

    public Weighted(IEnumerable<T> items, Func<int, double> weight)
    {
        _items = [.. items];
        _cumulated = new double[_items.Length];
        var sum = 0.0;
        for (var i = 0; i < _items.Length; i++)
        {
            _cumulated[i] = sum += weight(i);
        }
    }

    /// <summary>The items, in the order of the table.</summary>
    public IReadOnlyList<T> Items => _items;

    public T Draw(ref SampleRandom random)
    {
        var found = Array.BinarySearch(_cumulated, random.Fraction() * _cumulated[^1]);
        return _items[Math.Min(found < 0 ? ~found : found + 1, _items.Length - 1)];
    }
}

/// <summary>Makes weighted choices out of tables.</summary>
internal static class Weighted
{
    public static Weighted<T> Of<T>(IEnumerable<(int Weight, T Item)> rows)
    {
        var all = rows.ToArray();
        return new Weighted<T>(all.Select(row => row.Item), i => all[i].Weight);
    }

    /// <summary>Items by rank after Zipf and Mandelbrot: the weight of rank k, from 1, is (k + ½) to the power of −¾.</summary>
    /// <remarks>
    /// German surnames follow this law well: of 120,000 names the first is borne by about 1 in 100 people, the second by
    /// 0.7, the third by 0.5. The power is taken by square roots, which IEEE 754 rounds alike everywhere, unlike Math.Pow.
    /// </remarks>
    public static Weighted<T> Zipf<T>(IEnumerable<T> items) => new(items, i => RankWeight(i + 1));

    /// <summary>The weight of a rank; see <see cref="Zipf{T}"/>.</summary>
    public static double RankWeight(int rank)
    {
        var root = Math.Sqrt(Math.Sqrt(rank + 0.5));
        return 1 / (root * root * root);
    }

    /// <summary>Reads a table of one row a line: the weight, a blank, and the fields.</summary>
    public static Weighted<T> Table<T>(string table, char separator, Func<string[], T> read) => Of(Rows(table, separator, read));

    public static IEnumerable<(int Weight, T Item)> Rows<T>(string table, char separator, Func<string[], T> read)
    {
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (int.Parse(line.AsSpan(0, blank), CultureInfo.InvariantCulture), read(line[(blank + 1)..].Split(separator)));
        }
    }
}
