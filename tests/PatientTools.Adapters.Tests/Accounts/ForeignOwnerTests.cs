using PatientTools.Accounts;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;

namespace PatientTools.Adapters.Tests.Accounts;

/// <summary>What a user of the operating system may who does not own the store's file.</summary>
public sealed class ForeignOwnerTests
{
    private const UnixFileMode ReadFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
    private const UnixFileMode ReadFolder = ReadFile | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;

    [Fact]
    public void Nobody_but_the_owner_gives_a_store_an_administrator_or_salvages_it_and_the_attempt_is_told()
    {
        using var store = new AccountStore();
        Share(store, UnixFileMode.OtherWrite);
        Assert.Equal(["NotStoreOwner", "NotStoreOwner"], AsNobody(store, 2, "recover", "root", "found again by root"));
        Assert.False(File.Exists(store.Path + ".salvaged"));
        store.Open().Dispose();
        var told = Assert.Single(store.Trail(), one => one.Entry.Operation == StoreOperation.ResetAdministrator);
        Assert.Equal((AuditOutcome.Refused, "NotStoreOwner", "nobody"), (told.Entry.Outcome, told.Content.ErrorId, told.Content.UserName));
    }

    [Fact]
    public void A_store_with_accounts_that_cannot_be_logged_to_opens_for_nobody_and_one_without_does()
    {
        using var closed = new AccountStore();
        Share(closed, UnixFileMode.None);
        Assert.Equal(["AuditTrailNotWritable"], AsNobody(closed, 1, "session", "root", AccountStore.RootPassword, "read"));
        Assert.Equal(["AuditTrailNotWritable"], AsNobody(closed, 1, "session", "root", "wrong for root", "read"));
        Assert.Equal(["StoreNotWritable"], AsNobody(closed, 1, "session", "root", AccountStore.RootPassword));
        using var open = new AccountStore(isProtected: false);
        Share(open, UnixFileMode.None);
        Assert.Equal(["log False, own False"], AsNobody(open, 1, "access"));
    }

    private static void Share(AccountStore store, UnixFileMode more)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("NOT PROVEN: to become somebody else needs Linux and root.");
            return;
        }

        File.SetUnixFileMode(store.Path, ReadFile | more);
        File.SetUnixFileMode(Path.GetDirectoryName(store.Path)!, ReadFolder | more);
    }

    private static string[] AsNobody(AccountStore store, int lines, params string[] arguments)
    {
        using var process = StoreProcess.AsNobody(store.Path, arguments);
        string?[] told = [.. Enumerable.Range(0, lines).Select(_ => process.ReadLine())];
        var (code, errors) = process.Wait();
        Assert.SkipWhen(code is 126 or 127 or 150 && told[0] is null, $"NOT PROVEN: nobody cannot start a process here: {errors}");
        return [.. told.Select(line => line ?? errors)];
    }
}
