using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>What was written since a sequence, as backups ask for it.</summary>
public class SinceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_was_written_since_a_sequence_is_read_in_order_and_nothing_else(int seed)
    {
        using var place = new TemporaryStore();
        SampleContent.Play(place.Store, seed, 300);
        using var reader = place.Store.BeginRead();
        var present = reader.ReadStates(0, int.MaxValue);
        var older = present.SelectMany(state => reader.ReadVersions(state.Stamp.Key).SkipLast(1)).ToList();
        var records = reader.ReadRecordsSince(0).ToList();
        var olderRecords = reader.ReadRecordVersionsSince(0).ToList();
        Assert.NotEmpty(olderRecords);
        Assert.Equal(
            SampleContent.Rows(place.Path, "record", "record_version").Count, records.Count + olderRecords.Count);
        Assert.Equal(present.SelectMany(state => reader.ReadRecord(state.Stamp.Key)).Select(Told).Order(), records.Where(entry => !entry.IsRemoved).Select(Told).Order());
        Assert.All(olderRecords, entry => Assert.Contains(records, latest => latest.Key == entry.Key && latest.Version > entry.Version && latest.PatientKey == entry.PatientKey));

        for (var since = 0L; since <= reader.Sequence; since += 13)
        {
            Assert.Equal(present.Where(state => state.Stamp.Sequence > since).Select(Told), reader.ReadPatientsSince(since).Select(Told));
            Assert.Equal(older.Where(state => state.Stamp.Sequence > since).Select(Told), reader.ReadPatientVersionsSince(since).Select(Told));
            Assert.Equal(records.Where(entry => entry.Sequence > since).OrderBy(entry => entry.Key).Select(Told), reader.ReadRecordsSince(since).Select(Told));
            Assert.Equal(
                olderRecords.Where(entry => entry.Sequence > since).OrderBy(entry => entry.Key).ThenBy(entry => entry.Version).Select(Told),
                reader.ReadRecordVersionsSince(since).Select(Told));
        }
    }

    [Fact]
    public void A_purge_leaves_its_mark_until_it_is_taken_back()
    {
        using var place = new TemporaryStore();
        var states = Enumerable.Range(0, 3).Select(i => place.Store.Insert(StoreExtensions.NewState($"Name{i}"))).ToList();
        var marks = states.Select((state, i) => new PurgeMark(state.Stamp.Id, 10 + i, AccessSamples.Time)).ToList();
        place.Store.Write(writer =>
        {
            writer.PurgePatient(states[1].Stamp.Key, marks[1]);
            writer.PurgePatient(states[0].Stamp.Key, marks[0]);
            Assert.Equal(marks[..2], writer.ReadPurgesSince(0));
            return 0;
        });

        Assert.Equal([marks[1]], place.Store.Read(reader => reader.ReadPurgesSince(10)));
        place.Store.Write(writer =>
        {
            writer.DeletePurge(marks[1].Id);
            writer.DeletePurge(marks[2].Id);
            return 0;
        });
        Assert.Equal([marks[0]], place.Reopen().Read(reader => reader.ReadPurgesSince(0)));
    }

    [Fact]
    public void Places_are_kept_by_their_paths_the_newest_first()
    {
        using var place = new TemporaryStore();
        var first = new StorePlace(StorePlaceKind.Backups, "/backups/täglich", Guid.NewGuid(), 5, AccessSamples.Time);
        var second = new StorePlace(StorePlaceKind.KeptAside, "/old.ptstore", Guid.NewGuid(), 7, AccessSamples.Time.AddDays(1));
        place.Store.Write(writer =>
        {
            writer.WritePlace(first);
            writer.WritePlace(second);
            return 0;
        });
        Assert.Equal([second, first], place.Store.Read(reader => reader.ReadPlaces()));

        place.Store.Write(writer =>
        {
            writer.WritePlace(first with { Sequence = 9, Time = AccessSamples.Time.AddDays(2) });
            writer.DeletePlace(second.Path);
            writer.DeletePlace("/never");
            return 0;
        });
        Assert.Equal([first with { Sequence = 9, Time = AccessSamples.Time.AddDays(2) }], place.Reopen().Read(reader => reader.ReadPlaces()));
    }

    [Fact]
    public void Counters_and_totals_are_those_of_the_snapshot()
    {
        using var place = new TemporaryStore();
        var one = place.Store.Insert(StoreExtensions.NewState("Eins"));
        using var before = place.Store.BeginRead();
        place.Store.Write(writer =>
        {
            writer.DrawNumber("mrn");
            writer.Insert(StoreExtensions.NewState("Zwei"));
            writer.Update(one, one, removed: true);
            writer.ChangeAccess();
            Assert.Equal(new StoreTotals(1, 1, 0, 1), writer.ReadTotals());
            Assert.Equal((3L, 1L), (writer.ReadCounters()["#sequence"], writer.ReadCounters()["mrn"]));
            return 0;
        });

        Assert.Equal(new StoreTotals(1, 0, 0, 0), before.ReadTotals());
        Assert.Equal(["#patient", "#sequence"], before.ReadCounters().Keys);
        using var after = place.Store.BeginRead();
        Assert.Equal(new StoreTotals(1, 1, 0, 1), after.ReadTotals());
        Assert.Equal(
            new Dictionary<string, long> { ["#sequence"] = 3, ["#patient"] = 2, ["#access"] = 1, ["mrn"] = 1 }, after.ReadCounters());
        Assert.Equal(place.Store.Identity.Epoch, after.Epoch);
    }

    private static string Told(PatientState state) =>
        $"{state.Stamp} {state.Document.Utf8.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(state.Document.Utf8.Span))} {state.Legacy?.Length}";

    private static string Told(RecordState entry) =>
        $"{entry with { Json = default }} {Convert.ToHexString(entry.Json.Span)}";
}
