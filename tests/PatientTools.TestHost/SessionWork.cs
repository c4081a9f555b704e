using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.TestHost;

/// <summary>Reads and writes through a session, as somebody does who may be killed at any moment.</summary>
internal static class SessionWork
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(4);

    /// <summary>Reads one patient after the other until it is killed, and tells each with the time (Unix milliseconds).</summary>
    /// <param name="store">The store.</param>
    /// <param name="inOneCall">Whether all is one call; else each reading is one.</param>
    public static async Task ReadAsync(string store, bool inOneCall)
    {
        using var session = Open(store);
        PatientId[] ids = [.. session.Search().Find(new PatientQuery(), ResultWindow.All).Patients.Select(patient => patient.Id)];
        using var call = session.Begin(new CallerNote("Get-Patient", null));
        var search = (inOneCall ? call.Session : session).Search();
        using var timer = new PeriodicTimer(Pace);
        for (var i = 0; await timer.WaitForNextTickAsync(); i = (i + 1) % ids.Length)
        {
            search.Get(ids[i]);
            Tell(ids[i]);
        }
    }

    /// <summary>Adds one patient after the other until it is killed, and tells each.</summary>
    /// <param name="store">The store.</param>
    /// <param name="inOneCall">Whether all is one call.</param>
    public static void Write(string store, bool inOneCall)
    {
        using var session = Open(store);
        using var call = session.Begin(new CallerNote("New-Patient", null));
        var writer = (inOneCall ? call.Session : session).Writer();
        while (true)
        {
            Tell(Add(writer));
        }
    }

    /// <summary>Threads that share a session: each reads so many times, and adds somebody every fifth time.</summary>
    public static void Use(string store, int threads, int count)
    {
        using var session = Open(store);
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (var i = 0; i < count; i++)
            {
                session.Settings().Read();
                if (i % 5 == 0)
                {
                    Add(session.Writer());
                }
            }
        });
    }

    private static PatientStoreSession Open(string store) =>
        PatientStoreSession.Open(new SqlitePatientStoreProvider(), store, new StoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) });

    private static PatientId Add(PatientWriter writer) =>
        writer.Apply(new AddPatient(PatientDocument.Parse("""{"resourceType":"Patient","name":[{"family":"Added"}]}"""), DrawMrn: false)).State!.Stamp.Id;

    private static void Tell(PatientId id) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id.Value} {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}"));
}
