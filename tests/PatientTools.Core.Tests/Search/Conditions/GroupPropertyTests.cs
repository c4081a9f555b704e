using System.Text;
using PatientTools.Search;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>What patients are counted by.</summary>
public sealed class GroupPropertyTests
{
    [Fact]
    public void Every_groupable_property_is_there() => Assert.Empty(
        SearchProperties.All.Where(property => property.IsGroupable).Select(property => property.Name).Except(GroupProperty.All.Select(group => group.Name)));

    [Theory]
    [InlineData("1958", "60-69")]
    [InlineData("2026-07-01", "0-9")]
    [InlineData("2016-07-01", "10-19")]
    [InlineData("2016-07-02", "0-9")]
    [InlineData("1926-07-01", "100+")]
    [InlineData("1900", "100+")]
    public void Living_patients_are_grouped_by_their_age(string born, string expected) =>
        Assert.Equal(expected, GroupProperty.Find("agegroup")!.Parts.Single(part => part.Deceased == false).ValueOf(Encoding.UTF8.GetBytes(born), Subjects.Today)?.ToString());

    [Fact]
    public void The_dead_are_grouped_by_their_age_at_death()
    {
        var part = GroupProperty.Find("AgeGroup")!.Parts.Single(part => part.Deceased == true);
        Assert.Equal(new AgeGroup(61), part.ValueOf("061"u8, Subjects.Today));
        Assert.Null(part.ValueOf(""u8, Subjects.Today));
    }

    [Theory]
    [InlineData("PostalCodeArea", "53111", "53")]
    [InlineData("PostalCodeArea", "5", "5")]
    [InlineData("City", "Köln", "Köln")]
    [InlineData("ConditionChapter", "E11.9", "IV (E00-E90) Endocrine, nutritional and metabolic diseases")]
    [InlineData("ConditionChapter", "d50", "III (D50-D90) Diseases of the blood and blood-forming organs and certain disorders involving the immune mechanism")]
    [InlineData("ConditionChapter", "D48.9", "II (C00-D48) Neoplasms")]
    [InlineData("ConditionChapter", "U07.1", "XXII (U00-U99) Codes for special purposes")]
    [InlineData("ConditionChapter", "Y98", null)]
    [InlineData("ConditionChapter", "44054006", null)]
    [InlineData("ConditionChapter", "E1", null)]
    public void Values_are_read_off_terms(string name, string text, string? expected) =>
        Assert.Equal(expected, GroupProperty.Find(name)!.Parts.Single().ValueOf(Encoding.UTF8.GetBytes(ValueTerm.Of(text)), Subjects.Today)?.ToString());

    [Fact]
    public void Raw_terms_are_read_as_their_types()
    {
        Assert.Equal(1958L, GroupProperty.Find("BirthYear")!.Parts.Single().ValueOf("1958"u8, Subjects.Today));
        Assert.Equal(true, GroupProperty.Find("Active")!.Parts.Single().ValueOf("true"u8, Subjects.Today));
        Assert.All(GroupProperty.All.SelectMany(group => group.Parts), part => Assert.Null(part.ValueOf(""u8, Subjects.Today)));
    }

    [Fact]
    public void Values_are_put_in_the_order_of_their_property()
    {
        object?[] ages = [new AgeGroup(100), null, new AgeGroup(20), new AgeGroup(5)];
        Assert.Equal(["", "0-9", "20-29", "100+"], ages.Order(Comparer<object?>.Create(GroupProperty.Compare)).Select(age => $"{age}"));
        Assert.Equal(["Goethe", "Göz", "Gruber"], new[] { "Gruber", "Göz", "Goethe" }.Order(Comparer<object?>.Create(GroupProperty.Compare)));
        Assert.Equal(22, IcdChapter.All.Order(Comparer<object?>.Create(GroupProperty.Compare)).Cast<IcdChapter>().Last().Number);
    }

    [Fact]
    public void Chapters_do_not_overlap()
    {
        var ordered = IcdChapter.All.OrderBy(chapter => chapter.From, StringComparer.Ordinal).ToList();
        Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(string.CompareOrdinal(pair.First.To, pair.Second.From) < 0));
        Assert.Equal(Enumerable.Range(1, 22), IcdChapter.All.Select(chapter => chapter.Number));
    }
}
