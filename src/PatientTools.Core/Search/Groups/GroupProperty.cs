using System.Globalization;
using System.Text;
using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>What patients can be counted by.</summary>
/// <remarks>A property that <see cref="SearchProperty.IsGroupable"/>, or something derived of one.</remarks>
public sealed class GroupProperty
{
    private const int CharactersOfArea = 2;

    private GroupProperty(string name, string description, bool isMultiple, params GroupPart[] parts) =>
        (Name, Description, IsMultiple, Parts) = (name, description, isMultiple, parts);

    /// <summary>The names in the order in which they are offered: <c>City</c>, <c>Gender</c>, <c>BirthYear</c>, <c>AgeGroup</c>, <c>PostalCodeArea</c>, <c>Payer</c>, <c>ConditionChapter</c> and others.</summary>
    public static IReadOnlyList<GroupProperty> All { get; } =
    [
        Of("City"),
        Of("Gender"),
        Of("BirthYear"),
        new("AgeGroup", "Ten years of age, as 60-69; from a hundred on one group", false,
            new(SearchEntryKind.BirthDate, false, (term, today) => DateIndex.DateOf(term) is { } born ? new AgeGroup(born.YearsUntil(today)) : null),
            new(SearchEntryKind.AgeAtDeath, true, (term, _) => AgeIndex.AgeAtDeath(term) is { } age ? new AgeGroup((int)age) : null)),
        new("PostalCodeArea", "The first two characters of the postal code", false,
            new GroupPart(SearchEntryKind.PostalCode, null, (term, _) => ValueTerm.TextOf(term) is { } code ? code[..Math.Min(code.Length, CharactersOfArea)] : null)),
        Of("Payer"),
        new("ConditionChapter", "Chapters of ICD-10-GM to which codes of recorded conditions belong", true,
            new GroupPart(SearchEntryKind.Condition, null, (term, _) => IcdChapter.Of(ValueTerm.TextOf(term)))),
        Of("Condition"),
        Of("PostalCode"),
        Of("Country"),
        Of("Title"),
        Of("FamilyName"),
        Of("GivenName"),
        Of("Deceased"),
        Of("Active"),
        Of("Source"),
    ];

    private static readonly Dictionary<string, GroupProperty> ByName = All.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; }

    /// <summary>Whether a patient can belong to several groups.</summary>
    public bool IsMultiple { get; }

    /// <summary>What has to be read of the index. Who is in no group of any of them belongs to the group of those whose value is missing.</summary>
    internal IReadOnlyList<GroupPart> Parts { get; }

    /// <summary>Finds one by name; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The property, or null.</returns>
    public static GroupProperty? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    /// <summary>Compares values of groups in the order of the property: text by German letters, and who has none comes first.</summary>
    /// <param name="left">A value of a group, or null.</param>
    /// <param name="right">Another.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    internal static int Compare(object? left, object? right) => (left, right) switch
    {
        (string one, string other) => CodePoints.Compare(ValueTerm.Of(one), ValueTerm.Of(other)),
        _ => System.Collections.Comparer.DefaultInvariant.Compare(left, right),
    };

    private static GroupProperty Of(string name)
    {
        var property = SearchProperties.Find(name)!;
        var kind = property.Kind ?? (name == "Payer" ? SearchEntryKind.Payer : SearchEntryKind.Condition);
        Func<string, object?> read = property.Type switch
        {
            SearchPropertyType.Number => text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            SearchPropertyType.Boolean => text => text == "true",
            _ => text => text,
        };
        return new(name, property.Description, property.IsMultiple, new GroupPart(kind, null, (term, _) => term.IsEmpty ? null : read(Encoding.UTF8.GetString(SearchEntries.TextOf(kind, term))), IsOneToOne: true));
    }
}

/// <summary>Reads the group's value off a term.</summary>
/// <param name="term">The term in UTF-8.</param>
/// <param name="today">The day for which ages are told.</param>
/// <returns>The value, by which groups are told apart; null where the term belongs to no group.</returns>
internal delegate object? GroupValueReader(ReadOnlySpan<byte> term, DateOnly today);

/// <summary>Entries that say to which group a patient belongs. Several terms may stand for one value.</summary>
/// <param name="Kind">The kind whose terms are read.</param>
/// <param name="Deceased">Whether the entries of the dead count only (true), or those of the others only (false); null for everybody's.</param>
/// <param name="ValueOf">Reads the value off a term.</param>
/// <param name="IsOneToOne">Whether no two terms stand for one value.</param>
internal sealed record GroupPart(SearchEntryKind Kind, bool? Deceased, GroupValueReader ValueOf, bool IsOneToOne = false);
