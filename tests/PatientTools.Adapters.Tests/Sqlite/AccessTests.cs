using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Storage;
using static PatientTools.Adapters.Tests.Sqlite.AccessSamples;

namespace PatientTools.Adapters.Tests.Sqlite;

public class AccessTests
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();

    [Fact]
    public void Accounts_come_back_as_they_were_written()
    {
        using var place = new TemporaryStore();
        var odd = Account("Ödön \0 'x'\"; --", StoreRole.Auditor) with
        {
            IsDisabled = true,
            Password = new string('p', 5000),
            FailedAttempts = int.MaxValue,
            LockedUntil = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc).AddTicks(-9999),
            LastLogin = new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        var plain = Account("anna", StoreRole.Administrator);
        place.Store.Write(writer => { writer.WriteAccount(odd); writer.WriteAccount(plain); return true; });
        Assert.Equal([plain, odd], place.Reopen().Read(reader => reader.ReadAccounts()));
        Assert.Equal(odd, place.Store.Read(reader => reader.FindAccount(odd.Key)));
        Assert.Null(place.Store.Read(reader => reader.FindAccount("anna")));

        var renamed = plain with { Name = "Anna B.", Key = "ANNA B.", Role = StoreRole.Reader };
        place.Store.Write(writer => { writer.WriteAccount(renamed); writer.DeleteAccount(odd.Id); return true; });
        Assert.Equal([renamed], place.Store.Read(reader => reader.ReadAccounts()));
    }

    [Fact]
    public void No_account_pushes_another_of_the_same_name_aside()
    {
        using var place = new TemporaryStore();
        var anna = Account("anna");
        place.Store.Write(writer => { writer.WriteAccount(anna); return true; });
        Assert.Throws<PatientToolsException>(() => place.Store.Write(writer => { writer.WriteAccount(Account("anna")); return true; }));
        Assert.Equal([anna], place.Store.Read(reader => reader.ReadAccounts()));
    }

    [Fact]
    public void Sessions_come_back_as_they_were_written_the_oldest_first()
    {
        using var place = new TemporaryStore();
        var (later, first) = (Session(Account("anna")), Session(opened: Time.AddYears(-90)));
        place.Store.Write(writer => { writer.WriteSession(later); writer.WriteSession(first); return true; });
        Assert.Equal([first, later], place.Reopen().Read(reader => reader.ReadSessions()));
        var used = later with { LastUsed = Time.AddHours(5) };
        place.Store.Write(writer => { writer.WriteSession(used); writer.DeleteSession(first.Id); writer.DeleteSession(Guid.NewGuid()); return true; });
        Assert.Equal(used, place.Store.Read(reader => reader.FindSession(later.Id)));
        Assert.Null(place.Store.Read(reader => reader.FindSession(first.Id)));
    }

    [Fact]
    public void What_somebody_changed_is_nobodys_role_or_named_damage()
    {
        using var place = new TemporaryStore();
        var anna = Account("anna", StoreRole.Administrator);
        place.Store.Write(writer => { writer.WriteAccount(anna); writer.WriteSession(Session(anna)); return true; });
        place.Execute("UPDATE account SET role = '1'; UPDATE session SET role = 'Administrator, Editor'");
        Assert.Equal(default, place.Store.Read(reader => reader.ReadAccounts())[0].Role);
        Assert.Equal(default(StoreRole), place.Store.Read(reader => reader.ReadSessions())[0].Role);
        Assert.False(StorePermissions.IsAllowed(default(StoreRole), StoreOperation.ReadStatus));
        Assert.Contains(place.Store.CheckStructure(full: false, default), finding => finding.Contains("role", StringComparison.Ordinal));

        place.Execute("UPDATE account SET created = 9000000000000000000");
        Assert.Equal("StoreDamaged", Assert.Throws<PatientToolsException>(() => place.Store.Read(reader => reader.ReadAccounts())).ErrorId);
        place.Execute("UPDATE session SET id = x'01'");
        Assert.Equal("StoreDamaged", Assert.Throws<PatientToolsException>(() => place.Store.Read(reader => reader.ReadSessions())).ErrorId);
    }

    [Fact]
    public void Sessions_of_nobody_are_named()
    {
        using var place = new TemporaryStore();
        place.Store.Write(writer => { writer.WriteSession(Session()); return true; });
        Assert.Empty(place.Store.CheckStructure(full: true, default));
        place.Store.Write(writer => { writer.WriteSession(Session(Account("gone"))); return true; });
        Assert.Equal(["1 sessions belong to no account."], place.Store.CheckStructure(full: true, default));
    }

    [Fact]
    public void A_change_of_access_is_seen_by_every_store_in_its_next_snapshot()
    {
        using var place = new TemporaryStore();
        using var other = Provider.Open(place.Path, new StoreOptions { ReadOnly = true });
        using var before = other.BeginRead();
        Assert.Equal(0, before.AccessMark);
        place.Store.Write(writer =>
        {
            Assert.Equal(0, writer.AccessMark);
            writer.ChangeAccess();
            writer.ChangeAccess();
            Assert.Equal((2, 0), (writer.AccessMark, writer.Sequence));
            return true;
        });
        Assert.Equal((0, 2), (before.AccessMark, other.Read(reader => reader.AccessMark)));
        using (var undone = place.Store.BeginWrite())
        {
            undone.ChangeAccess();
        }

        place.Store.Insert(StoreExtensions.NewState("Eins"));
        Assert.Equal((2, 1), other.Read(reader => (reader.AccessMark, reader.Sequence)));
    }

    [Fact]
    public void A_store_opened_to_read_is_logged_to_and_nothing_else()
    {
        using var place = new TemporaryStore();
        place.Close();
        var store = place.Reopen(new StoreOptions { ReadOnly = true });
        Assert.True(store is { IsReadOnly: true, CanLog: true });
        using (var log = store.BeginLog())
        {
            log.AppendAuditEntry(Entry(1));
            log.WriteSession(Session());
            log.Commit();
        }

        Assert.Equal(1, store.Read(reader => reader.ReadLastAuditEntry())!.Number);
        Assert.Equal("StoreReadOnly", Assert.Throws<PatientToolsException>(store.BeginWrite).ErrorId);
        Assert.Equal("StoreReadOnly", Assert.Throws<PatientToolsException>(() => store.Optimize(default)).ErrorId);
        place.Close();
        Assert.Single(Directory.GetFiles(place.Folder));
        Assert.Single(place.Reopen().Read(reader => reader.ReadSessions()));
    }

    [Fact]
    public void A_store_that_is_being_written_can_be_logged_to_and_is_opened_without_waiting()
    {
        using var place = new TemporaryStore();
        using var writer = place.Store.BeginWrite();
        using var store = Provider.Open(place.Path, new StoreOptions { ReadOnly = true, BusyTimeout = TimeSpan.FromHours(1) });
        Assert.True(store.CanLog);
    }

    [Fact]
    public void What_a_store_begins_with_is_there_when_it_appears()
    {
        using var place = new TemporaryStore(create: false);
        var anna = Account("anna", StoreRole.Administrator);
        using (var store = Provider.Create(place.Path, new StoreOptions { ReadOnly = true }, (writer, _) =>
        {
            Assert.False(File.Exists(place.Path));
            writer.WriteAccount(anna);
            writer.AppendAuditEntry(Entry(1));
        }))
        {
            Assert.Equal([anna], store.Read(reader => reader.ReadAccounts()));
            Assert.True(store.IsReadOnly);
        }

        Assert.Equal([place.Path], Directory.GetFiles(place.Folder));
    }

    [Fact]
    public void A_store_that_could_not_be_filled_leaves_nothing_behind()
    {
        using var place = new TemporaryStore(create: false);
        var error = Assert.Throws<IOException>(() => Provider.Create(place.Path, new StoreOptions(), (writer, _) =>
        {
            writer.WriteAccount(Account("anna"));
            throw new IOException("mine");
        }));
        Assert.Equal("mine", error.Message);
        Assert.Empty(Directory.GetFiles(place.Folder));
        Provider.Create(place.Path, new StoreOptions()).Dispose();
    }

    [Fact]
    public void A_file_is_its_owners()
    {
        using var place = new TemporaryStore();
        Assert.True(Provider.IsOwnedByCaller(place.Path));
        Assert.Equal("StoreNotFound", Assert.Throws<PatientToolsException>(() => Provider.IsOwnedByCaller(place.Path + "x")).ErrorId);
    }

    [Fact]
    public void A_file_of_somebody_else_is_not_the_callers_and_cannot_be_logged_to()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("NOT PROVEN: to become somebody else needs Linux and root.");
            return;
        }

        using var place = new TemporaryStore();
        place.Close();
        const UnixFileMode ReadFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
        const UnixFileMode ReadFolder = ReadFile | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(place.Path, ReadFile);
        File.SetUnixFileMode(place.Folder, ReadFolder);
        Assert.Equal("log False, own False", AsNobody());

        // Now the log's index can be made, but the file still not be written.
        File.SetUnixFileMode(place.Folder, ReadFolder | UnixFileMode.OtherWrite);
        Assert.Equal("log False, own False", AsNobody());

        File.SetUnixFileMode(place.Path, ReadFile | UnixFileMode.OtherWrite);
        Assert.Equal("log True, own False", AsNobody());

        Assert.True(Chown(place.Path));
        Assert.Equal("log True, own True", AsNobody());

        string AsNobody()
        {
            using var process = StoreProcess.AsNobody(place.Path, "access");
            var line = process.ReadLine();
            var (code, errors) = process.Wait();
            Assert.SkipWhen(code is 126 or 127 or 150 && line is null, $"NOT PROVEN: nobody cannot start a process here: {errors}");
            return line ?? errors;
        }

        static bool Chown(string path)
        {
            using var chown = System.Diagnostics.Process.Start("chown", ["65534", path]);
            chown.WaitForExit();
            return chown.ExitCode == 0;
        }
    }
}
