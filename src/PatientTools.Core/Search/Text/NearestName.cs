namespace PatientTools.Search.Text;

/// <summary>Finds the name somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>No name of ours is longer: of a wrong one that may be as long as anybody likes, the rest tells nothing.</summary>
    private const int Longest = 64;

    /// <summary>The name that takes the fewest single-letter changes; null when there is none.</summary>
    public static string? Of(string wrong, IEnumerable<string> names)
    {
        var start = wrong[..Math.Min(wrong.Length, Longest)].ToUpperInvariant();
        return names.MinBy(name => Distance(start, name.ToUpperInvariant()));
    }

    /// <summary>The name that takes the fewest single-letter changes; null when all of them take too many.</summary>
    public static string? Within(string wrong, IEnumerable<string> names, int mostChanges)
    {
        var near = wrong.Length > Longest ? null : Of(wrong, names);
        return near is not null && Distance(wrong.ToUpperInvariant(), near.ToUpperInvariant()) <= mostChanges ? near : null;
    }

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
