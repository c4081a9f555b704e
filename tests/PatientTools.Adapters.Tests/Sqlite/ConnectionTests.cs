using System.Collections.Concurrent;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

public class ConnectionTests
{
    [Fact]
    public void Every_connection_is_durable_and_forgets()
    {
        using var place = new TemporaryStore(create: false);
        var seen = new ConcurrentBag<(string Path, ConnectionUse Use, string Settings)>();
        Action<StoreConnection> watch = connection => seen.Add((connection.Path, connection.Use, string.Join(' ', Settings(connection))));
        StoreConnection.Opened += watch;
        try
        {
            ((IPatientStoreProvider)new PatientTools.Adapters.Sqlite.SqlitePatientStoreProvider()).Create(place.Path, new StoreOptions()).Dispose();
            var store = place.Reopen();
            store.Insert(StoreExtensions.NewState("Eins"));
            Parallel.For(0, 8, _ => store.Living());
            store.CheckStructure(full: true, default);
            store.Optimize(default);
            store.Scrub();
            place.Reopen(new StoreOptions { ReadOnly = true }).Living();
        }
        finally
        {
            StoreConnection.Opened -= watch;
        }

        var ours = seen.Where(one => one.Path.StartsWith(place.Folder, StringComparison.Ordinal)).ToList();
        Assert.InRange(ours.Count, 5, 40);
        Assert.All(ours, one => Assert.EndsWith(" 2 1 1 0 2", one.Settings, StringComparison.Ordinal));
        // One that reads a file as if nobody could write it has no log; it looks who the file is before it is opened.
        Assert.All(ours.Where(one => one.Use != ConnectionUse.Immutable), one => Assert.StartsWith("wal ", one.Settings, StringComparison.Ordinal));
        Assert.Contains(ours, one => one.Use == ConnectionUse.Write);
        Assert.Contains(ours, one => one.Use == ConnectionUse.Read);
    }

    [Fact]
    public void Threads_share_a_store()
    {
        using var place = new TemporaryStore();
        var store = place.Store;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (var i = 0; i < 40; i++)
            {
                if (thread % 2 == 0)
                {
                    store.Insert(StoreExtensions.NewState($"T{thread}N{i}", city: "Bonn"));
                }
                else
                {
                    using var reader = store.BeginRead();
                    var all = reader.Living();
                    Assert.Equal(all.Count, reader.ReadPatients([.. all], null, StoreExtensions.Today).Count);
                    Assert.Equal(reader.Sequence, all.Count);
                }
            }
        });

        Assert.Equal(160, store.ReadFigures().Patients);
        Assert.Empty(store.CheckStructure(full: true, default));
    }

    [Fact]
    public void A_writer_waits_for_its_turn_and_no_longer_than_the_busy_timeout()
    {
        using var place = new TemporaryStore();
        var options = new StoreOptions { BusyTimeout = TimeSpan.FromMilliseconds(150) };
        var store = place.Reopen(options);
        using (store.BeginWrite())
        {
            Assert.Equal("StoreBusy", Assert.Throws<PatientToolsException>(store.BeginWrite).ErrorId);
        }

        using var other = ((IPatientStoreProvider)new PatientTools.Adapters.Sqlite.SqlitePatientStoreProvider()).Open(place.Path, options);
        using (other.BeginWrite())
        {
            var error = Assert.Throws<PatientToolsException>(store.BeginWrite);
            Assert.Equal("StoreBusy", error.ErrorId);
            Assert.Contains(place.Path, error.Message, StringComparison.Ordinal);
        }

        store.Insert(StoreExtensions.NewState("Eins"));
    }

    [Fact]
    public void A_locked_file_is_busy()
    {
        using var place = new TemporaryStore();
        place.Close();
        using var other = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5));
        other.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");

        var options = new StoreOptions { BusyTimeout = TimeSpan.FromMilliseconds(150) };
        Assert.Equal("StoreBusy", Assert.Throws<PatientToolsException>(() => place.Reopen(options)).ErrorId);
        Assert.Equal("StoreBusy", Assert.Throws<PatientToolsException>(() => place.Reopen(options with { ReadOnly = true })).ErrorId);
    }

    [Fact]
    public void A_read_only_store_refuses_to_write()
    {
        using var place = new TemporaryStore();
        place.Store.Insert(StoreExtensions.NewState("Eins"));
        var store = place.Reopen(new StoreOptions { ReadOnly = true });

        Assert.True(store.IsReadOnly);
        Assert.Equal("StoreReadOnly", Assert.Throws<PatientToolsException>(store.BeginWrite).ErrorId);
        Assert.Equal("StoreReadOnly", Assert.Throws<PatientToolsException>(store.Scrub).ErrorId);
        Assert.Single(store.Living());
    }

    [Fact]
    public void A_closed_store_says_so()
    {
        using var place = new TemporaryStore();
        using (var reader = place.Store.BeginRead())
        {
            place.Close();
            Assert.Empty(reader.Living());
        }

        Assert.Equal("StoreClosed", Assert.Throws<PatientToolsException>(place.Store.BeginRead).ErrorId);
        Assert.Equal("StoreClosed", Assert.Throws<PatientToolsException>(place.Store.BeginWrite).ErrorId);
        Assert.Single(Directory.GetFiles(place.Folder));
    }

    [Fact]
    public void Damage_is_named()
    {
        using var place = new TemporaryStore();
        using (var writer = place.Store.BeginWrite())
        {
            for (var i = 0; i < 2000; i++)
            {
                writer.Insert(StoreExtensions.NewState($"Name{i}"));
            }

            writer.Commit();
        }

        place.Close();
        using (var file = File.OpenWrite(place.Path))
        {
            for (var page = 60; page < file.Length / 4096; page++)
            {
                file.Position = page * 4096L;
                file.Write(new byte[64]);
            }
        }

        var store = place.Reopen();
        Assert.NotEmpty(store.CheckStructure(full: false, default));
        var error = Assert.Throws<PatientToolsException>(() => store.Read(reader => reader.ReadStates(0, 2000)));
        Assert.Equal(("StoreDamaged", ErrorKind.Damaged), (error.ErrorId, error.Kind));
    }

    private static IEnumerable<string> Settings(StoreConnection connection) =>
        new[] { "journal_mode", "synchronous", "secure_delete", "foreign_keys", "trusted_schema", "temp_store" }.Select(connection.ReadPragma);
}
