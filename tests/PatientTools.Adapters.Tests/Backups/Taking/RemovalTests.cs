using PatientTools.Accounts;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Taking;

public sealed class RemovalTests : IDisposable
{
    private readonly BackedUpStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void What_builds_upon_others_goes_before_them_and_what_stays_can_be_restored()
    {
        PatientBackup[] made = [.. TakeChain(3), .. TakeChain(2)];
        var gone = new List<string>();

        _store.Backups.Remove(BackupRetention.Decide(_store.History, new RetentionRules { Last = 1 }, TimeZoneInfo.Utc), backup => gone.Add(backup.Path), default);

        Assert.Equal([made[2].Path, made[1].Path, made[0].Path], gone);
        Assert.Equal(made[3..].Select(backup => backup.Path), _store.History.Select(backup => backup.Path));
        Assert.All(_store.History, backup => Assert.Equal(BackupState.Usable, backup.State));
        Assert.Equal("3 of 3 backups", Assert.Single(_store.EventsOf(StoreOperation.RemoveBackup)).Details);
    }

    [Fact]
    public void Nothing_is_removed_when_something_was_built_upon_it_meanwhile()
    {
        var made = TakeChain(2);
        var verdicts = _store.History.Select(backup => new BackupVerdict(backup, false, "")).ToList();
        _store.Add("Late");
        _store.Take(incremental: true);

        var refusal = Assert.Throws<PatientToolsException>(() => _store.Backups.Remove(verdicts, _ => { }, default));

        Assert.Equal(("BackupNeeded", made[1].Path), (refusal.ErrorId, refusal.Target));
        Assert.Equal(3, _store.History.Count);
    }

    [Fact]
    public void Backups_of_another_store_are_left_alone()
    {
        using var other = new BackedUpStore();
        other.Add("A");
        var foreign = other.Take()!;

        Assert.Equal("BackupOfOtherStore", Assert.Throws<PatientToolsException>(() => _store.Backups.Remove([new BackupVerdict(foreign, false, "")], _ => { }, default)).ErrorId);
        Assert.True(File.Exists(foreign.Path));
    }

    [Fact]
    public void Whoever_is_in_a_backup_is_found_there()
    {
        var (early, late, never) = (_store.Add("A"), default(PatientTools.Patients.PatientId), default(PatientTools.Patients.PatientId));
        var full = _store.Take()!;
        late = _store.Add("B");
        var next = _store.Take(incremental: true)!;
        never = _store.Add("C");

        var found = _store.Backups.FindHoldings([early, late, never, default]);

        Assert.Equal(3, found.Count);
        Assert.Equal(new BackupHolding(StorePlaceKind.Backups, full.Path, full.Time, true, null), Assert.Single(found[early]));
        Assert.Equal(next.Path, Assert.Single(found[late]).Path);
        Assert.Empty(found[never]);
    }

    [Fact]
    public void A_folder_or_a_backup_that_is_not_there_any_more_may_hold_somebody()
    {
        var early = _store.Add("A");
        var backup = _store.Take()!;
        var late = _store.Add("B");
        File.Delete(backup.Path);
        var moved = _store.Backups.FindHoldings([early, late]);
        Directory.Delete(_store.Folder);
        var missing = _store.Backups.FindHoldings([early, late]);

        foreach (var found in new[] { moved, missing })
        {
            Assert.Empty(found[late]);
            var may = Assert.Single(found[early]);
            Assert.Equal((false, _store.Folder), (may.IsCertain, may.Path));
            Assert.NotNull(may.Note);
        }
    }

    private PatientBackup[] TakeChain(int length) => [.. Enumerable.Range(0, length).Select(i =>
    {
        _store.Add("A");
        return _store.Take(incremental: i > 0)!;
    })];
}
