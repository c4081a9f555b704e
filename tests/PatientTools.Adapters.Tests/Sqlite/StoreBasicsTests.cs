using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

public class StoreBasicsTests
{
    [Fact]
    public void What_is_written_is_read_after_reopening()
    {
        using var place = new TemporaryStore();
        var written = place.Store.Insert(StoreExtensions.NewState("Müller", "Änne", "M1", "Bonn", "1958-12", "kis", "p1", """{"x":1.50}"""));

        var store = place.Reopen();

        var read = store.Read(reader => reader.ReadState(reader.FindKey(written.Stamp.Id)!.Value))!;
        Assert.Equal(written.Stamp, read.Stamp);
        Assert.Equal(written.Document, read.Document);
        Assert.True(written.Legacy!.Value.Span.SequenceEqual(read.Legacy!.Value.Span));
        Assert.Equal(written.Stamp.Key, store.Read(reader => reader.FindKey("kis", "p1")));
    }

    [Fact]
    public void A_patient_from_columns_equals_the_one_from_the_document()
    {
        using var place = new TemporaryStore();
        var state = place.Store.Insert(StoreExtensions.NewState("Graf von Buntspecht", "Änne", "M1", "Bonn", "1958", "kis", "p1"));

        var read = Assert.Single(place.Store.Read(reader => reader.ReadPatients([state.Stamp.Key], null, StoreExtensions.Today)));

        AssertSame(state.ToPatient(StoreExtensions.Today), read);
    }

    [Fact]
    public void An_undisposed_commit_leaves_nothing()
    {
        using var place = new TemporaryStore();
        using (var writer = place.Store.BeginWrite())
        {
            writer.Insert(StoreExtensions.NewState("Nobody"));
        }

        Assert.Empty(place.Store.Living());
        Assert.Equal(0, place.Store.Read(reader => reader.Sequence));
    }

    [Fact]
    public void Versions_are_kept_and_read_as_of_a_sequence()
    {
        using var place = new TemporaryStore();
        var first = place.Store.Insert(StoreExtensions.NewState("Alt", city: "Bonn"));
        var asOf = place.Store.Read(reader => reader.Sequence);
        var second = place.Store.Update(first, StoreExtensions.NewState("Neu", city: "Kiel"));
        var later = place.Store.Insert(StoreExtensions.NewState("Später"));
        long[] keys = [later.Stamp.Key, first.Stamp.Key, 99];

        var then = place.Store.Read(reader => reader.ReadPatients(keys, asOf, StoreExtensions.Today));
        var now = place.Store.Read(reader => reader.ReadPatients(keys, null, StoreExtensions.Today));

        Assert.Equal(["Alt"], then.Select(patient => patient.FamilyName));
        Assert.Equal(1, then[0].Version);
        Assert.Equal(["Später", "Neu"], now.Select(patient => patient.FamilyName));
        Assert.Equal([first.Document, second.Document], place.Store.Read(reader => reader.ReadVersions(first.Stamp.Key)).Select(state => state.Document));
    }

    [Fact]
    public void A_removal_changes_the_state_entry_and_no_other()
    {
        using var place = new TemporaryStore();
        var state = place.Store.Insert(StoreExtensions.NewState("Weg", birth: "1950-01-01"));
        place.Store.Insert(StoreExtensions.NewState("Weg"));

        var removed = place.Store.Update(state, state, removed: true);

        Assert.Equal([state.Stamp.Key + 1], place.Store.Living());
        Assert.Equal([state.Stamp.Key], place.Store.Keys(SearchEntryKind.State, StateTerms.Removed));
        Assert.Equal([state.Stamp.Key, state.Stamp.Key + 1], place.Store.Keys(SearchEntryKind.FamilyNamePart, "weg"));
        Assert.Equal((1, 1), (place.Store.ReadFigures().Patients, place.Store.ReadFigures().RemovedPatients));
        place.Store.Update(removed, removed, removed: false);
        Assert.Equal((2, 0), (place.Store.ReadFigures().Patients, place.Store.ReadFigures().RemovedPatients));
    }

    [Fact]
    public void A_medical_record_number_is_unique_until_purge()
    {
        using var place = new TemporaryStore();
        var holder = place.Store.Insert(StoreExtensions.NewState("Eins", mrn: "M1"));
        place.Store.Update(holder, holder, removed: true);

        var error = Assert.Throws<ConflictException>(() => place.Store.Insert(StoreExtensions.NewState("Zwei", mrn: "M1")));
        Assert.Equal("MrnInUse", error.ErrorId);
        Assert.Contains(holder.Stamp.Id.ToString(), error.Message, StringComparison.Ordinal);

        using (var writer = place.Store.BeginWrite())
        {
            writer.PurgePatient(holder.Stamp.Key);
            writer.Insert(StoreExtensions.NewState("Zwei", mrn: "M1"));
            Assert.Throws<ConflictException>(() => writer.Insert(StoreExtensions.NewState("Drei", mrn: "M1")));
            writer.Commit();
        }

        Assert.Single(place.Store.Living());
    }

    [Fact]
    public void A_source_and_id_belong_to_one_patient()
    {
        using var place = new TemporaryStore();
        var holder = place.Store.Insert(StoreExtensions.NewState("Eins", source: "kis", sourceId: "7"));

        var error = Assert.Throws<ConflictException>(() => place.Store.Insert(StoreExtensions.NewState("Zwei", source: "kis", sourceId: "7")));

        Assert.Equal("SourceIdInUse", error.ErrorId);
        Assert.Contains(holder.Stamp.Id.ToString(), error.Message, StringComparison.Ordinal);
        place.Store.Insert(StoreExtensions.NewState("Zwei", source: "labor", sourceId: "7"));
    }

    [Fact]
    public void A_failed_item_undoes_itself_alone()
    {
        using var place = new TemporaryStore();
        using (var writer = place.Store.BeginWrite())
        {
            writer.RunItem(() => writer.Insert(StoreExtensions.NewState("Eins", mrn: "M1")));
            Assert.Throws<TimeoutException>(() => writer.RunItem(() =>
            {
                writer.Insert(StoreExtensions.NewState("Zwei", mrn: "M2"));
                Assert.Equal(2, writer.Living().Count);
                throw new TimeoutException();
            }));
            writer.RunItem(() => writer.Insert(StoreExtensions.NewState("Drei", mrn: "M2")));
            writer.Commit();
        }

        Assert.Equal(["Eins", "Drei"], Names(place.Store));
        var expected = place.Store.Read(reader => reader.ReadStates(0, 9)).SelectMany(state => state.Entries().Select(entry => new StoredSearchEntry(state.Stamp.Key, entry)));
        Assert.Equal(expected.ToHashSet(), place.Store.Read(reader => reader.ReadSearchEntries().ToHashSet()));
    }

    [Fact]
    public void Numbers_of_a_counter_never_repeat()
    {
        using var place = new TemporaryStore();
        var drawn = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            drawn.Add(place.Store.Write(writer => writer.DrawNumber("mrn")));
            place.Reopen();
        }

        Assert.Equal([1, 2, 3], drawn);
    }

    [Fact]
    public void Keys_are_not_used_again_after_purge()
    {
        using var place = new TemporaryStore();
        var first = place.Store.Insert(StoreExtensions.NewState("Eins"));
        place.Store.Write(writer =>
        {
            writer.PurgePatient(first.Stamp.Key);
            return 0;
        });

        Assert.NotEqual(first.Stamp.Key, place.Store.Insert(StoreExtensions.NewState("Zwei")).Stamp.Key);
    }

    [Fact]
    public void Large_content_goes_in_chunks_and_comes_back()
    {
        using var place = new TemporaryStore();
        var note = new string('ä', StoredContent.ChunkBytes);
        var legacy = $$"""{"t":"{{new string('x', StoredContent.ChunkBytes * 3)}}"}""";
        var first = place.Store.Insert(StoreExtensions.NewState("Groß", note: note, legacy: legacy));
        var second = place.Store.Update(first, StoreExtensions.NewState("Klein"));
        var versions = place.Store.Read(reader => reader.ReadVersions(first.Stamp.Key));

        Assert.Equal([first.Document, second.Document], versions.Select(state => state.Document));
        Assert.True(first.Legacy!.Value.Span.SequenceEqual(versions[0].Legacy!.Value.Span));
        Assert.Null(versions[1].Legacy);
        Assert.Empty(place.Store.CheckStructure(full: true, default));
    }

    [Fact]
    public void Records_keep_their_versions_and_order()
    {
        using var place = new TemporaryStore();
        var patient = place.Store.Insert(StoreExtensions.NewState("Eins"));
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"resourceType":"Condition","x":"{{new string('x', StoredContent.ChunkBytes)}}"}""");
        RecordState Entry(string id) => new(0, patient.Stamp.Key, "Condition", id, "urn:uuid:1", 1, 5, patient.Stamp.Modified, false, "E11.9", new PartialDate(2020, 5), json);

        place.Store.Write(writer =>
        {
            writer.InsertRecord(Entry("b"));
            writer.InsertRecord(Entry("a"));
            var old = writer.FindRecord(patient.Stamp.Key, "Condition", "b")!;
            writer.UpdateRecord(old, old with { Version = 2, Code = "E11.8", Json = "{}"u8.ToArray() });
            return 0;
        });

        var record = place.Store.Read(reader => reader.ReadRecord(patient.Stamp.Key).ToList());
        Assert.Equal([("b", 2, "E11.8"), ("a", 1, "E11.9")], record.Select(entry => (entry.EntryId, entry.Version, entry.Code!)));
        Assert.Equal(new PartialDate(2020, 5), record[1].Date);
        Assert.True(record[1].Json.Span.SequenceEqual(json));
        Assert.Equal((2, 1), (place.Store.ReadFigures().Records, place.Store.ReadFigures().Versions));
    }

    [Fact]
    public void A_state_and_its_record_are_read_as_of_a_sequence()
    {
        using var place = new TemporaryStore();
        var first = place.Store.Insert(StoreExtensions.NewState("Alt"));
        var key = first.Stamp.Key;
        place.Store.Write(writer => writer.InsertRecord(Resource(writer, "Condition", "a")));
        place.Store.Write(writer => writer.InsertRecord(Resource(writer, "Observation", "b")));
        place.Store.Update(first, StoreExtensions.NewState("Neu"));
        place.Store.Write(writer => Change(writer, "Condition", "a", isRemoved: true));
        place.Store.Write(writer => Change(writer, "Condition", "a", isRemoved: false));
        Assert.Equal(6, place.Store.Read(reader => reader.Sequence));

        string?[] names = [.. Enumerable.Range(0, 8).Select(asOf => place.Store.Read(reader => reader.ReadState(key, asOf))?.Document.Properties.FamilyName)];
        string[] records = [.. Enumerable.Range(0, 8).Select(asOf => string.Join(' ', place.Store.Read(reader => reader.ReadRecord(key, asOf)).Select(entry => $"{entry.EntryId}{entry.Version}")))];

        Assert.Equal([null, "Alt", "Alt", "Alt", "Neu", "Neu", "Neu", "Neu"], names);
        Assert.Equal(["", "", "a1", "a1 b1", "a1 b1", "b1", "a3 b1", "a3 b1"], records);
        Assert.Equal(["a3"], place.Store.Read(reader => reader.ReadSearchableRecord(key)).Select(entry => $"{entry.EntryId}{entry.Version}"));

        RecordState Resource(IStoreWriter writer, string type, string id) =>
            new(0, key, type, id, null, 1, writer.NextSequence(), first.Stamp.Modified, false, null, null, "{}"u8.ToArray());

        int Change(IStoreWriter writer, string type, string id, bool isRemoved)
        {
            var old = writer.FindRecord(key, type, id)!;
            writer.UpdateRecord(old, old with { Version = old.Version + 1, Sequence = writer.NextSequence(), IsRemoved = isRemoved });
            return 0;
        }
    }

    [Fact]
    public void States_are_read_by_their_keys_and_the_purged_are_left_out()
    {
        using var place = new TemporaryStore();
        PatientState[] states = [.. Enumerable.Range(0, 6).Select(i => place.Store.Insert(StoreExtensions.NewState($"Name{i}")))];
        place.Store.Update(states[4], states[4], removed: true);
        place.Store.Write(writer =>
        {
            writer.PurgePatient(states[2].Stamp.Key);
            return 0;
        });

        long[] keys = [states[0].Stamp.Key, states[2].Stamp.Key, states[4].Stamp.Key, 99];
        Assert.Equal(["Name0", "Name4"], place.Store.Read(reader => reader.ReadStates(keys).Select(state => state.Document.Properties.FamilyName!).ToList()));
        Assert.Null(place.Store.Read(reader => reader.ReadState(states[2].Stamp.Key, 100)));
    }

    [Fact]
    public void Settings_are_set_and_reset()
    {
        using var place = new TemporaryStore();
        place.Store.Write(writer =>
        {
            writer.WriteSetting("a", "1");
            writer.WriteSetting("b", "2");
            writer.WriteSetting("a", null);
            return 0;
        });

        Assert.Equal(["b=2"], place.Store.Read(reader => reader.ReadSettings()).Select(setting => $"{setting.Key}={setting.Value}"));
    }

    [Fact]
    public void A_reader_keeps_its_snapshot()
    {
        using var place = new TemporaryStore();
        place.Store.Insert(StoreExtensions.NewState("Eins"));
        using var reader = place.Store.BeginRead();
        place.Store.Insert(StoreExtensions.NewState("Zwei"));

        Assert.Equal((1, 1), (reader.Living().Count, reader.Sequence));
    }

    internal static IEnumerable<string?> Names(IPatientStore store) =>
        store.Read(reader => reader.ReadPatients([.. reader.Living()], null, StoreExtensions.Today))
            .Select(patient => patient.FamilyName);

    internal static void AssertSame(Patient expected, Patient actual)
    {
        foreach (var property in typeof(Patient).GetProperties())
        {
            Assert.Equal((property.Name, property.GetValue(expected)), (property.Name, property.GetValue(actual)));
        }
    }
}
