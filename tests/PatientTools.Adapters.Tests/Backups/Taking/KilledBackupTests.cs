using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Backups;

namespace PatientTools.Adapters.Tests.Backups.Taking;

/// <summary>Backups whose process is killed while others write. PATIENTTOOLS_LONG=1 runs 100 rounds.</summary>
public sealed class KilledBackupTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1" ? 100 : 5;
    private readonly BackedUpStore _store = new();

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
        for (var round = 0; round < Rounds; round++)
        {
            var told = await RunUntilKilled(mode, TimeSpan.FromMilliseconds(random.Next(20, 600)));

            var history = _store.History;
            Assert.Subset(history.Select(backup => backup.Path).ToHashSet(StringComparer.Ordinal), told);
            Assert.All(history, backup => Assert.Equal((BackupState.Usable, (string?)null), (backup.State, backup.Problem)));
            AssertHoldsAll(history);
        }

        // Whatever killed ones left goes with the next.
        Assert.NotNull(_store.Take(incremental: mode == "incremental", force: true));
        Assert.All(Directory.GetFiles(_store.Folder), file => Assert.Matches("^practice-", Path.GetFileName(file)));
        Assert.True(_store.Session.AuditTrail().Check([]).IsValid);
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
        using var writing = new StoreProcess(_store.Path, "writes", "one");
        using var taking = new StoreProcess(_store.Path, mode, _store.Folder);
        var writes = Task.Run(() => Read(writing, _ => { }));
        var told = new HashSet<string>(StringComparer.Ordinal);
        Assert.Equal("begins", taking.ReadLine());
        var takes = Task.Run(() => Read(taking, line => told.Add(line)));
        await Task.Delay(after);
        taking.Kill();
        await takes;
        writing.Kill();
        await writes;
        return told;

        static void Read(StoreProcess process, Action<string> take)
        {
            while (process.ReadLine() is { } line)
            {
                // A line that was cut off by the kill was not told.
                if (line.EndsWith(".zip", StringComparison.Ordinal))
                {
                    take(line);
                }
            }
        }
    }
}
