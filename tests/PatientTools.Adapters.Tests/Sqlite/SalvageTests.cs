using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

public class SalvageTests
{
    private const int Patients = 2000;
    private const int PageBytes = 4096;
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();

    [Fact]
    public void A_whole_store_comes_back_whole()
    {
        using var place = new TemporaryStore();
        var written = Fill(place);
        Assert.Equal("StoreBusy", Assert.Throws<PatientToolsException>(() => Provider.Salvage(place.Path, default)).ErrorId);
        var copy = place.Path + ".copy";
        File.Copy(place.Path, copy);
        File.Copy(place.Path + "-wal", copy + "-wal");
        Assert.True(new FileInfo(copy + "-wal").Length > 0);
        AssertComesBack(written, Provider.Salvage(copy, default).ToList(), lost: 0);
        place.Close();
        AssertComesBack(written, Provider.Salvage(place.Path, default).ToList(), lost: 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_pages_cost_only_what_they_held(int seed)
    {
        using var place = new TemporaryStore();
        var written = Fill(place);
        place.Close();
        var random = new Random(seed);
        var pages = (int)(new FileInfo(place.Path).Length / PageBytes);
        for (var i = 0; i < 12; i++)
        {
            var offset = ((long)random.Next(pages) * PageBytes) + (seed == 1 ? 0 : random.Next(PageBytes / 2));
            Overwrite(place.Path, offset, seed == 2 ? new byte[PageBytes / 2] : Noise(random, PageBytes / 2));
        }

        var before = File.ReadAllBytes(place.Path);
        var items = Provider.Salvage(place.Path, default).ToList();

        // A page holds at most some ten patients, and of the twelve hardly half hold any.
        AssertComesBack(written, items, lost: 120);
        Assert.Contains(items, item => item.Loss is not null);
        Assert.Equal(Patients, items.Count);
        Assert.Equal(before, File.ReadAllBytes(place.Path));
        Assert.Single(Directory.GetFiles(place.Folder));
    }

    [Fact]
    public void A_destroyed_beginning_is_survived()
    {
        using var place = new TemporaryStore();
        var written = Fill(place);
        place.Close();
        Overwrite(place.Path, 0, Noise(new Random(7), PageBytes));

        AssertComesBack(written, Provider.Salvage(place.Path, default).ToList(), lost: 0);
    }

    [Fact]
    public void What_is_cut_off_is_named()
    {
        using var place = new TemporaryStore();
        var written = Fill(place);
        place.Close();
        using (var file = File.OpenWrite(place.Path))
        {
            file.SetLength(file.Length / 2);
        }

        var items = Provider.Salvage(place.Path, default).ToList();

        AssertComesBack(written, items, lost: Patients);
        Assert.Contains(items, item => item.State is not null);
        Assert.Contains(items, item => item is { State: null, Loss: not null });
        Assert.Contains("cut off", items[^1].Loss, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_left_in_the_search_index_alone_is_named()
    {
        using var place = new TemporaryStore();
        for (var i = 1; i <= 5; i++)
        {
            place.Store.Insert(StoreExtensions.NewState($"Name{i}"));
        }

        place.Close();
        using (var connection = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5)))
        {
            connection.Execute("DELETE FROM patient WHERE key IN (2, 4)");
            // What no patient's key reaches is taken for damage.
            connection.Execute("INSERT INTO search_entry VALUES(61, x'78', 900, x'')");
        }

        var items = Provider.Salvage(place.Path, default).ToList();

        Assert.Equal(["Name1", "Name3", "Name5"], items.Where(item => item.State is not null).Select(item => item.State!.Document.Properties.FamilyName!));
        Assert.Equal(2, items.Count(item => item.State is null && item.Loss!.Contains("lost", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_never_was_a_store_is_refused()
    {
        using var place = new TemporaryStore(create: false);
        Assert.Equal("StoreNotFound", Assert.Throws<PatientToolsException>(() => Provider.Salvage(place.Path, default)).ErrorId);
        File.WriteAllBytes(place.Path, Noise(new Random(3), 100_000));
        Assert.Equal("NotAStore", Assert.Throws<PatientToolsException>(() => Provider.Salvage(place.Path, default)).ErrorId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_older_format_is_read_too(int format)
    {
        using var place = new TemporaryStore(create: false);
        File.Copy(StoreFormatTests.OfFormat(format), place.Path);

        var items = Provider.Salvage(place.Path, default).ToList();

        Assert.Equal(["Müller", "Graf von Buntspecht", "Weg"], items.Select(item => item.State!.Document.Properties.FamilyName!));
        Assert.Equal([1, 0, 1], items.Select(item => item.Versions.Count));
        Assert.Equal([1, 0, 0], items.Select(item => item.Record.Count));
    }

    [Fact]
    public void Accounts_the_trail_and_what_is_known_of_copies_pass_for_nobody()
    {
        using var place = new TemporaryStore();
        var written = Fill(place);
        AccessSamples.FillAccess(place.Store, count: 500);
        place.Close();

        var items = Provider.Salvage(place.Path, default).ToList();

        AssertComesBack(written, items, lost: 0);
        Assert.Equal(Patients, items.Count);
    }

    private static Dictionary<long, PatientState> Fill(TemporaryStore place)
    {
        var states = new Dictionary<long, PatientState>();
        using var writer = place.Store.BeginWrite();
        for (var i = 0; i < Patients; i++)
        {
            var note = i % 100 == 0 ? new string('n', 300_000) : i % 10 == 0 ? new string('n', 6000) : null;
            var state = writer.Insert(StoreExtensions.NewState($"Name{i}", $"Vor{i}", $"M{i}", "Bonn", legacy: i % 7 == 0 ? """{"a":1}""" : null, note: note));
            if (i % 5 == 0)
            {
                state = writer.Update(state, StoreExtensions.NewState($"Neu{i}", $"Vor{i}", $"M{i}", "Kiel"));
            }

            if (i % 3 == 0)
            {
                writer.InsertRecord(new RecordState(0, state.Stamp.Key, "Condition", $"c{i}", null, 1, writer.NextSequence(), state.Stamp.Modified, false, "E11", null, """{"resourceType":"Condition"}"""u8.ToArray()));
            }

            states.Add(state.Stamp.Key, state);
        }

        writer.Commit();
        return states;
    }

    private static void AssertComesBack(Dictionary<long, PatientState> written, List<SalvagedItem> items, int lost)
    {
        var whole = 0;
        foreach (var item in items.Where(item => item is { State: not null, Loss: null }))
        {
            var state = item.State!;
            Assert.Equal(written[state.Stamp.Key].Stamp, state.Stamp);
            Assert.Equal(written[state.Stamp.Key].Document, state.Document);
            Assert.Equal(state.Stamp.Version - 1, item.Versions.Count);
            Assert.Equal((state.Stamp.Key - 1) % 3 == 0 ? 1 : 0, item.Record.Count);
            whole++;
        }

        Assert.InRange(whole, written.Count - lost, written.Count);
        Assert.All(items.Where(item => item.State is null), item => Assert.NotNull(item.Loss));
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static void Overwrite(string path, long offset, byte[] bytes)
    {
        using var file = File.OpenWrite(path);
        file.Position = offset;
        file.Write(bytes);
    }
}
