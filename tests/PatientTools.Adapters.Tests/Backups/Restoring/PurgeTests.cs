using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>Who was purged does not come back unasked, and comes back when asked.</summary>
public class PurgeTests
{
    [Fact]
    public void A_later_backup_knows_who_was_purged()
    {
        using var practice = new Practice();
        var (stays, goes) = (practice.Add("Bleibt"), practice.Add("Geht"));
        var old = practice.Back();
        practice.Purge(goes);
        practice.Back(incremental: true);

        var report = practice.Restore(old.Path, includePurged: false);

        Assert.Equal((1, 1), (report.PurgesApplied, report.Patients));
        using (var restored = PatientStoreSession.Open(Practice.Provider, practice.Destination, new StoreOptions()))
        {
            Assert.Null(restored.Search().Get(goes));
            Assert.NotNull(restored.Search().Get(stays));
        }

        Assert.Equal((0, 2), (practice.Restore(old.Path, includePurged: true).PurgesApplied, practice.Restore(old.Path, includePurged: true).Patients));
    }

    [Fact]
    public void The_store_that_is_replaced_knows_it_too_and_its_knowledge_outlives_it()
    {
        using var practice = new Practice();
        var early = practice.Add("Früh");
        var first = practice.Back();
        var late = practice.Add("Spät");
        var second = practice.Back(incremental: true);
        practice.Purge(early);
        practice.Purge(late);

        var report = practice.Session.Backups().Replace(new RestoreRequest { Path = first.Path }, null, default);
        practice.Reopen();

        Assert.Equal(1, report.PurgesApplied);
        Assert.Null(practice.Session.Search().Get(early));
        Assert.Equal(2, practice.Session.Backups().Replace(new RestoreRequest { Path = second.Path }, null, default).PurgesApplied);
        practice.Reopen();
        Assert.Null(practice.Session.Search().Get(late));
    }

    [Fact]
    public void One_who_was_purged_and_brought_back_is_in_later_points_once()
    {
        using var practice = new Practice();
        var id = practice.Add("Wieder");
        var full = practice.Back();
        practice.Purge(id);
        practice.Back(incremental: true);
        var request = new RestoreRequest { Path = full.Path, Patients = [id] };
        Assert.Equal("PatientPurged", Assert.Throws<PatientToolsException>(() => practice.Session.Backups().BringBack(request, default)).ErrorId);
        practice.Session.Backups().BringBack(request with { IncludePurged = true }, default);
        var last = practice.Back(incremental: true);
        var copy = Practice.Copy(practice.Location);

        practice.Restore(last.Path, includePurged: false);

        Assert.Equal(copy, Practice.Copy(practice.Destination));
        Assert.DoesNotContain(copy, line => line.StartsWith("purge", StringComparison.Ordinal));
        Practice.AssertProven(last.Path);
    }

    [Fact]
    public void A_later_backup_that_cannot_be_read_is_a_warning()
    {
        using var practice = new Practice();
        practice.Add("Eins");
        var old = practice.Back();
        practice.Add("Zwei");
        var later = practice.Back(incremental: true);
        using (var file = File.OpenWrite(later.Path))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Contains(later.Name, Assert.Single(practice.Restore(old.Path, includePurged: false).Warnings), StringComparison.Ordinal);
    }
}
