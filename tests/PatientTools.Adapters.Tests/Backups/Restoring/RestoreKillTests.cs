using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Backups;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>Restores that are killed: the store is the old one or the new one. PATIENTTOOLS_LONG=1 runs the full counts.</summary>
public class RestoreKillTests
{
    private const int Seed = 20261124;
    private static readonly int Rounds = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1" ? 100 : 5;

    [Fact]
    public async Task A_killed_restore_leaves_no_store_and_the_next_one_clears_up()
    {
        using var practice = new Practice();
        practice.Change(2000);
        var backup = practice.Back();
        var copy = Practice.Copy(practice.Location);
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await Kill(practice.Destination, "restore", backup.Path, random);
            if (File.Exists(practice.Destination))
            {
                Assert.Equal(copy, Practice.Copy(practice.Destination));
            }
        }

        practice.Restore(backup.Path);

        Assert.Equal(copy, Practice.Copy(practice.Destination));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(practice.Folder), entry => Path.GetFileName(entry).StartsWith('.'));
    }

    [Fact]
    public async Task A_killed_replacement_leaves_the_old_store_or_the_new_one()
    {
        using var practice = new Practice();
        practice.Change(2000);
        var backup = practice.Back();
        var old = Patients(practice.Location);
        practice.Change(300);
        practice.Session.Dispose();
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var before = Patients(practice.Location);
            await Kill(practice.Location, "replace", backup.Path, random);

            var after = Patients(practice.Location);
            Assert.True(after.SetEquals(before) || after.SetEquals(old), $"between, in round {round}");
            Practice.AssertSound(practice.Location);
            practice.Reopen();
            practice.Change(20);
            practice.Session.Dispose();
        }

        practice.Reopen();
        Assert.True(practice.Session.AuditTrail().Check([]).IsValid);
        practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path, IncludePurged = true }, null, default);
        Assert.True(Patients(practice.Location).SetEquals(old));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(practice.Folder), entry => Path.GetFileName(entry).StartsWith('.'));
        Practice.AssertProven(backup.Path);
    }

    private static async Task Kill(string store, string mode, string backup, Random random)
    {
        using var process = new StoreProcess(store, mode, backup);
        Assert.Equal("begins", process.ReadLine());
        await Task.Delay(random.Next(600));
        process.Kill();
        process.Wait();
    }

    private static SortedSet<string> Patients(string location) =>
        new(Practice.Copy(location).Where(line => !line.StartsWith("purge", StringComparison.Ordinal)), StringComparer.Ordinal);
}
