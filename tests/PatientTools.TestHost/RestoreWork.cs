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
    public static void Replace(string store, string backup)
    {
        using var session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), store, new StoreOptions());
        Console.WriteLine("begins");
        session.Backups().Replace(new RestoreRequest { Path = backup, IncludePurged = true }, null, default);
        Console.WriteLine("done");
    }
}
