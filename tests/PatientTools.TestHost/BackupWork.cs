using System.Diagnostics.CodeAnalysis;
using PatientTools.Adapters.Sqlite;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.TestHost;

/// <summary>Takes backups, as a scheduled task does that may be killed at any moment.</summary>
internal static class BackupWork
{
    /// <summary>Takes one backup after the other until it is killed; tells when it begins, and the path of each that is complete.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="incremental">Whether each builds upon the one before.</param>
    [DoesNotReturn]
    public static void Take(string store, string folder, bool incremental)
    {
        using var session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), store, new StoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) });
        Console.WriteLine("begins");
        while (true)
        {
            if (session.Backups().Create(new BackupRequest { Folder = folder, Incremental = incremental, Force = true }, null, default) is { } backup)
            {
                Console.WriteLine(backup.Path);
            }
        }
    }
}
