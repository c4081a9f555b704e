namespace PatientTools.Search.Answers;

/// <summary>Where a patient stands in an order: its term at each level, and its key, since arrival decides between equals.</summary>
/// <param name="Terms">The terms, compared byte by byte.</param>
/// <param name="Key">The key.</param>
internal sealed record SortPosition(byte[][] Terms, long Key)
{
    /// <summary>Compares places in an order.</summary>
    public static int Compare(SortPosition left, SortPosition right, IReadOnlyList<SortOrder> order) => Compare(left.Terms, left.Key, right, order);

    /// <summary>Compares a place told by its parts with another.</summary>
    public static int Compare(byte[][] terms, long key, SortPosition other, IReadOnlyList<SortOrder> order)
    {
        for (var level = 0; level < order.Count; level++)
        {
            if (terms[level].AsSpan().SequenceCompareTo(other.Terms[level]) is var difference and not 0)
            {
                return order[level].Descending ? -difference : difference;
            }
        }

        return key.CompareTo(other.Key);
    }
}
