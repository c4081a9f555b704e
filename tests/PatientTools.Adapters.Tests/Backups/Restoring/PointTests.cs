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
    public void Each_point_of_a_chain_equals_the_copy_that_was_made_then()
    {
        using var practice = new Practice();
        practice.Change(IsLong ? 90_000 : 200);
        practice.Change(IsLong ? 90_000 : 200);
        var points = new List<(PatientBackup Backup, SortedSet<string> Copy)> { (practice.Back(), Practice.Copy(practice.Location)) };
        for (var i = 0; i < 10; i++)
        {
            practice.Change(IsLong ? 5000 : 40);
            points.Add((practice.Back(incremental: true), Practice.Copy(practice.Location)));
        }

        Assert.All(points.Skip(1), point => Assert.Equal(BackupKind.Incremental, point.Backup.Kind));
        foreach (var (backup, copy) in points)
        {
            var report = practice.Restore(backup.Path);

            Assert.Equal(copy, Practice.Copy(practice.Destination));
            Assert.Empty(report.Losses);
            Assert.Equal(copy.Count(line => line.StartsWith("patient {", StringComparison.Ordinal)), report.Patients);
        }

        Practice.AssertSound(practice.Destination);
        Practice.AssertProven(points[^1].Backup.Path);
        Practice.AssertProven(points[0].Backup.Path);
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
}
