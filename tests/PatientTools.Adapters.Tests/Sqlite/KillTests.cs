using System.Globalization;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>Processes that are killed, and many of them at once. PATIENTTOOLS_LONG=1 runs the full counts.</summary>
public class KillTests
{
    private const int BatchSize = 20;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1";

    [Fact]
    public async Task What_was_reported_survives_a_kill_and_nothing_is_half_done()
    {
        using var place = new TemporaryStore();
        place.Store.Insert(StoreExtensions.NewState("First0"));
        var random = new Random(20260701);
        for (var round = 0; round < (IsLong ? 50 : 8); round++)
        {
            place.Close();
            var reported = await WriteUntilKilled(place.Path, random.Next(1, 40), TimeSpan.FromMilliseconds(random.Next(30)));

            var store = place.Reopen();
            AssertWhole(store, round, reported);
        }
    }

    [Fact]
    public void Eight_processes_write_into_one_store()
    {
        var each = IsLong ? 500 : 60;
        using var place = new TemporaryStore();
        StoreProcess[] processes = [.. Enumerable.Range(0, 8).Select(_ => new StoreProcess(place.Path, "singles", each.ToString(CultureInfo.InvariantCulture)))];
        foreach (var process in processes)
        {
            Assert.Equal((0, ""), process.Wait());
            process.Dispose();
        }

        Assert.Equal(8 * each, place.Store.Living().Count);
        Assert.Equal(8 * each, place.Store.Read(reader => reader.Sequence));
        Assert.Equal(8, Count(place.Store, "single7"));
        Assert.Empty(place.Store.CheckStructure(full: true, default));
    }

    private static async Task<int> WriteUntilKilled(string path, int reports, TimeSpan longer)
    {
        using var process = new StoreProcess(path, "batches");
        var reported = 0;
        for (var i = 0; i < reports; i++)
        {
            reported = int.Parse(process.ReadLine() ?? throw new InvalidOperationException(process.Wait().Errors), CultureInfo.InvariantCulture);
        }

        await Task.Delay(longer);
        process.Kill();
        while (process.ReadLine() is { } line)
        {
            reported = int.Parse(line, CultureInfo.InvariantCulture);
        }

        return reported;
    }

    private static void AssertWhole(IPatientStore store, int round, int reported)
    {
        Assert.Empty(store.CheckStructure(full: true, default));
        var batches = int.Parse(store.Read(reader => reader.ReadSettings())["batch"], CultureInfo.InvariantCulture);
        Assert.InRange(batches, reported, reported + 1);
        for (var batch = 1; batch <= batches; batch++)
        {
            // Earlier rounds have written batches of the same numbers, some of them fewer.
            var found = Count(store, $"batch{batch}");
            Assert.Equal(0, found % BatchSize);
            Assert.InRange(found, BatchSize, BatchSize * (round + 1));
        }

        var versions = store.Read(reader => reader.ReadVersions(1));
        Assert.Equal(versions.Count, versions[^1].Stamp.Version);
        Assert.Equal($"First{batches}", versions[^1].Document.Properties.FamilyName);
        Assert.Equal(1, Count(store, $"first{batches}"));
        var total = store.Living().Count;
        Assert.Equal(1 + ((versions.Count - 1) * BatchSize), total);
    }

    private static int Count(IPatientStore store, string family) => store.Keys(SearchEntryKind.FamilyNamePart, family).Count;
}
