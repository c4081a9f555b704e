using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>Some patients of a backup, back in a store that has gone on.</summary>
public class BringBackTests
{
    [Fact]
    public void A_patient_gets_the_state_of_the_backup_as_a_new_version()
    {
        using var practice = new Practice();
        var id = practice.Add("Damals");
        var other = practice.Add("Andere");
        var backup = practice.Back();
        practice.Rename(id, "Jetzt");
        practice.Rename(other, "Andere-Jetzt");

        var report = practice.Session.Backups().BringBack(new RestoreRequest { Path = backup.Path, Patients = [id] }, default);

        Assert.Equal(1, report.Patients);
        Assert.Equal((3L, "Damals"), (practice.Session.Search().Get(id)!.Version, practice.Session.Search().Get(id)!.FamilyName));
        Assert.Equal("Andere-Jetzt", practice.Session.Search().Get(other)!.FamilyName);
        Assert.True(practice.Session.IsOpen);
        Practice.AssertSound(practice.Location);

        practice.Session.Backups().BringBack(new RestoreRequest { Path = backup.Path, Patients = [id] }, default);
        Assert.Equal(3, practice.Session.Search().Get(id)!.Version);
    }

    [Fact]
    public void All_or_nothing()
    {
        using var practice = new Practice();
        var (first, second) = (practice.Add("Eins"), practice.Add("Zwei", mrn: "77"));
        var backup = practice.Back();
        practice.Rename(first, "Eins-Jetzt");
        practice.Purge(second);
        practice.Add("Nachfolger", mrn: "77");
        var before = Practice.Copy(practice.Location);

        var error = Assert.Throws<ConflictException>(() => BringBack(practice, backup, [first, second]));

        Assert.Equal("MrnInUse", error.ErrorId);
        Assert.Equal(before, Practice.Copy(practice.Location));
    }

    [Fact]
    public void Everybody_brought_back_makes_a_sound_store_whatever_has_become_of_them()
    {
        using var practice = new Practice();
        practice.Change(300);
        var patients = practice.Patients.ToList();
        var backup = practice.Back();
        var documents = Documents(practice.Location);
        practice.Change(100);

        // Whoever was purged and imported again has the source's id as another patient.
        var back = patients.Where(id => documents[id.ToString()].Source is null || practice.Patients.Contains(id)).ToList();
        BringBack(practice, backup, back);

        var now = Documents(practice.Location);
        Assert.All(back, id => Assert.Equal(documents[id.ToString()], now[id.ToString()]));
        Practice.AssertSound(practice.Location);
    }

    [Fact]
    public void Who_was_purged_and_brought_back_is_still_found_in_the_backups_from_before()
    {
        using var practice = new Practice();
        var (id, other) = (practice.Add("Damals"), practice.Add("Andere"));
        var before = practice.Back();
        practice.Purge(id);
        BringBack(practice, before, [id]);
        practice.Add("Später");
        var after = practice.Back(incremental: true);

        var holdings = practice.Session.Backups().FindHoldings([id, other]);

        Assert.Equal([(before.Path, false), (after.Path, true)], holdings[id].Select(holding => (holding.Path, holding.IsCertain)));
        Assert.Equal([(before.Path, true)], holdings[other].Select(holding => (holding.Path, holding.IsCertain)));
    }

    [Fact]
    public void The_trail_tells_that_purged_patients_were_wanted_back()
    {
        using var practice = new Practice();
        var id = practice.Add("Damals");
        var backup = practice.Back();
        practice.Purge(id);
        BringBack(practice, backup, [id]);
        practice.Session.Dispose();

        using var store = Practice.Provider.Open(practice.Location, new StoreOptions { ReadOnly = true });
        using var reader = store.BeginRead();
        var entry = Assert.Single(
            reader.ReadAuditEntries(0, 1000), entry => entry is { Operation: PatientTools.Accounts.StoreOperation.RestoreStore, Outcome: PatientTools.Auditing.AuditOutcome.Succeeded });
        Assert.Contains("purged patients included", System.Text.Encoding.UTF8.GetString(entry.Content.Span), StringComparison.Ordinal);
    }

    private static void BringBack(Practice practice, PatientBackup backup, IReadOnlyList<Patients.PatientId> patients) =>
        practice.Session.Backups().BringBack(new RestoreRequest { Path = backup.Path, Patients = patients, IncludePurged = true }, default);

    private static Dictionary<string, (string Json, bool IsRemoved, string? Source)> Documents(string location)
    {
        using var store = Practice.Provider.Open(location, new StoreOptions { ReadOnly = true });
        using var reader = store.BeginRead();
        return reader.ReadPatientsSince(0).ToDictionary(
            state => state.Stamp.Id.ToString(),
            state => (System.Text.Encoding.UTF8.GetString(state.Document.Utf8.Span), state.Stamp.IsRemoved, state.Stamp.Source),
            StringComparer.Ordinal);
    }
}
