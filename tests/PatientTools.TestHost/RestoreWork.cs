using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.TestHost;

/// <summary>Restores, to be killed at it.</summary>
internal static class RestoreWork
{
    /// <summary>Restores a backup into a new store; says when it begins and when it is done.</summary>
    public static void IntoNew(string store, string backup)
    {
        Console.WriteLine("begins");
        BackupRestore.IntoNew(new SqlitePatientStoreProvider(), new RestoreRequest { Path = backup, IncludePurged = true }, store, CallerNote.None, null, default);
        Console.WriteLine("done");
    }

    /// <summary>Puts a backup in the place of a store; says when it begins and when it is done.</summary>
    public static void Replace(string store, string backup) => Replace(new SqlitePatientStoreProvider(), store, backup);

    /// <summary>Puts a backup in the place of a store, and is killed when the copy is put aside and the store not yet replaced.</summary>
    public static void ReplaceHalfway(string store, string backup) => Replace(new KillingProvider(), store, backup);

    /// <summary>Tells again and again, until it is killed, of which epoch the store is and what it holds, as it was in one snapshot.</summary>
    [DoesNotReturn]
    public static void Watch(string store)
    {
        using var open = ((IPatientStoreProvider)new SqlitePatientStoreProvider()).Open(store, new StoreOptions());
        while (true)
        {
            using var reader = open.BeginRead();
            var (count, sum) = (0L, 0L);
            foreach (var state in reader.ReadPatientsSince(0))
            {
                count++;
                sum = unchecked((sum * 31) + state.Stamp.Sequence);
            }

            Console.WriteLine($"{reader.Epoch} {count} {sum}");
        }
    }

    private static void Replace(IPatientStoreProvider provider, string store, string backup)
    {
        using var session = PatientStoreSession.Open(provider, store, new StoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) });
        Console.WriteLine("begins");
        session.Backups().Replace(new RestoreRequest { Path = backup, IncludePurged = true }, null, default);
        Console.WriteLine("done");
    }

    /// <summary>Kills the process when the copy that is kept aside is opened: it has its name then, and nothing is committed.</summary>
    private sealed class KillingProvider : IPatientStoreProvider
    {
        private readonly IPatientStoreProvider _provider = new SqlitePatientStoreProvider();

        IPatientStore IPatientStoreProvider.Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill) => _provider.Create(location, options, fill);

        IPatientStore IPatientStoreProvider.Open(string location, StoreOptions options)
        {
            if (location.Contains(".before-restore-", StringComparison.Ordinal))
            {
                Process.GetCurrentProcess().Kill();
            }

            return _provider.Open(location, options);
        }

        IEnumerable<SalvagedItem> IPatientStoreProvider.Salvage(string location, CancellationToken cancellation) => _provider.Salvage(location, cancellation);

        bool IPatientStoreProvider.IsOwnedByCaller(string location) => _provider.IsOwnedByCaller(location);

        void IPatientStoreProvider.Build(string location, StoreIdentity identity, Action<IStoreLoader> fill) => _provider.Build(location, identity, fill);
    }
}
