using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Storage;

namespace PatientTools.TestHost;

/// <summary>A session in a process of its own.</summary>
internal static class SessionUse
{
    /// <summary>Opens a session, tells its id, and for each line it gets reads with it and tells what came of it.</summary>
    public static void Run(string store, string account, string password)
    {
        using var session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), store, new StoreOptions(), new StoreCredential(account, password));
        Console.WriteLine(session.SessionId);
        while (Console.ReadLine() is not null)
        {
            try
            {
                session.Settings().Read();
                Console.WriteLine("read");
            }
            catch (PatientToolsException e)
            {
                Console.WriteLine(e.ErrorId);
            }
        }
    }
}
