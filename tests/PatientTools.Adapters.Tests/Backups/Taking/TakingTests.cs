using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Accounts;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Taking;

public sealed class TakingTests : IDisposable
{
    private readonly BackedUpStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void An_incremental_backup_holds_what_was_written_since_and_nothing_twice()
    {
        var (changed, same) = (_store.Add("A"), _store.Add("B"));
        var full = _store.Take()!;
        _store.Change(changed, "C");
        _store.Change(changed, "D");
        var added = _store.Add("E");

        var next = _store.Take(incremental: true)!;

        Assert.Equal((BackupKind.Incremental, full.Hash, full.LastSequence + 1), (next.Kind!.Value, next.Parent, next.FirstSequence!.Value));
        Assert.Null(next.KindReason);
        Assert.Equal([full.Path, next.Path], next.Chain);
        Assert.Equal(new[] { changed, added }.Order(), BackedUpStore.PatientsIn([next.Path]).Keys.Order());
        Assert.Equal(3, BackedUpStore.PatientsIn(next.Chain)[changed].Count);
        Assert.Single(BackedUpStore.PatientsIn(next.Chain)[same]);
        Assert.Equal(_store.History.Select(backup => backup with { Chain = [] }), new[] { full, next }.Select(backup => backup with { Chain = [] }));
    }

    [Fact]
    public void Where_nothing_has_changed_nothing_is_written_unless_wanted()
    {
        _store.Add("A");
        Assert.Equal("The folder has no backup of this store yet.", _store.Take(incremental: true)!.KindReason);
        Assert.Null(_store.Take(incremental: true));
        Assert.Single(_store.History);

        var forced = _store.Take(incremental: true, force: true)!;

        Assert.Equal(BackupKind.Incremental, forced.Kind);
        Assert.Empty(BackedUpStore.PatientsIn([forced.Path]));
        Assert.Equal(forced.Path, _store.Take(incremental: true, force: true)!.Chain[^2]);
    }

    [Fact]
    public void What_cannot_be_built_upon_makes_a_full_one_and_says_why()
    {
        _store.Add("A");
        var first = _store.Take()!;
        _store.Add("B");
        var second = _store.Take(incremental: true)!;
        File.Delete(first.Path);
        _store.Add("C");

        var full = _store.Take(incremental: true)!;

        Assert.Equal(BackupKind.Full, full.Kind);
        Assert.Contains("missing", full.KindReason, StringComparison.Ordinal);
        Assert.Equal(BackupState.Broken, _store.History.Single(backup => backup.Path == second.Path).State);
    }

    [Fact]
    public void A_file_that_was_put_back_is_not_built_upon()
    {
        _store.Add("A");
        _store.Session.Close();
        var copy = File.ReadAllBytes(_store.Path);
        _store.Reopen();
        _store.Add("B");
        _store.Take();
        _store.Session.Close();
        File.WriteAllBytes(_store.Path, copy);
        _store.Reopen();
        _store.Add("C");
        _store.Add("D");

        var full = _store.Take(incremental: true)!;

        Assert.Equal(BackupKind.Full, full.Kind);
        Assert.Contains("not in this store", full.KindReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_store_knows_when_and_where_and_the_trail_tells_no_more_than_counts()
    {
        _store.Add("A");
        Assert.Null(PatientStoreStatus.Read(_store.Session).LastBackup);
        var backup = _store.Take()!;

        Assert.Equal(backup.Time, PatientStoreStatus.Read(_store.Session).LastBackup);
        var told = Assert.Single(_store.EventsOf(StoreOperation.BackUpStore));
        Assert.Equal(AuditOutcome.Succeeded, told.Outcome);
        Assert.StartsWith("Full; sequences 1 to ", told.Details, StringComparison.Ordinal);
        Assert.DoesNotContain(_store.Folder, told.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_logged_and_leaves_nothing()
    {
        File.WriteAllText(_store.Folder, "");

        Assert.Equal("PathIsFile", Assert.Throws<PatientToolsException>(() => _store.Take()).ErrorId);
        File.Delete(_store.Folder);
        using var stop = new CancellationTokenSource();
        _store.Add("A");
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _store.Backups.Create(new BackupRequest { Folder = _store.Folder }, null, stop.Token));

        Assert.Equal([(AuditOutcome.Failed, "PathIsFile"), (AuditOutcome.Stopped, null)], _store.EventsOf(StoreOperation.BackUpStore).Select(told => (told.Outcome, told.ErrorId)));
        Assert.Empty(Directory.GetFileSystemEntries(_store.Folder));
    }

    [Fact]
    public void A_session_that_only_reads_takes_backups_and_they_are_known()
    {
        _store.Add("A");
        _store.Reopen(readOnly: true);
        var backup = _store.Take()!;

        Assert.Equal(backup.Time, PatientStoreStatus.Read(_store.Session).LastBackup);
    }

    [Fact]
    public void Many_at_once_into_one_folder_all_succeed()
    {
        for (var i = 0; i < 50; i++)
        {
            _store.Add("A");
        }

        // The clock stands: all have the same time in their names.
        var results = new PatientBackup[6];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = results.Length }, i =>
        {
            using var session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), _store.Path, new StoreOptions { Time = new MovableClock() });
            results[i] = session.Backups().Create(new BackupRequest { Folder = _store.Folder, Incremental = i % 2 == 0, Force = true }, null, default)!;
        });

        Assert.Equal(results.Select(backup => backup.Path).Order(StringComparer.Ordinal), _store.History.Select(backup => backup.Path).Order(StringComparer.Ordinal));
        Assert.All(_store.History, backup => Assert.Equal(50, BackedUpStore.PatientsIn(backup.Chain).Count));
        Assert.Empty(Directory.GetFiles(_store.Folder, ".*"));
    }
}
