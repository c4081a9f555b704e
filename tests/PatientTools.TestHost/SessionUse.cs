using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Storage;

namespace PatientTools.TestHost;

/// <summary>A session in a process of its own.</summary>
internal static class SessionUse
{
    private static readonly SqlitePatientStoreProvider Provider = new();

    /// <summary>Opens a session, tells its id, and for each line it gets reads with it and tells what came of it.</summary>
    public static void Run(string store, string account, string password, bool readOnly)
    {
        Tell(() =>
        {
            using var session = Open(store, account, password, readOnly);
            Console.WriteLine(session.SessionId);
            while (Console.ReadLine() is not null)
            {
                Tell(() =>
                {
                    session.Settings().Read();
                    return "read";
                });
            }

            return "closed";
        });
    }

    /// <summary>Opens a session, waits for a line, and takes the role from another administrator.</summary>
    public static void Demote(string store, string account, string password, string other)
    {
        using var session = Open(store, account, password, readOnly: false);
        Console.WriteLine("open");
        Console.ReadLine();
        Tell(() => session.Accounts().Change(other, new AccountChange { Role = StoreRole.Reader }).Name);
    }

    /// <summary>Gives a store an administrator, and salvages it.</summary>
    public static void Recover(string store, string account, string password)
    {
        Tell(() => AccountRecovery.ResetAdministrator(Provider, store, new StoreCredential(account, password), new StoreOptions(), new CallerNote("Recover", null)).Name);
        Tell(() => $"{StoreSalvage.Run(Provider, store, store + ".salvaged", new CallerNote("Recover", null), default)}");
    }

    private static PatientStoreSession Open(string store, string account, string password, bool readOnly) =>
        PatientStoreSession.Open(Provider, store, new StoreOptions { ReadOnly = readOnly }, new StoreCredential(account, password));

    private static void Tell(Func<string> work)
    {
        try
        {
            Console.WriteLine(work());
        }
        catch (PatientToolsException e)
        {
            Console.WriteLine(e.ErrorId);
        }
    }
}
