using System.Buffers.Binary;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

public class StoreFormatTests
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_older_format_is_brought_forward(int format)
    {
        using var place = new TemporaryStore(create: false);
        File.Copy(OfFormat(format), place.Path);

        var store = place.Reopen();

        Assert.Equal((5, Guid.Parse("0e6b6f0c-2f0e-4b7e-9d3a-5b8d1c2e3f40")), (store.Identity.FormatVersion, store.Identity.StoreId));
        Assert.Empty(store.CheckStructure(full: true, default));
        Assert.Equal(["Müller", "Graf von Buntspecht"], StoreBasicsTests.Names(store));
        var versions = store.Read(reader => reader.ReadVersions(1));
        Assert.Equal(["Mueller", "Müller"], versions.Select(version => version.Document.Properties.FamilyName!));
        StoreBasicsTests.AssertSame(
            versions[1].ToPatient(StoreExtensions.Today),
            store.Read(reader => reader.ReadPatients([1], null, StoreExtensions.Today))[0]);
        Assert.Single(store.Read(reader => reader.ReadRecord(1).ToList()));
        Assert.Equal((5, "/backup"), (store.Read(reader => reader.Sequence), store.Read(reader => reader.ReadSettings())["BackupFolder"]));

        Assert.Equal([3], store.Keys(SearchEntryKind.FamilyNamePart, "weg"));
        Assert.Equal([3], store.Keys(SearchEntryKind.State, StateTerms.Removed));
        Assert.Empty(store.Read(reader => reader.ReadAccounts()));
        Assert.Equal((0, null), (store.Read(reader => reader.AccessMark), store.Read(reader => reader.ReadLastAuditEntry())));
        Assert.Empty(store.Read(reader => reader.ReadPurgesSince(0)));
        Assert.Empty(store.Read(reader => reader.ReadPlaces()));
        Assert.Equal(3, store.Write(writer => writer.DrawNumber("mrn")));
        Assert.Equal(4, store.Insert(StoreExtensions.NewState("Neu")).Stamp.Key);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_migrated_store_has_the_tables_of_a_new_one(int format)
    {
        using var old = new TemporaryStore(create: false);
        File.Copy(OfFormat(format), old.Path);
        old.Reopen();
        using var fresh = new TemporaryStore();

        Assert.Equal(Tables(fresh), Tables(old));
    }

    [Theory]
    [InlineData(1, "patient_version_2", "4")]
    [InlineData(1, "record_sequence", "4")]
    [InlineData(1, "audit_event", "4")]
    [InlineData(2, "record_sequence", "11")]
    [InlineData(3, "audit_event", "49")]
    [InlineData(1, "place", "4")]
    [InlineData(4, "place", "49")]
    public void A_migration_that_fails_changes_nothing(int format, string inTheWay, string entries)
    {
        using var place = new TemporaryStore(create: false);
        File.Copy(OfFormat(format), place.Path);
        using (var connection = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5)))
        {
            connection.Execute($"CREATE TABLE {inTheWay}(x)");
        }

        Assert.Throws<PatientToolsException>(() => place.Reopen());

        using var after = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5));
        Assert.Equal([$"{format}"], after.ReadTexts("PRAGMA user_version"));
        Assert.Equal(["3"], after.ReadTexts("SELECT count(*) FROM patient"));
        Assert.Equal([entries], after.ReadTexts("SELECT count(*) FROM search_entry"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_only_does_not_migrate(int format)
    {
        using var place = new TemporaryStore(create: false);
        File.Copy(OfFormat(format), place.Path);

        Assert.Equal("StoreTooOld", Id(() => Provider.Open(place.Path, new StoreOptions { ReadOnly = true })));
    }

    [Fact]
    public void Search_entries_of_other_rules_are_made_anew()
    {
        using var place = new TemporaryStore();
        place.Store.Insert(StoreExtensions.NewState("Müller"));
        place.Close();
        using (var connection = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5)))
        {
            connection.Execute("UPDATE search_entry SET term = CAST('old' AS BLOB), first = kind; UPDATE store SET value = '0' WHERE name = 'search_entries';");
        }

        Assert.Equal("StoreTooOld", Id(() => Provider.Open(place.Path, new StoreOptions { ReadOnly = true })));
        var store = place.Reopen();
        Assert.DoesNotContain("old", store.Read(reader => reader.ReadSearchEntries().Select(entry => entry.Entry.Term).ToList()));
    }

    [Fact]
    public void What_is_no_store_is_told_apart()
    {
        using var place = new TemporaryStore();
        place.Close();
        var store = File.ReadAllBytes(place.Path);

        Assert.Equal("StoreNotFound", Opening("missing.ptstore", null));
        Assert.Equal("NotAStore", Opening("empty.ptstore", []));
        Assert.Equal("NotAStore", Opening("text.ptstore", "Guten Tag, dies ist eine Textdatei.\n"u8.ToArray()));
        Assert.Equal("NotAStore", Opening("other.ptstore", With(68, 1234)));
        Assert.Equal("StoreTooNew", Opening("newer.ptstore", With(60, 6)));
        Assert.Equal("NotAStore", Id(() => Provider.Open(place.Folder, new StoreOptions())));

        string Opening(string name, byte[]? content)
        {
            var path = Path.Combine(place.Folder, name);
            if (content is not null)
            {
                File.WriteAllBytes(path, content);
            }

            var id = Id(() => Provider.Open(path, new StoreOptions()));
            Assert.Equal(id, Id(() => Provider.Open(path, new StoreOptions { ReadOnly = true })));
            Assert.Equal(content, content is null ? null : File.ReadAllBytes(path));
            return id;
        }

        byte[] With(int offset, uint value)
        {
            var changed = (byte[])store.Clone();
            BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(offset), value);
            return changed;
        }
    }

    [Fact]
    public void A_new_store_takes_no_others_place()
    {
        using var place = new TemporaryStore();
        Assert.Equal("StoreExists", Id(() => Provider.Create(place.Path, new StoreOptions())));
        Assert.Equal("StoreFolderMissing", Id(() => Provider.Create(Path.Combine(place.Folder, "no", "x.ptstore"), new StoreOptions())));
        var other = Path.Combine(place.Folder, "other.ptstore");
        File.WriteAllText(other + "-wal", "the log of a store that is gone");
        Assert.Equal("StoreExists", Id(() => Provider.Create(other, new StoreOptions())));
        Assert.False(File.Exists(other));
    }

    [Fact]
    public void A_store_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var place = new TemporaryStore();
        place.Store.Insert(StoreExtensions.NewState("Eins"));
        var files = Directory.GetFiles(place.Folder);
        Assert.Equal(3, files.Length);
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    /// <summary>A store of an older format; those of formats 2 to 4 are what their versions made of the one before.</summary>
    internal static string OfFormat(int format) => Path.Combine(AppContext.BaseDirectory, "Fixtures", $"store-format-{format}.ptstore");

    private static string Id(Func<object> act) => Assert.Throws<PatientToolsException>(() => { act(); }).ErrorId;

    private static List<string> Tables(TemporaryStore place)
    {
        using var connection = StoreConnection.Open(place.Path, ConnectionUse.Read, TimeSpan.FromSeconds(5));
        return connection.ReadTexts(
            """
            SELECT m.type || ' ' || (m.sql LIKE '% WHERE %') || (m.sql LIKE '%WITHOUT ROWID%') || ' ' || m.name || ' ' || coalesce(x.cid || ' ' || x.name || ' ' || x.type || ' ' || x."notnull" || ' ' || x.pk, '')
            FROM sqlite_schema m LEFT JOIN pragma_table_xinfo(m.name) x ORDER BY m.name, x.cid
            """);
    }
}
