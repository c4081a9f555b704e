using System.Text.RegularExpressions;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>Restores that are killed while others write: the store is the old one or the new one. PATIENTTOOLS_LONG=1 runs 100 rounds.</summary>
public partial class RestoreKillTests
{
    private const int Seed = 20261124;

    [Fact]
    public async Task A_killed_restore_leaves_no_store_or_a_whole_one_and_the_next_one_clears_up()
    {
        using var practice = new Practice();
        practice.Change(2000);
        practice.Back();
        practice.Change(200);
        var backup = practice.Back(incremental: true);
        var copy = Practice.Copy(practice.Location);
        var moments = new KillMoments(Seed);
        var files = new UnchangedFiles();
        using (var writers = new RunningWriters(practice.Location))
        {
            for (var round = 0; round <= KillMoments.Rounds; round++)
            {
                await moments.KillAsync(practice.Destination, "restore", backup.Path);

                files.Look(Directory.GetFiles(practice.Backups)).ForEach(Practice.AssertProven);
                Assert.True(Leftovers(practice).Select(name => IdIn.Match(name).Value).Distinct().Count() <= 1, "what was left piles up");
                if (File.Exists(practice.Destination))
                {
                    Assert.Equal(copy, Practice.Copy(practice.Destination));
                    Practice.AssertSound(practice.Destination);
                    File.Delete(practice.Destination);
                }
            }

            Assert.NotEmpty(await writers.StopAsync());
        }

        practice.Restore(backup.Path);

        Assert.Equal(copy, Practice.Copy(practice.Destination));
        Assert.Empty(Leftovers(practice));
        Tell($"restore: {moments.Killed} killed, {moments.Finished} done before");
    }

    [Fact]
    public async Task A_killed_replacement_leaves_the_old_store_or_the_new_one()
    {
        using var practice = new Practice();
        practice.Change(2000);
        var backup = practice.Back();
        var point = Rows(practice.Location);
        practice.Change(300);
        practice.Session.Dispose();
        var moments = new KillMoments(Seed);
        var files = new UnchangedFiles();
        var replaced = 0;
        for (var round = 0; round <= KillMoments.Rounds; round++)
        {
            var (epoch, before) = (Epoch(practice.Location), Rows(practice.Location));
            HashSet<PatientId> told;
            using (var writers = new RunningWriters(practice.Location))
            {
                await moments.KillAsync(practice.Location, "replace", backup.Path);
                told = await writers.StopAsync();
            }

            // Whoever wrote until then is in the old store, wherever that is now.
            var old = practice.Location;
            if (Epoch(practice.Location) != epoch)
            {
                replaced++;
                Assert.Equal(point, Rows(practice.Location));
                old = KeptAside(practice).Single(place => place.Epoch == epoch).Path;
            }

            Assert.Superset(before, Rows(old));
            Assert.Subset(Ids(old), told);
            Practice.AssertSound(practice.Location);
            Assert.Subset(KeptAside(practice).Select(place => place.Path).ToHashSet(StringComparer.Ordinal), Asides(practice));
            files.Look(Directory.GetFiles(practice.Backups)).ForEach(Practice.AssertProven);
            practice.Reopen();
            practice.Change(20);
            practice.Session.Dispose();
        }

        practice.Reopen();
        Assert.True(practice.Session.AuditTrail().Check([]).IsValid);
        practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path, IncludePurged = true }, null, default);
        Assert.Equal(point, Rows(practice.Location));
        Assert.Empty(Leftovers(practice));
        Assert.Equal(replaced + 1, Asides(practice).Count);
        Assert.DoesNotContain(KeptAside(practice), place => place.Epoch == Guid.Empty);
        Tell($"replace: {moments.Killed} killed, {moments.Finished} done before; the new store in {replaced}");
    }

    [Fact]
    public void A_copy_whose_restore_was_killed_before_its_commit_is_known_and_goes_with_the_next()
    {
        using var practice = new Practice();
        var id = practice.Add("Eins");
        var backup = practice.Back();
        var before = Rows(practice.Location);
        using (var process = new StoreProcess(practice.Location, "replace-halfway", backup.Path))
        {
            Assert.Equal("begins", process.ReadLine());
            Assert.Null(process.ReadLine());
        }

        Assert.Equal(before, Rows(practice.Location));
        var left = Assert.Single(Asides(practice));
        Assert.Contains(left, practice.Session.Backups().FindHoldings([id])[id].Select(holding => holding.Path));

        var report = practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path }, null, default);

        Assert.NotEqual(left, report.KeptAside);
        Assert.Equal(report.KeptAside, Assert.Single(Asides(practice)));
        Assert.Equal(report.KeptAside, Assert.Single(KeptAside(practice)).Path);
        Assert.Empty(KeptAside(report.KeptAside!));
    }

    [Fact]
    public async Task Another_process_sees_the_old_store_or_the_new_one()
    {
        using var practice = new Practice();
        practice.Change(400);
        var backup = practice.Back();
        practice.Change(200);
        using var watch = new StoreProcess(practice.Location, "watch");
        var old = watch.ReadLine();
        var seen = Task.Run(() => SeenUntilNew(watch, old));

        practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path, IncludePurged = true }, null, default);

        var now = await seen;
        Assert.StartsWith(Epoch(practice.Location).ToString(), now, StringComparison.Ordinal);
        Assert.Equal(now, watch.ReadLine());
    }

    private static string? SeenUntilNew(StoreProcess watch, string? old)
    {
        var line = watch.ReadLine();
        while (line == old)
        {
            line = watch.ReadLine();
        }

        return line;
    }

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdIn { get; }

    private static Guid Epoch(string location) => Read(location, reader => reader.Epoch);

    private static HashSet<PatientId> Ids(string location) => Read(location, reader => reader.ReadPatientsSince(0).Select(state => state.Stamp.Id).ToHashSet());

    private static List<StorePlace> KeptAside(Practice practice) => KeptAside(practice.Location);

    private static List<StorePlace> KeptAside(string location) => Read(location, reader => reader.ReadPlaces().Where(place => place.Kind == StorePlaceKind.KeptAside).ToList());

    private static HashSet<string> Asides(Practice practice) => Directory.GetFiles(practice.Folder, "*.before-restore-*.ptstore").ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Leftovers(Practice practice) =>
        Directory.GetFileSystemEntries(practice.Folder).Select(Path.GetFileName).Where(name => name!.StartsWith('.'))!;

    private static T Read<T>(string location, Func<IStoreReader, T> read)
    {
        using var store = Practice.Provider.Open(location, new StoreOptions { ReadOnly = true });
        using var reader = store.BeginRead();
        return read(reader);
    }

    /// <summary>The knowledge of purges is the installation's.</summary>
    private static SortedSet<string> Rows(string location) =>
        new(Practice.Copy(location).Where(line => !line.StartsWith("purge", StringComparison.Ordinal)), StringComparer.Ordinal);

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
