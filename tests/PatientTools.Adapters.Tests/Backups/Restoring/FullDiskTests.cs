using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Backups;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>A disk that is too small: it is said, nothing is lost, and the space is given back.</summary>
public class FullDiskTests
{
    [Fact]
    public void A_restore_and_a_test_leave_nothing()
    {
        using var disk = SmallDisk.Make(1024);
        using var practice = new Practice();
        practice.Change(3000);
        var backup = practice.Back();
        var free = disk.Free;

        var restore = Assert.Throws<PatientToolsException>(() => BackupRestore.IntoNew(
            Practice.Provider, new RestoreRequest { Path = backup.Path }, Path.Combine(disk.Path, "small.ptstore"), CallerNote.None, null, default));
        Assert.Equal(ErrorKind.Full, restore.Kind);
        Assert.Empty(Directory.GetFileSystemEntries(disk.Path));

        var test = Assert.Throws<PatientToolsException>(() => BackupTest.Run(Practice.Provider, backup.Path, BackupTestDepth.Restore, null, disk.Path, null, default));
        Assert.Equal(ErrorKind.Full, test.Kind);
        Assert.Empty(Directory.GetFileSystemEntries(disk.Path));
        Assert.Equal(free, disk.Free);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_backup_leaves_those_that_are_there(bool encrypted)
    {
        using var disk = SmallDisk.Make(1024);
        using var practice = new Practice();
        practice.Change(50);
        var request = new BackupRequest { Folder = disk.Path, Incremental = true, Recipient = encrypted ? BackupRecipient.OfPassword("a long password") : null };
        var first = practice.Session.Backups().Create(request, null, default)!;
        disk.FillUpTo(16 << 10);
        var free = disk.Free;
        practice.Change(2000);

        foreach (var incremental in new[] { true, false })
        {
            var error = Assert.Throws<PatientToolsException>(() => practice.Session.Backups().Create(request with { Incremental = incremental }, null, default));
            Assert.Equal(ErrorKind.Full, error.Kind);
            Assert.Contains(disk.Path, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(new[] { first.Path, Path.Combine(disk.Path, "filler") }.Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(disk.Path).Order(StringComparer.Ordinal));
        Assert.Equal(free, disk.Free);
        Assert.True(BackupTest.Run(Practice.Provider, first.Path, BackupTestDepth.Restore, encrypted ? BackupKey.OfPassword("a long password") : null, null, null, default).IsProven);
        Assert.Empty(practice.Session.Maintenance().Check(full: false, default).Problems);
    }

    /// <summary>From no space for the new store to enough for all: building it, the copy aside and the log each meet the end of the disk.</summary>
    [Fact]
    public void A_replacement_leaves_the_old_store_or_is_done()
    {
        using var disk = SmallDisk.Make(64 << 10);
        using var practice = new Practice(disk: disk.Path);
        practice.Change(2000);
        var backup = practice.Back();
        practice.Change(500);
        practice.Reopen();
        var size = new FileInfo(practice.Location).Length;
        var old = Practice.Copy(practice.Location);
        var failed = new List<string>();
        for (var share = 0.1; ; share += 0.25)
        {
            disk.FillUpTo((long)(share * size));
            var free = disk.Free;
            try
            {
                practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path, IncludePurged = true }, null, default);
                break;
            }
            catch (PatientToolsException e) when (e.Kind == ErrorKind.Full)
            {
                failed.Add(string.Create(CultureInfo.InvariantCulture, $"{share:F2}: {e.ErrorId}"));
            }

            practice.Session.Search().Count(new PatientTools.Search.PatientQuery());
            practice.Reopen();
            Assert.Equal(old, Practice.Copy(practice.Location));
            Assert.Equal(["filler", "practice.ptstore"], Directory.GetFiles(disk.Path).Select(Path.GetFileName).Where(name => !name!.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            practice.Session.Dispose();
            Assert.True(free - disk.Free < 1 << 16, $"{free - disk.Free} bytes were not given back");
            practice.Reopen();
            Assert.True(share < 8, "never enough");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("; ", failed));
        Assert.True(failed.Count > 4);
        practice.Reopen();
        Practice.AssertSound(practice.Location);
        Assert.True(practice.Session.AuditTrail().Check([]).IsValid);
    }
}
