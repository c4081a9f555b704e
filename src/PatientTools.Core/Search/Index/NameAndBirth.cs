namespace PatientTools.Search.Index;

/// <summary>
/// Looks a family name and a birth date up together, in the entries that hold both: name by name there are few dates, whereas
/// a range of dates alone leads to half of all patients.
/// </summary>
internal static class NameAndBirth
{
    /// <summary>Puts the questions of an intersection in a form that reads less.</summary>
    /// <param name="queries">The questions.</param>
    public static IReadOnlyList<IndexQuery> Combine(IReadOnlyList<IndexQuery> queries)
    {
        List<IndexQuery> flat = [.. Flatten(queries)];
        var births = flat.OfType<BirthQuery>().ToList();
        if (births.Count == 0 || flat.OfType<EntryQuery>().FirstOrDefault(query => query.FamilyWord is not null) is not { } named)
        {
            return flat;
        }

        flat.RemoveAll(query => query is BirthQuery || ReferenceEquals(query, named));
        var families = named with { Kinds = [.. named.Kinds.Where(kind => kind != SearchEntryKind.GivenNamePart)], FamilyWord = null };
        IndexQuery together = named.IsBeginning ? BornAs(named.FamilyWord!, births, isBeginning: true) : new IntersectionQuery([families, BornAs(named.FamilyWord!, births, isBeginning: false)]);
        flat.Add(families.Kinds.Count == named.Kinds.Count
            ? together
            : new UnionQuery([together, new IntersectionQuery([named with { Kinds = [SearchEntryKind.GivenNamePart], FamilyWord = null }, .. births])]));
        return flat;
    }

    private static IEnumerable<IndexQuery> Flatten(IReadOnlyList<IndexQuery> queries) =>
        queries.SelectMany(query => query is IntersectionQuery intersection ? Flatten(intersection.Queries) : [query]);

    private static bool PassesAll(List<BirthQuery> births, ReadOnlySpan<byte> date)
    {
        foreach (var birth in births)
        {
            if (!birth.Test(date))
            {
                return false;
            }
        }

        return true;
    }

    private static EntryQuery BornAs(string word, List<BirthQuery> births, bool isBeginning)
    {
        var dates = births.Aggregate(TermRange.All, (range, birth) => range.IntersectWith(birth.Dates));
        return new(
            [SearchEntryKind.FamilyNameBirth],
            isBeginning ? TermRange.StartingWith(word) : dates.Behind($"{word}\0"),
            term => PassesAll(births, term[(term.IndexOf((byte)0) + 1)..]),
            string.Join(" and ", births.Select(birth => birth.Description).Distinct(StringComparer.Ordinal)));
    }
}
