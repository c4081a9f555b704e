using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Storage;

namespace PatientTools.TestHost;

/// <summary>Right and wrong logins by several threads; each tells in its reason which it was, so that the trail can be held against it.</summary>
public static class LoginAttempts
{
    /// <summary>Tries, and tells each answer as <c>&lt;attempt&gt; &lt;account&gt; right|wrong opened|&lt;error id&gt;</c>.</summary>
    public static void Run(string store, string name, int threads, int attempts, int seed, Action<string> tell)
    {
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(number => new Thread(() => Work(store, $"{name}.{number}", attempts, seed + number, tell)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
    }

    private static void Work(string store, string name, int attempts, int seed, Action<string> tell)
    {
        var random = new Random(seed);
        for (var i = 0; i < attempts; i++)
        {
            var account = $"account{random.Next(4)}";
            var isRight = random.Next(3) == 0;
            var attempt = string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");
            var answer = "opened";
            try
            {
                var options = new StoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) };
                using var session = PatientStoreSession.Open(
                    new SqlitePatientStoreProvider(), store, options, new StoreCredential(account, isRight ? $"right for {account}" : "wrong for anybody"), new CallerNote(null, attempt));
            }
            catch (PatientToolsException e)
            {
                answer = e.ErrorId;
            }

            tell($"{attempt} {account} {(isRight ? "right" : "wrong")} {answer}");
        }
    }
}
