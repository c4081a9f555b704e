using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>Stores that are filled before anybody sees them.</summary>
public class BuildTests
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private static readonly StoreIdentity Identity = new(Guid.NewGuid(), Guid.NewGuid(), 1, AccessSamples.Time);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_copy_is_row_for_row_the_store_it_was_made_of_but_for_its_epoch(int seed)
    {
        using var place = new TemporaryStore();
        SampleContent.Play(place.Store, seed, 300);
        AccessSamples.FillAccess(place.Store, 20);
        place.Store.Write(writer =>
        {
            writer.WriteSetting("BackupFolder", "/backup");
            return writer.DrawNumber("mrn");
        });
        var path = Path.Combine(place.Folder, "copy.ptstore");
        var epoch = Guid.NewGuid();

        SampleContent.Copy(place.Store, path, epoch);

        Assert.Equal([path, place.Path], Directory.GetFiles(place.Folder).Where(file => !file.StartsWith(place.Path + "-", StringComparison.Ordinal)).Order());
        using var copy = Provider.Open(path, new StoreOptions());
        Assert.Equal(place.Store.Identity with { Epoch = epoch }, copy.Identity);
        Assert.Empty(copy.CheckStructure(full: true, default));
        string[] tables = ["patient", "patient_version", "record", "record_version", "chunk", "setting", "counter", "account", "audit_event", "purge"];
        Assert.Equal(SampleContent.Rows(place.Path, tables), SampleContent.Rows(path, tables));
        Assert.Equal(SampleContent.Entries(place.Store), SampleContent.Entries(copy));
        Assert.Equal("wal", copy.ReadFigures().JournalMode);
        var next = place.Store.Insert(StoreExtensions.NewState("Neu"));
        Assert.Equal((next.Stamp.Key, next.Stamp.Sequence), copy.Insert(StoreExtensions.NewState("Neu")) is var state ? (state.Stamp.Key, state.Stamp.Sequence) : default);
    }

    [Fact]
    public void What_cannot_be_there_twice_is_refused_and_leaves_no_trace()
    {
        using var place = new TemporaryStore(create: false);
        PatientState Keyed(long key, PatientState state) => state with { Stamp = state.Stamp with { Key = key, Sequence = key } };
        var one = Keyed(1, StoreExtensions.NewState("Eins", mrn: "M1", source: "his", sourceId: "S1"));
        var sameMrn = Keyed(2, StoreExtensions.NewState("Zwei", mrn: "M1", note: new string('n', 300_000)));
        var sameSource = Keyed(3, StoreExtensions.NewState("Drei", source: "his", sourceId: "S1"));
        Provider.Build(place.Path, Identity, loader =>
        {
            loader.AddPatient(one, one.Entries());
            var error = Assert.Throws<ConflictException>(() => loader.AddPatient(sameMrn, sameMrn.Entries()));
            Assert.Equal("MrnInUse", error.ErrorId);
            Assert.Contains(one.Stamp.Id.ToString(), error.Message, StringComparison.Ordinal);
            Assert.Equal("SourceIdInUse", Assert.Throws<ConflictException>(() => loader.AddPatient(sameSource, sameSource.Entries())).ErrorId);
            Assert.False(loader.AddPatientVersion(sameMrn));
            Assert.False(loader.AddRecord(new RecordState(1, 2, "Condition", "c", null, 1, 1, AccessSamples.Time, false, null, null, "{}"u8.ToArray()), []));
            Assert.False(loader.AddRecordVersion(new RecordState(1, 2, "Condition", "c", null, 1, 1, AccessSamples.Time, false, null, null, "{}"u8.ToArray())));
            loader.SetCounter("#patient", 3);
            loader.SetSequence(7);
        });

        var store = place.Reopen();
        Assert.Equal([1], store.Living());
        Assert.Equal(one.Entries().Count, SampleContent.Entries(store).Count);
        Assert.Empty(SampleContent.Rows(place.Path, "chunk", "patient_version", "record"));
        Assert.Empty(store.CheckStructure(full: true, default));
        Assert.Equal(7, store.Read(reader => reader.Sequence));
        Assert.Equal("MrnInUse", Assert.Throws<ConflictException>(() => store.Insert(StoreExtensions.NewState("Zwei", mrn: "M1"))).ErrorId);
    }

    [Fact]
    public void What_fails_leaves_nothing_behind()
    {
        using var place = new TemporaryStore(create: false);
        Assert.Throws<TimeoutException>(() => Provider.Build(place.Path, Identity, loader =>
        {
            var state = StoreExtensions.NewState("Eins");
            loader.AddPatient(state with { Stamp = state.Stamp with { Key = 1 } }, state.Entries());
            throw new TimeoutException();
        }));
        Assert.Empty(Directory.GetFileSystemEntries(place.Folder));

        File.WriteAllText(place.Path, "somebody's");
        Assert.Equal("StoreExists", Assert.Throws<PatientToolsException>(() => Provider.Build(place.Path, Identity, _ => { })).ErrorId);
        Assert.Equal("StoreFolderMissing", Assert.Throws<PatientToolsException>(() => Provider.Build(Path.Combine(place.Folder, "no", "x.ptstore"), Identity, _ => { })).ErrorId);
        Assert.Equal("somebody's", File.ReadAllText(place.Path));
    }

    [Fact]
    public void What_a_killed_process_left_goes_and_what_another_works_on_stays()
    {
        using var place = new TemporaryStore(create: false);
        var left = Path.Combine(place.Folder, $".old.ptstore.{Guid.NewGuid():N}.new");
        foreach (var ending in new[] { "", "-wal", "-runs", ".lock" })
        {
            File.WriteAllText(left + ending, "left");
        }

        var foreign = Path.Combine(place.Folder, ".somebody.new.lock");
        File.WriteAllText(foreign, "not ours");
        using var living = HiddenFile.Claim(Path.Combine(place.Folder, "other.ptstore"));
        File.WriteAllText(living.Path, "in the making");

        Provider.Build(place.Path, Identity, _ => { });

        Assert.Equal(
            new[] { foreign, living.Path, living.Path + ".lock", place.Path }.Order(StringComparer.Ordinal), Directory.GetFiles(place.Folder).Order(StringComparer.Ordinal));
        living.Dispose();
        Assert.Equal(new[] { foreign, place.Path }.Order(StringComparer.Ordinal), Directory.GetFiles(place.Folder).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 100)]
    [InlineData(3, 100_000)]
    public void Entries_sorted_in_runs_are_those_that_were_added(int seed, int most)
    {
        using var place = new TemporaryStore(create: false);
        Provider.Build(place.Path, Identity, loader => loader.SetCounter("#patient", 5000));
        var random = new Random(seed);
        var added = new List<(long Key, SearchEntry Entry)>();
        using (var connection = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5)))
        using (var runs = new SearchEntryRuns(place.Path + "-runs", most))
        {
            for (var i = 0; i < 5000; i++)
            {
                // Mostly ascending; those of records come later, and some come twice.
                var key = i < 4000 ? i + 1 : random.Next(1, 4001);
                var term = random.Next(3) == 0 ? "frequent" : random.Next(2) == 0 ? $"t{random.Next(300)}" : new string('ü', random.Next(400)) + i;
                var entry = new SearchEntry(random.Next(2) == 0 ? SearchEntryKind.City : SearchEntryKind.Kvnr, term);
                added.Add((key, entry));
                runs.Add(key, entry);
            }

            runs.WriteTo(connection);
        }

        Assert.False(File.Exists(place.Path + "-runs"));
        var expected = added.Distinct().OrderBy(one => (int)one.Entry.Kind)
            .ThenBy(one => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(one.Entry.Term)), StringComparer.Ordinal).ThenBy(one => one.Key);
        Assert.Equal(expected, SampleContent.Entries(place.Reopen()));
        Assert.DoesNotContain(place.Store.CheckStructure(full: true, default), finding => finding.Contains("malformed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_built_store_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var place = new TemporaryStore(create: false);
        var modes = new List<UnixFileMode>();
        Provider.Build(place.Path, Identity, _ =>
        {
            foreach (var file in Directory.GetFiles(place.Folder))
            {
                modes.Add(ModeOf(file));
            }
        });
        Assert.Equal(3, modes.Count);
        Assert.All(modes, mode => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(place.Path));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
