using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>Every point of a chain comes back as it was. PATIENTTOOLS_LONG=1 does it with 100,000 patients.</summary>
public class PointTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1";

    [Fact]
    public void Each_point_of_a_chain_equals_the_copy_that_was_made_then_less_the_purged_unless_they_are_wanted()
    {
        using var practice = new Practice();
        practice.Change(IsLong ? 90_000 : 1500);
        practice.Change(IsLong ? 90_000 : 1500);
        var points = new List<(PatientBackup Backup, StorePrint Print)> { (practice.Back(), StorePrint.Of(practice.Location)) };
        for (var i = 0; i < 10; i++)
        {
            practice.Change(IsLong ? 5000 : 100);
            points.Add((practice.Back(incremental: true), StorePrint.Of(practice.Location)));
        }

        Assert.All(points.Skip(1), point => Assert.Equal(BackupKind.Incremental, point.Backup.Kind));
        var purged = points[^1].Print.Purged;
        foreach (var (backup, print) in points)
        {
            var report = practice.Restore(backup.Path);
            StorePrint.AssertEqual(print, StorePrint.Of(practice.Destination));
            Assert.Empty(report.Losses);
            Assert.Equal((print.Patients.Count, 0), (report.Patients, report.PurgesApplied));

            report = practice.Restore(backup.Path, includePurged: false);
            StorePrint.AssertEqual(print.Less(purged), StorePrint.Of(practice.Destination));
            Assert.Equal(print.Patients.Values.Count(purged.Contains), report.PurgesApplied);
            Tell(string.Create(CultureInfo.InvariantCulture, $"{backup.Name}: {print.Patients.Count} patients, {print.Rows} rows, {report.PurgesApplied} purged later, restored in {report.Duration.TotalSeconds:F1} s"));
        }

        Practice.AssertSound(practice.Destination);
        Practice.AssertProven(points[^1].Backup.Path);
        Practice.AssertProven(points[0].Backup.Path);
    }

    [Fact]
    public void A_chain_may_be_encrypted_in_part()
    {
        using var practice = new Practice();
        practice.Change(50);
        practice.Back();
        practice.Change(50);
        practice.Back(incremental: true, BackupRecipient.OfPassword("a long password"));
        practice.Change(50);
        var last = practice.Back(incremental: true);
        var copy = Practice.Copy(practice.Location);
        var key = BackupKey.OfPassword("a long password");

        Assert.Equal("BackupKeyRequired", Assert.Throws<PatientToolsException>(() => practice.Restore(last.Path)).ErrorId);
        Assert.Equal("BackupKeyRequired", Assert.Throws<PatientToolsException>(() => BackupTest.Run(Practice.Provider, last.Path, BackupTestDepth.Restore, null, null, null, default)).ErrorId);
        var wrong = new RestoreRequest { Path = last.Path, Key = BackupKey.OfPassword("another password") };
        Assert.Equal("BackupKeyWrong", Assert.Throws<PatientToolsException>(() => BackupRestore.IntoNew(Practice.Provider, wrong, practice.Destination, CallerNote.None, null, default)).ErrorId);
        Assert.False(File.Exists(practice.Destination));
        BackupRestore.IntoNew(Practice.Provider, wrong with { Key = key, IncludePurged = true }, practice.Destination, CallerNote.None, null, default);
        Assert.Equal(copy, Practice.Copy(practice.Destination));
        Assert.True(BackupTest.Run(Practice.Provider, last.Path, BackupTestDepth.Restore, key, null, null, default).IsProven);
    }

    [Fact]
    public void A_restored_store_is_the_same_store_in_another_epoch_and_its_trail_goes_on()
    {
        using var practice = new Practice();
        var id = practice.Add("Eins");
        var backup = practice.Back();

        var report = practice.Restore(backup.Path);

        using var restored = PatientStoreSession.Open(Practice.Provider, practice.Destination, new StoreOptions());
        Assert.Equal(practice.Session.Identity.StoreId, restored.Identity.StoreId);
        Assert.NotEqual(practice.Session.Identity.Epoch, restored.Identity.Epoch);
        Assert.Equal(report.Epoch, restored.Identity.Epoch);
        Assert.Equal(practice.Session.Identity.Created, restored.Identity.Created);
        Assert.Equal(backup.LastSequence + 1, restored.Maintenance().ReadSequence());
        Assert.Equal("Eins", restored.Search().Get(id)!.FamilyName);
        Assert.True(restored.AuditTrail().Check([]).IsValid);
        Assert.Contains(restored.AuditTrail().Read(new AuditQuery(), default), e => e.Operation == StoreOperation.RestoreStore);
        var next = restored.Writer().Apply(new AddPatient(Sqlite.StoreExtensions.NewState("Neu").Document, DrawMrn: true));
        Assert.NotEqual(practice.Session.Search().Get(id)!.Mrn, next.State!.Document.Properties.Mrn);
    }

    [Fact]
    public void Some_patients_make_a_store_of_their_own()
    {
        using var practice = new Practice();
        var (one, two) = (practice.Add("Eins"), practice.Add("Zwei"));
        practice.Rename(two, "Zwo");
        var backup = practice.Back();

        var report = practice.Restore(backup.Path, patients: [two]);

        Assert.Equal((1, 1), (report.Patients, report.Versions));
        using (var restored = PatientStoreSession.Open(Practice.Provider, practice.Destination, new StoreOptions()))
        {
            Assert.Null(restored.Search().Get(one));
            Assert.Equal("Zwo", restored.Search().Get(two)!.FamilyName);
        }

        var missing = Assert.Throws<PatientToolsException>(() => practice.Restore(backup.Path, patients: [two, Patients.PatientId.New(DateTimeOffset.UtcNow)]));
        Assert.Equal("PatientNotInBackup", missing.ErrorId);
        Assert.False(File.Exists(practice.Destination));
    }

    [Fact]
    public void A_chain_with_a_gap_is_refused()
    {
        using var practice = new Practice();
        practice.Add("Eins");
        practice.Back();
        practice.Add("Zwei");
        var middle = practice.Back(incremental: true);
        practice.Add("Drei");
        var last = practice.Back(incremental: true);
        File.Delete(middle.Path);

        Assert.Equal("BackupChainBroken", Assert.Throws<PatientToolsException>(() => practice.Restore(last.Path)).ErrorId);
        Assert.False(BackupTest.Run(Practice.Provider, last.Path, BackupTestDepth.Quick, null, null, null, default).IsValid);
    }

    [Fact]
    public void Giving_up_leaves_nothing()
    {
        using var practice = new Practice();
        practice.Change(200);
        var backup = practice.Back();
        using var stop = new CancellationTokenSource();
        var before = Directory.GetFileSystemEntries(practice.Folder).Order();

        Assert.ThrowsAny<OperationCanceledException>(() => BackupRestore.IntoNew(
            Practice.Provider, new RestoreRequest { Path = backup.Path }, practice.Destination, CallerNote.None, (_, _) => stop.Cancel(), stop.Token));

        Assert.Equal(before, Directory.GetFileSystemEntries(practice.Folder).Order());
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
