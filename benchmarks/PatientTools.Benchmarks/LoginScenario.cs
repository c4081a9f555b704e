using System.Diagnostics;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>What a login costs beside bare bcrypt, and whether its time tells an unknown account from a wrong password.</summary>
internal static class LoginScenario
{
    private const int Logins = 60;
    private const int Rounds = 3;
    private const int Samples = 200;
    private const string Password = "as good as any other";
    private static readonly IPatientStoreProvider Stores = new SqlitePatientStoreProvider();

    public static int Run(BenchmarkArguments arguments)
    {
        var file = Path.Combine(arguments.Folder, "login.ptstore");
        File.Delete(file);
        var threads = Environment.ProcessorCount;
        using (var administrator = PatientStoreSession.Create(Stores, file, new StoreOptions(), new StoreCredential("administrator", Password)))
        {
            // So that no wrong password is refused for another reason.
            administrator.Settings().Write("LockoutThreshold", "100");
            for (var i = 0; i < threads; i++)
            {
                administrator.Accounts().Add(new StoreCredential(Name(i), Password), StoreRole.Reader);
            }
        }

        Throughput(file, threads);
        Answers(file);
        return 0;
    }

    private static void Throughput(string file, int threads)
    {
        var hash = BCrypt.Net.BCrypt.HashPassword(Password, 12);
        var (ours, bare) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            bare[round] = PerSecond(threads, _ => BCrypt.Net.BCrypt.Verify(Password, hash));
            ours[round] = PerSecond(threads, thread => PatientStoreSession.Open(Stores, file, new StoreOptions(), new StoreCredential(Name(thread), Password)).Dispose());
        }

        Array.Sort(ours);
        Array.Sort(bare);
        Report.Row($"logins at cost 12, {threads} threads", $"{ours[Rounds / 2]:N2}/s", $"{bare[Rounds / 2]:N2}/s bare bcrypt", ours[Rounds / 2] / bare[Rounds / 2]);
    }

    private static double PerSecond(int threads, Action<int> login)
    {
        Thread[] workers =
        [
            .. Enumerable.Range(0, threads).Select(number => new Thread(() =>
            {
                for (var i = 0; i < Logins / threads; i++)
                {
                    login(number);
                }
            })),
        ];
        var time = Report.Time(() =>
        {
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
        });
        return Logins / threads * threads / time.TotalSeconds;
    }

    /// <summary>The two in turn, so that both meet the same machine. A success in between keeps the account from being locked.</summary>
    private static void Answers(string file)
    {
        var (wrong, unknown) = (new double[Samples], new double[Samples]);
        for (var i = 0; i < Samples; i++)
        {
            wrong[i] = Refused(file, Name(0));
            unknown[i] = Refused(file, "nobody");
            if (i % 50 == 49)
            {
                PatientStoreSession.Open(Stores, file, new StoreOptions(), new StoreCredential(Name(0), Password)).Dispose();
            }
        }

        Report.Row($"wrong password, {Samples} times", $"{Quartiles(wrong)}");
        Report.Row($"unknown account, {Samples} times", $"{Quartiles(unknown)}");
    }

    private static double Refused(string file, string name)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            PatientStoreSession.Open(Stores, file, new StoreOptions(), new StoreCredential(name, "wrong, and known to be")).Dispose();
            throw new InvalidOperationException("A wrong password has opened the store.");
        }
        catch (PatientToolsException e) when (e.ErrorId == "LoginFailed")
        {
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    private static string Quartiles(double[] times)
    {
        Array.Sort(times);
        return FormattableString.Invariant($"median {times[Samples / 2]:N2} ms, quartiles {times[Samples / 4]:N2} to {times[Samples * 3 / 4]:N2} ms");
    }

    private static string Name(int number) => FormattableString.Invariant($"reader{number}");
}
