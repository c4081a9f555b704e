using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>Search entries that cannot be are found by the check, and a search answers no nonsense with them.</summary>
public class EntryDamageTests
{
    [Theory]
    [InlineData("UPDATE search_entry SET gaps = x'80'", true)]
    [InlineData("UPDATE search_entry SET gaps = x'00'", true)]
    [InlineData("UPDATE search_entry SET gaps = x'FFFFFFFFFFFFFFFFFF01'", true)]
    [InlineData("UPDATE search_entry SET gaps = x'07'", true)]
    [InlineData("UPDATE search_entry SET gaps = x'0010'", true)]
    [InlineData("UPDATE search_entry SET gaps = x'0505FEFFFFFFFFFF7F'", true)]
    [InlineData("UPDATE search_entry SET first = -2", true)]
    [InlineData("UPDATE search_entry SET first = 4, gaps = x''", true)]
    [InlineData("INSERT INTO search_entry SELECT kind, term, 2, x'' FROM search_entry WHERE first = 1", false)]
    public void Malformed_segments_are_found(string damage, bool isUnreadable)
    {
        using var place = new TemporaryStore();
        for (var i = 0; i < 3; i++)
        {
            place.Store.Insert(StoreExtensions.NewState("Eins"));
        }

        place.Close();
        using (var connection = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5)))
        {
            connection.Execute(damage);
        }

        var store = place.Reopen();

        Assert.Contains(store.CheckStructure(full: true, default), finding => finding.Contains(" parts of the search index are malformed", StringComparison.Ordinal));
        if (isUnreadable)
        {
            Assert.Equal("StoreDamaged", Assert.Throws<PatientToolsException>(() => store.Read(reader => reader.ReadSearchEntries().Count())).ErrorId);
            Assert.Equal("StoreDamaged", Assert.Throws<PatientToolsException>(() => store.Living()).ErrorId);
        }
    }

    [Fact]
    public void Entries_of_nobody_are_found()
    {
        using var place = new TemporaryStore();
        var state = place.Store.Insert(StoreExtensions.NewState("Eins"));
        place.Store.Insert(StoreExtensions.NewState("Zwei"));
        place.Store.Write(writer =>
        {
            writer.PurgePatient(state.Stamp.Key);
            return 0;
        });
        Assert.Empty(place.Store.CheckStructure(full: true, default));

        place.Store.Write(writer =>
        {
            writer.AddSearchEntries(state.Stamp.Key, [new SearchEntry(SearchEntryKind.City, "stray")]);
            return 0;
        });

        Assert.StartsWith("Search entries lead to 1 patients", Assert.Single(place.Store.CheckStructure(full: true, default)), StringComparison.Ordinal);
    }
}
