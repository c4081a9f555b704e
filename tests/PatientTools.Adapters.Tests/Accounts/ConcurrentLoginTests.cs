using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Accounts;

/// <summary>How many passwords are hashed at once is the setting of the store, from the next login on.</summary>
public sealed class ConcurrentLoginTests
{
    [Fact]
    public void So_many_passwords_are_hashed_at_once_as_the_setting_says_and_a_changed_one_holds_at_once()
    {
        using var place = new TemporaryStore(create: false);
        using var hasher = new MeetingHasher();
        var options = new StoreOptions { Passwords = hasher };
        var credential = new StoreCredential("root", AccountStore.RootPassword);
        using var root = PatientStoreSession.Create(new SqlitePatientStoreProvider(), place.Path, options, credential);

        Assert.Equal(1, Most(1));
        Assert.Equal(3, Most(3));
        Assert.Equal(2, Most(2));

        int Most(int setting)
        {
            root.Settings().Write("ConcurrentLogins", $"{setting}");
            hasher.Expect(setting);
            Thread[] threads = [.. Enumerable.Range(0, 6).Select(_ => new Thread(() => PatientStoreSession.Open(new SqlitePatientStoreProvider(), place.Path, options, credential).Dispose()))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            return hasher.Most;
        }
    }

    /// <summary>Whoever hashes waits until so many do as are expected, and a moment more, in which somebody would come who should not be let in.</summary>
    private sealed class MeetingHasher : IPasswordHasher, IDisposable
    {
        private readonly ManualResetEventSlim _met = new();
        private readonly ManualResetEventSlim _crowd = new();
        private readonly Lock _gate = new();
        private int _expected;
        private int _running;

        public int Most { get; private set; }

        public void Expect(int together)
        {
            (_expected, Most) = (together, 0);
            _met.Reset();
        }

        public string Hash(string secret, int cost) => $"$2b${cost:00}${secret}";

        public bool Verify(string secret, string hash)
        {
            Come();
            _met.Wait(TimeSpan.FromMinutes(1));
            _crowd.Wait(TimeSpan.FromMilliseconds(100));
            Interlocked.Decrement(ref _running);
            return hash.Split('$')[^1] == secret;
        }

        public void Dispose()
        {
            _met.Dispose();
            _crowd.Dispose();
        }

        private void Come()
        {
            lock (_gate)
            {
                Most = Math.Max(Most, Interlocked.Increment(ref _running));
                if (Most >= _expected)
                {
                    _met.Set();
                }

                if (Most > _expected)
                {
                    _crowd.Set();
                }
            }
        }
    }
}
