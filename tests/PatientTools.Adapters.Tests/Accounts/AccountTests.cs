using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Accounts;

public sealed class AccountTests
{
    [Theory]
    [InlineData("remove")]
    [InlineData("disable")]
    [InlineData("demote")]
    public void The_last_administrator_stays(string what)
    {
        using var store = new AccountStore();
        store.Add("second", StoreRole.Administrator);
        using var root = store.Open();
        root.Accounts().Change("second", new AccountChange { IsDisabled = true });
        var error = Assert.Throws<PatientToolsException>(() => Weaken(root.Accounts(), "ROOT", what));
        Assert.Equal("LastAdministrator", error.ErrorId);
        Assert.Equal(AccountStatus.Enabled, root.Accounts().ReadOwn()!.Status);
        root.Close();
        Assert.Contains(store.Trail(), one => one.Content.ErrorId == "LastAdministrator");
    }

    [Fact]
    public void Of_two_administrators_who_demote_each_other_at_once_one_stays()
    {
        using var store = new AccountStore();
        for (var round = 0; round < 10; round++)
        {
            store.Add($"second{round}", StoreRole.Administrator);
            using var first = store.Open();
            using var second = store.Open($"second{round}");
            Parallel.Invoke(() => Try(first, $"second{round}"), () => Try(second, "root"));
            var left = Assert.Single(store.Read(reader => reader.ReadAccounts()), account => account.Role == StoreRole.Administrator);
            store.OnStore(writer => writer.WriteAccount(store.Account("root") with { Role = StoreRole.Administrator }));
            if (left.Name != "root")
            {
                store.OnStore(writer => writer.WriteAccount(left with { Role = StoreRole.Reader }));
            }
        }

        static void Try(PatientStoreSession session, string other)
        {
            try
            {
                session.Accounts().Change(other, new AccountChange { Role = StoreRole.Reader });
            }
            catch (PatientToolsException e) when (e.ErrorId is "LastAdministrator" or "SessionClosed")
            {
                // The other one was faster.
            }
        }
    }

    [Fact]
    public void Of_two_administrators_who_demote_each_other_from_two_processes_one_stays()
    {
        using var store = new AccountStore();
        for (var round = 0; round < 3; round++)
        {
            string[] pair = [$"first{round}", $"second{round}"];
            Array.ForEach(pair, name => store.Add(name, StoreRole.Administrator));
            var root = store.Account("root");
            store.OnStore(writer => writer.WriteAccount(root with { Role = StoreRole.Reader }));
            using var first = new StoreProcess(store.Path, "demote", pair[0], $"right for {pair[0]}", pair[1]);
            using var second = new StoreProcess(store.Path, "demote", pair[1], $"right for {pair[1]}", pair[0]);
            Assert.Equal(("open", "open"), (first.ReadLine(), second.ReadLine()));
            first.WriteLine("now");
            second.WriteLine("now");
            string?[] answers = [first.ReadLine(), second.ReadLine()];
            Assert.Single(answers, answer => answer is "SessionClosed" or "LastAdministrator");
            var left = Assert.Single(store.Read(reader => reader.ReadAccounts()), account => account.Role == StoreRole.Administrator);
            Assert.Contains(left.Name, pair);
            Assert.Single(answers, answer => answer == pair.Single(name => name != left.Name));
            store.OnStore(writer =>
            {
                writer.WriteAccount(root);
                writer.WriteAccount(left with { Role = StoreRole.Reader });
            });
        }
    }

    [Fact]
    public void Each_change_is_an_event_with_a_sequence_and_tells_what()
    {
        using var store = new AccountStore();
        using var root = store.Open();
        var before = store.Read(reader => reader.Sequence);
        root.Accounts().Add(new StoreCredential("Anna", "right for anna"), StoreRole.Editor);
        root.Accounts().Change("anna", new AccountChange { Role = StoreRole.Reader, IsDisabled = true, Password = "another for anna" });
        root.Accounts().Unlock("anna");
        root.Accounts().Remove("ANNA");
        Assert.Equal(before + 4, store.Read(reader => reader.Sequence));
        string?[] told = [.. store.Trail().Where(one => one.Content.Details?.StartsWith("'Anna'", StringComparison.Ordinal) == true).Select(one => one.Content.Details)];
        Assert.Equal(["'Anna': Editor", "'Anna': Editor to Reader, disabled, password", "'Anna'", "'Anna'"], told);
        Assert.Equal("AccountNotFound", Assert.Throws<PatientToolsException>(() => root.Accounts().Unlock("anna")).ErrorId);
        Assert.True(root.AuditTrail().Check([]).IsValid);
    }

    [Fact]
    public void Ones_own_password_is_changed_with_the_old_one_and_other_sessions_end()
    {
        using var store = new AccountStore();
        store.Add("anna");
        using var own = store.Open("anna");
        using var other = store.Open("anna");
        other.Settings().Read();
        own.Accounts().ChangeOwnPassword("right for anna", "another for anna");
        own.Settings().Read();
        Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => other.Settings().Read()).ErrorId);
        Assert.Equal("LoginFailed", store.Refused("anna"));
        store.Open("anna", "another for anna").Dispose();
    }

    [Fact]
    public void A_wrong_old_password_counts_as_a_failed_login_up_to_the_lock()
    {
        using var store = new AccountStore();
        store.Add("anna");
        using var own = store.Open("anna");
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal("LoginFailed", Assert.Throws<PatientToolsException>(() => own.Accounts().ChangeOwnPassword("wrong for anna", "another for anna")).ErrorId);
            Assert.Equal(i, store.Account("anna").FailedAttempts);
        }

        Assert.Equal("LoginFailed", Assert.Throws<PatientToolsException>(() => own.Accounts().ChangeOwnPassword("right for anna", "another for anna")).ErrorId);
        Assert.Equal("LoginFailed", store.Refused("anna"));
        using var root = store.Open();
        Assert.Equal(AccountStatus.Enabled, root.Accounts().Unlock("anna").Status);
        store.Open("anna").Dispose();
        Assert.Equal(6, store.Trail().Count(one => one.Entry is { Operation: StoreOperation.ChangeOwnPassword, Outcome: AuditOutcome.Refused }));
    }

    [Fact]
    public void A_store_without_its_administrator_gets_one_back_and_the_trail_says_so()
    {
        using var store = new AccountStore();
        store.Add("anna");
        using var anna = store.Open("anna");
        Parallel.For(0, 5, _ => store.Refused("root", "forgotten by root"));
        var account = AccountRecovery.ResetAdministrator(
            new SqlitePatientStoreProvider(), store.Path, new StoreCredential("Root", "found again by root"), store.Options, new CallerNote(null, "forgotten"));
        Assert.Equal(("root", AccountStatus.Enabled, 0), (account.Name, account.Status, account.FailedAttempts));
        Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => anna.Settings().Read()).ErrorId);
        store.Open("root", "found again by root").Dispose();
        var told = Assert.Single(store.Trail(), one => one.Entry.Operation == StoreOperation.ResetAdministrator);
        Assert.Equal((AuditOutcome.Succeeded, "'root'", "forgotten"), (told.Entry.Outcome, told.Content.Details, told.Content.Reason));
    }

    private static void Weaken(StoreAccounts accounts, string name, string what)
    {
        if (what == "remove")
        {
            accounts.Remove(name);
        }
        else
        {
            accounts.Change(name, what == "disable" ? new AccountChange { IsDisabled = true } : new AccountChange { Role = StoreRole.Auditor });
        }
    }
}
