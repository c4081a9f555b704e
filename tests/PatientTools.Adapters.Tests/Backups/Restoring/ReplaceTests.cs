using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>A backup in the place of the store: what comes back, what stays, and that nobody is left between.</summary>
public class ReplaceTests
{
    [Fact]
    public void The_store_is_as_it_was_and_the_old_one_is_kept_aside()
    {
        using var practice = new Practice();
        practice.Change(200);
        var backup = practice.Back();
        var then = Practice.Copy(practice.Location);
        practice.Change(100);
        var now = Practice.Copy(practice.Location);

        var report = Replace(practice, backup, includePurged: true);

        Assert.Equal(WithoutPurges(then), WithoutPurges(Practice.Copy(practice.Location)));
        Assert.Equal(now, Practice.Copy(report.KeptAside!));
        Assert.Equal(2, StoresIn(practice).Count());
        practice.Reopen();
        Assert.Equal(report.Epoch, practice.Session.Identity.Epoch);
        Practice.AssertSound(practice.Location);
    }

    [Fact]
    public void The_session_ends_and_the_trail_keeps_everything()
    {
        using var practice = new Practice();
        var id = practice.Add("Eins");
        var backup = practice.Back();
        using var other = PatientStoreSession.Open(Practice.Provider, practice.Location, new StoreOptions());
        var closed = 0;
        practice.Session.Closed += (_, _) => closed++;
        Assert.NotNull(practice.Session.Search().Get(id));
        Assert.NotNull(other.Search().Get(id));

        Replace(practice, backup);

        Assert.Equal(1, closed);
        Assert.False(practice.Session.IsOpen);
        Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => other.Search().Get(id)).ErrorId);
        practice.Reopen();
        Assert.True(practice.Session.AuditTrail().Check([]).IsValid);
        var operations = practice.Session.AuditTrail().Read(new AuditQuery(), default).Select(e => (e.Operation, e.Outcome)).ToList();
        Assert.Contains((StoreOperation.RestoreStore, AuditOutcome.Succeeded), operations);
        Assert.Equal(2, operations.Count(e => e.Operation == StoreOperation.ReadPatient && e.Outcome == AuditOutcome.Succeeded));
    }

    [Fact]
    public void What_is_changed_after_a_restore_is_in_the_next_chain()
    {
        using var practice = new Practice();
        practice.Change(100);
        var old = practice.Back();
        practice.Change(50);
        practice.Back(incremental: true);
        Replace(practice, old);
        practice.Reopen();
        var added = practice.Add("Danach");
        var full = practice.Back(incremental: true);
        practice.Rename(added, "Danach-Neu");
        var incremental = practice.Back(incremental: true);

        Assert.Equal((BackupKind.Full, BackupKind.Incremental), (full.Kind, incremental.Kind));
        practice.Restore(incremental.Path);
        Assert.Equal(Practice.Copy(practice.Location), Practice.Copy(practice.Destination));
    }

    [Fact]
    public void Only_a_backup_of_the_same_store_takes_its_place()
    {
        using var practice = new Practice();
        practice.Add("Eins");
        using var other = new Practice();
        other.Add("Fremd");
        var backup = other.Back();
        var before = Practice.Copy(practice.Location);

        Assert.Equal("BackupOfOtherStore", Assert.Throws<PatientToolsException>(() => Replace(practice, backup)).ErrorId);
        Assert.Equal(before, Practice.Copy(practice.Location));
        Assert.Equal(["practice.ptstore"], StoresIn(practice));
    }

    [Fact]
    public void Who_is_purged_while_the_new_store_is_built_does_not_come_back()
    {
        using var practice = new Practice();
        practice.Change(100);
        var id = practice.Add("Zwischendurch-Geloescht");
        var backup = practice.Back();
        using var other = PatientStoreSession.Open(Practice.Provider, practice.Location, new StoreOptions());
        var purged = false;

        var report = practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path }, (_, _) => purged = purged || Purge(), default);

        Assert.Equal((1, 0), (report.PurgesApplied, report.Warnings.Count));
        practice.Reopen();
        Assert.Null(practice.Session.Search().Get(id));
        practice.Session.Dispose();
        foreach (var file in Directory.GetFiles(practice.Folder))
        {
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf("Zwischendurch-Geloescht"u8) >= 0, file);
        }

        bool Purge()
        {
            other.Writer().Apply(new PurgePatient(id));
            return true;
        }
    }

    [Fact]
    public void Of_two_at_once_the_later_one_does_nothing_and_says_so()
    {
        using var practice = new Practice();
        practice.Change(100);
        var backup = practice.Back();
        practice.Change(20);
        using var other = PatientStoreSession.Open(Practice.Provider, practice.Location, new StoreOptions());
        RestoreReport? first = null;

        var error = Assert.Throws<PatientToolsException>(() => practice.Session.Backups().Replace(
            new RestoreRequest { Path = backup.Path }, (_, _) => first ??= other.Backups().Replace(new RestoreRequest { Path = backup.Path }, null, default), default));

        Assert.Equal("SessionClosed", error.ErrorId);
        practice.Reopen();
        Assert.Equal(first!.Epoch, practice.Session.Identity.Epoch);
        Assert.Equal([Path.GetFileName(first.KeptAside), "practice.ptstore"], StoresIn(practice).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_damaged_store_is_refused_with_advice()
    {
        using var practice = new Practice();
        practice.Change(500);
        var backup = practice.Back();
        practice.Session.Dispose();
        practice.Reopen();
        using (var file = new FileStream(practice.Location, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // All that is no header: what the table of counters was is none any more.
            file.Position = 4096;
            file.Write(new byte[(int)file.Length - 4096]);
        }

        var error = Assert.Throws<PatientToolsException>(() => Replace(practice, backup));

        Assert.Equal("StoreDamaged", error.ErrorId);
        Assert.Contains("move its file", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(StoresIn(practice), name => name!.Contains("before-restore", StringComparison.Ordinal));
    }

    private static RestoreReport Replace(Practice practice, PatientBackup backup, bool includePurged = false) =>
        practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path, IncludePurged = includePurged }, null, default);

    /// <summary>The present store's knowledge of purges stays with it, whatever is restored.</summary>
    private static IEnumerable<string> WithoutPurges(IEnumerable<string> lines) => lines.Where(line => !line.StartsWith("purge", StringComparison.Ordinal));

    private static IEnumerable<string?> StoresIn(Practice practice) =>
        Directory.GetFileSystemEntries(practice.Folder).Select(Path.GetFileName).Where(name => name != "backups" && !name!.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Reverse();
}
