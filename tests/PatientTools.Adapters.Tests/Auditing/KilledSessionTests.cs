using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Auditing;

/// <summary>What the trail holds when a process is killed, and when many processes write it.</summary>
public sealed class KilledSessionTests : IDisposable
{
    private const int Rounds = 10;
    private readonly TemporaryStore _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Whoever_was_read_is_in_the_trail_within_a_second()
    {
        for (var i = 0; i < 50; i++)
        {
            _place.Store.Insert(StoreExtensions.NewState("Read"));
        }

        _place.Close();
        var random = new Random(20261124);
        var known = new Dictionary<PatientId, int>();
        for (var round = 0; round < Rounds; round++)
        {
            var (told, killed) = await RunUntilKilled(TimeSpan.FromMilliseconds(random.Next(100, 3500)), "reads", round % 2 == 0 ? "each" : "one");

            // Where the machine gave the process no time, it had none to write the trail either.
            var pause = told.Zip(told.Skip(1), (one, next) => next.Time - one.Time).Append(killed - told[^1].Time).Max();
            foreach (var (id, _) in told.Where(one => one.Time < killed - 1500 - pause))
            {
                known[id] = known.GetValueOrDefault(id) + 1;
            }

            var logged = EventsOfSession(StoreOperation.ReadPatient).SelectMany(one => one.Patients).CountBy(id => id).ToDictionary();
            Assert.All(known, one => Assert.InRange(logged.GetValueOrDefault(one.Key), one.Value, int.MaxValue));
            foreach (var (id, count) in logged)
            {
                known[id] = count;
            }
        }

        Assert.NotEmpty(known);
    }

    [Fact]
    public async Task Whoever_was_written_is_in_the_trail_and_nobody_else()
    {
        _place.Close();
        var random = new Random(20261125);
        var reported = new HashSet<PatientId>();
        for (var round = 0; round < Rounds; round++)
        {
            var (told, _) = await RunUntilKilled(TimeSpan.FromMilliseconds(random.Next(400)), "writes", round % 2 == 0 ? "each" : "one");
            reported.UnionWith(told.Select(one => one.Id));

            var logged = EventsOfSession(StoreOperation.AddPatient).SelectMany(one => one.Patients).ToList();
            Assert.Equal(logged.Count, logged.Distinct().Count());
            Assert.Subset(logged.ToHashSet(), reported);
            using var store = ((IPatientStoreProvider)new SqlitePatientStoreProvider()).Open(_place.Path, new StoreOptions());
            Assert.All(logged, id => Assert.NotNull(store.Read(reader => reader.FindKey(id))));
            Assert.Equal(logged.Count, store.Living().Count);
        }
    }

    [Fact]
    public void Processes_and_their_threads_make_one_chain()
    {
        const int Each = 50;
        StoreProcess[] processes = [.. Enumerable.Range(0, 4).Select(_ => new StoreProcess(_place.Path, "uses", "2", Each.ToString(CultureInfo.InvariantCulture)))];
        foreach (var process in processes)
        {
            Assert.Equal((0, ""), process.Wait());
            process.Dispose();
        }

        Assert.Equal(4 * 2 * Each, EventsOfSession(StoreOperation.ReadSettings).Count);
        Assert.Equal(4 * 2 * Each / 5, EventsOfSession(StoreOperation.AddPatient).Count);
        Assert.All(_place.Store.Read(reader => reader.ReadAuditEntries(0, 100_000)).Index(), one => Assert.Equal(one.Index + 1, one.Item.Number));
    }

    /// <summary>What a process told, and when it was killed.</summary>
    private async Task<(List<(PatientId Id, long Time)> Told, long Killed)> RunUntilKilled(TimeSpan after, params string[] arguments)
    {
        using var process = new StoreProcess(_place.Path, arguments);
        var told = new List<(PatientId, long)> { Told(process.ReadLine() ?? throw new InvalidOperationException(process.Wait().Errors)) };
        var reading = Task.Run(() =>
        {
            while (process.ReadLine() is { } line)
            {
                // A line that was cut off by the kill was not told.
                if (line.Split(' ') is [{ Length: 36 }, { Length: 13 }])
                {
                    told.Add(Told(line));
                }
            }
        });
        await Task.Delay(after);
        var killed = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        process.Kill();
        await reading;
        return (told, killed);

        static (PatientId, long) Told(string line) => (new PatientId(Guid.Parse(line[..36])), long.Parse(line[37..], CultureInfo.InvariantCulture));
    }

    private List<AuditEvent> EventsOfSession(StoreOperation operation)
    {
        using var session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), _place.Path, new StoreOptions());
        Assert.True(session.AuditTrail().Check([]).IsValid);
        return [.. session.AuditTrail().Read(new AuditQuery { Operations = [operation] })];
    }
}
