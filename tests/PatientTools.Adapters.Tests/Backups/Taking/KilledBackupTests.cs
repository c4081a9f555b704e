using System.Globalization;
using PatientTools.Adapters.Tests.Backups.Restoring;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Backups;
using PatientTools.Patients;

namespace PatientTools.Adapters.Tests.Backups.Taking;

/// <summary>Backups whose process is killed while others write. PATIENTTOOLS_LONG=1 runs 100 rounds.</summary>
public sealed class KilledBackupTests : IDisposable
{
    private readonly BackedUpStore _store = new();
    private readonly UnchangedFiles _files = new();
    private readonly HashSet<PatientId> _written = [];
    private int _proofs;

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("backup", 20261126)]
    [InlineData("incremental", 20261127)]
    public async Task Backups_are_whole_or_not_there_and_hold_whoever_was_in_the_store(string mode, int seed)
    {
        for (var i = 0; i < 300; i++)
        {
            _store.Add("Before");
        }

        var random = new Random(seed);
        for (var round = 0; round < KillMoments.Rounds; round++)
        {
            var told = await RunUntilKilled(mode, TimeSpan.FromMilliseconds(random.Next(20, 600)));

            var history = _store.History;
            Assert.Subset(history.Select(backup => backup.Path).ToHashSet(StringComparer.Ordinal), told);
            Assert.All(history, backup => Assert.Equal((BackupState.Usable, (string?)null), (backup.State, backup.Problem)));
            Assert.True(Directory.GetFiles(_store.Folder, ".*").Length <= 1, "what was left piles up");
            AssertHoldsAll(history);
            Prove(history, random);
        }

        // Whatever killed ones left goes with the next.
        Assert.NotNull(_store.Take(incremental: mode == "incremental", force: true));
        Assert.All(Directory.GetFiles(_store.Folder), file => Assert.Matches("^practice-", Path.GetFileName(file)));
        Assert.True(_store.Session.AuditTrail().Check([]).IsValid);
        Assert.Subset(BackedUpStore.PatientsIn(_store.History[^1].Chain).Keys.ToHashSet(), _written);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{mode}: {KillMoments.Rounds} rounds, {_store.History.Count} backups, {_proofs} restored, {_written.Count} patients added meanwhile"));
    }

    /// <summary>
    /// Restored are the newest of the round, with all the files of its chain, and a drawn one. All others are held against what
    /// they were in bytes: a backup that was proven once is proven as long as it is the same.
    /// </summary>
    private void Prove(IReadOnlyList<PatientBackup> history, Random random)
    {
        if (_files.Look(history.Select(backup => backup.Path)) is not [])
        {
            Practice.AssertProven(history[^1].Path);
            Practice.AssertProven(history[random.Next(history.Count)].Path);
            _proofs += 2;
        }
    }

    /// <summary>The law: whoever the store held at the snapshot is in the chain, whatever writers did meanwhile, and nobody else.</summary>
    private void AssertHoldsAll(IReadOnlyList<PatientBackup> history)
    {
        using var reader = _store.Session.Access.Session.Store.BeginRead();
        var states = reader.ReadStates(0, int.MaxValue).Select(state => state.Stamp).ToList();
        foreach (var backup in history.TakeLast(3))
        {
            var held = BackedUpStore.PatientsIn(backup.Chain);
            Assert.Equal(states.Where(stamp => stamp.Sequence <= backup.LastSequence).Select(stamp => stamp.Id).Order(), held.Keys.Order());
        }
    }

    private async Task<HashSet<string>> RunUntilKilled(string mode, TimeSpan after)
    {
        using var writers = new RunningWriters(_store.Path);
        using var taking = new StoreProcess(_store.Path, mode, _store.Folder);
        var told = new HashSet<string>(StringComparer.Ordinal);
        Assert.Equal("begins", taking.ReadLine());
        var takes = Task.Run(() =>
        {
            while (taking.ReadLine() is { } line)
            {
                // A line that was cut off by the kill was not told.
                if (line.EndsWith(".zip", StringComparison.Ordinal))
                {
                    told.Add(line);
                }
            }
        });
        await Task.Delay(after);
        taking.Kill();
        await takes;
        _written.UnionWith(await writers.StopAsync());
        return told;
    }
}
